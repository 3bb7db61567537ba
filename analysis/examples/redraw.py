#!/usr/bin/python3
"""Redraws who holds power over time from a merged sweep (coopsim merge DIR -o FILE).

usage: redraw.py FILE.h5 PICTURE.png          Needs Debian's python3-xarray, -netcdf4 and -matplotlib.
"""
import sys
import matplotlib
matplotlib.use("Agg")  # draws into a file, so no display is needed
import matplotlib.pyplot as plt
import xarray

runs = xarray.open_dataset(sys.argv[1])[["power_top20", "power_top20_final", "status"]].load()
runs = runs.sel(run=runs["status"] == 0)         # only runs that were finished
share = runs["power_top20"]                      # (run, time): share of power of the top 20 %
# `case`, `twin` and `replicate` are coordinates of a run: a case and its twin have several replicates.
for case, of_case in share.groupby("case"):
    for twin, group in of_case.groupby("twin"):  # "" is the case itself
        mean, spread = group.mean("run"), group.std("run", ddof=1)
        line, = plt.plot(share["time"] / 52, mean, "--" if twin else "-", label=f"{case} {twin}")
        plt.fill_between(share["time"] / 52, mean - spread, mean + spread, alpha=.15,
                         color=line.get_color())  # one standard deviation over replicates
        last_year = float(runs["power_top20_final"].sel(run=group["run"]).mean())  # of the last 52 weeks
        print(f"{case}\t{twin or '-'}\t{group.sizes['run']}\t{last_year:.6f}")
plt.xlabel("years")
plt.ylabel(share.attrs["long_name"])
plt.legend()
plt.savefig(sys.argv[2])
