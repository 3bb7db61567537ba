#!/usr/bin/env python3
"""Draws a measure over time for every case of a result file, with the first case's twin in grey.

usage: plot_cases.py RESULT.h5 PICTURE.svg [MEASURE]

MEASURE defaults to power_top20; `coopsim measures` lists them all. The band is one standard
deviation over organisations. Needs python3-h5py and python3-matplotlib.
"""
import sys

try:
    import h5py
    import matplotlib
    matplotlib.use("svg")
    import matplotlib.pyplot as plt
except ImportError as missing:
    sys.exit(f"{missing}: install python3-h5py and python3-matplotlib, and run this with /usr/bin/python3")

# Okabe and Ito's palette can be told apart by colour-blind readers too.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def draw(axes, result, measure):
    years = result["time"][:] / 52
    cases = [text(case) for case in result["case"]]
    twins = [text(twin) for twin in result["twin"]]
    colour = 0
    for run, (case, twin) in enumerate(zip(cases, twins)):
        mean, spread = result[measure][run], result[f"{measure}_sd"][run]
        if not twin:
            style = {"color": COLOURS[colour % len(COLOURS)], "linewidth": 2, "label": case}
            axes.fill_between(years, mean - spread, mean + spread, color=style["color"],
                              alpha=0.10, linewidth=0)
            colour += 1
        elif case == cases[0]:
            style = {"color": "0.45", "linewidth": 2, "linestyle": "--",
                     "label": f"{case}, {twin} twin"}
        else:
            continue
        axes.plot(years, mean, **style)


def main(arguments):
    if len(arguments) not in (3, 4):
        sys.exit(__doc__)
    measure = arguments[3] if len(arguments) == 4 else "power_top20"
    matplotlib.rcParams.update({"font.size": 12, "svg.hashsalt": "coopsim"})
    with h5py.File(arguments[1]) as result:
        if measure not in result:
            sys.exit(f"{arguments[1]} has no measure {measure}: see `coopsim measures`")
        figure, axes = plt.subplots(figsize=(8, 4.5))
        draw(axes, result, measure)
        axes.set_title(text(result.attrs.get("title", "")))
        axes.set_ylabel(text(result[measure].attrs["long_name"]))
    axes.set_xlabel("years")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(arguments[2], bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    main(sys.argv)
