#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""The examples in Python and R, run on a sweep: they print the program's numbers and draw a picture.

usage: test_examples.py PROGRAM
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

from test_cli import PROGRAM, Skip, coopsim, require, run_all, write

EXAMPLES = Path(__file__).resolve().parents[2] / "analysis" / "examples"
QUIET = ("--progress", "none")
REPLICATED = ("model: seo\nrun: {weeks: 156, seed: 3}\neconomy: {organisations: 12, size: 15}\n"
              "record: {every: 4}\ntwins: [exposure]\nreplicates: 4\ncases:\n  - name: plain\n"
              "  - name: rotation\n    set: {rotation.on: true}\n")


def headline():
    """Of each case, the top-20 % share of the last year and what it is over the twin's."""
    text = coopsim("run", "small.yaml", "-o", "run.h5", *QUIET).stdout
    table = text[text.index("top-20 % share of power"):text.index("Gini of power")]
    found = re.findall(r"^  (\w+) +([\d.]+) ± [\d.]+ +([-+][\d.]+) ±", table, re.M)
    return {case: (float(share), float(over)) for case, share, over in found}


def check(command, picture, begins):
    write("small.yaml", REPLICATED)
    coopsim("sweep", "small.yaml", "-o", "out", *QUIET)
    coopsim("merge", "out", "-o", "all.h5")
    done = subprocess.run([*command, "all.h5", picture], capture_output=True, text=True, timeout=300)
    require(done.returncode == 0, f"ended with {done.returncode}: {done.stderr}")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    require([row[:3] for row in rows] == [["plain", "-", "4"], ["plain", "exposure", "4"],
                                          ["rotation", "-", "4"], ["rotation", "exposure", "4"]],
            f"other groups: {done.stdout}")
    share = {(case, twin): float(value) for case, twin, _, value in rows}
    expected = headline()
    require(set(expected) == {"plain", "rotation"}, f"headline: {expected}")
    for case, (own, over) in expected.items():
        difference = share[case, "-"] - share[case, "exposure"]
        require(abs(share[case, "-"] - own) < .00051 and abs(difference - over) < .00051,
                f"{case}: {share[case, '-']}, {difference} over its twin, not {own}, {over}")
    drawn = Path(picture).read_bytes()
    require(drawn.startswith(begins) and len(drawn) > 4000, f"{picture} has {len(drawn)} bytes")


def test_python():
    check([sys.executable, EXAMPLES / "redraw.py"], "picture.png", b"\x89PNG")
    import matplotlib.image
    pixels = matplotlib.image.imread("picture.png")[..., :3]
    require((pixels < .99).any(axis=2).mean() > .02, "the picture is empty")


def test_r():
    if shutil.which("Rscript") is None or subprocess.run(
            ["Rscript", "-e", "library(rhdf5)"], capture_output=True, check=False).returncode != 0:
        raise Skip("this machine has no R with rhdf5")
    check(["Rscript", EXAMPLES / "redraw.R"], "picture.pdf", b"%PDF")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
