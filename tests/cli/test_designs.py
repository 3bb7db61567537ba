#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Designs and replicates on the command line: what `check` tells, what `run` writes, and what is
refused. One TAP test for each function whose name begins with `test_`, each in an empty directory
of its own.

usage: test_designs.py PROGRAM
"""
import sys
import time

from test_cli import PROGRAM, Skip, contains, coopsim, leaves, opens, require, run_all, write

SMALL = "run: {weeks: 52}\neconomy: {organisations: 8, size: 10}\n"
FACTORIAL = (SMALL + "replicates: 3\ntwins: [exposure]\n"
             "design:\n"
             "  kind: factorial\n"
             "  axes:\n"
             "    - {parameter: voice.know, from: 2, to: 16, steps: 3}\n"
             "    - {parameter: governance.rule, values: [mean, majority]}\n")


def sobol(points, replicates=1):
    return (SMALL + f"replicates: {replicates}\ntwins: [exposure]\n"
            f"design:\n  kind: sobol\n  points: {points}\n  axes:\n"
            "    - {parameter: voice.know, from: 2, to: 16}\n"
            "    - {parameter: market.competition, from: .1, to: 10, scale: log}\n"
            "    - {parameter: arrows.autonomy_know, values: [intact, cut]}\n"
            "    - {parameter: economy.size, from: 3, to: 40}\n")


def read(name):
    try:
        import h5py
    except ImportError:
        raise Skip("this interpreter has no h5py") from None
    return h5py.File(name, "r")


def test_check_tells_the_design():
    text = coopsim("check", write("f.yaml", FACTORIAL)).stdout
    contains(text, "36: 3 replicates of 6 points of 2", "factorial of 2 axes",
             "voice.know: 2 to 16 in 3 points", "governance.rule: mean, majority",
             "2: base, base/exposure", "memory", "disk", "time")


def test_run_writes_points_and_replicates():
    text = coopsim("run", write("f.yaml", FACTORIAL), "-o", "f.h5", "--progress", "none").stdout
    contains(text, "base: voice.know 9, governance.rule mean", "36 runs in",
             "Means over 3 replicates")
    opens("f.h5")
    with read("f.h5") as file:
        require(file.attrs["design"] in (b"factorial", "factorial"), "no design in the file")
        require(file.attrs["axes"] in (b"voice.know governance.rule", "voice.know governance.rule"),
                f"axes: {file.attrs['axes']}")
        require(list(file["point"][:]) == [p for p in range(6) for _ in range(2)] * 3, "point")
        require(list(file["replicate"][:]) == [r for r in range(3) for _ in range(12)], "replicate")
        require(list(file["p_voice.know"][:]) == [2, 2, 2, 2, 9, 9, 9, 9, 16, 16, 16, 16] * 3,
                "values of the axis")
        gini = file["power_gini"][:, -1]
        require(len(set(gini[::2])) == 18, "points and replicates differ")
        resolved = file["provenance/resolved_config"][()]
    write("again.yaml", resolved.decode() if isinstance(resolved, bytes) else resolved)
    hashes = [coopsim("run", name, "--hash").stdout for name in ("f.yaml", "again.yaml")]
    require(hashes[0] == hashes[1] and hashes[0].count("\n") == 36, "the resolved one gives others")
    contains(hashes[0], "base/exposure, point 5, replicate 2 ")


def test_a_long_headline_is_cut():
    text = coopsim("run", write("s.yaml", sobol(32)), "-o", "s.h5", "--progress", "none").stdout
    contains(text, "... and 8 more: all are in the result file")


def test_many_runs_are_for_a_sweep():
    error = coopsim("run", write("s.yaml", sobol(501)), status=2).stderr
    contains(error, "1002 runs", "at most 1000", "coopsim sweep s.yaml -o DIR")
    leaves("s.yaml")


def test_ten_thousand_points_are_checked_quickly():
    write("s.yaml", sobol(10000, 20))
    began = time.monotonic()
    contains(coopsim("check", "s.yaml").stdout, "400,000: 20 replicates of 10,000 points of 2")
    seconds = time.monotonic() - began
    require(seconds < 8, f"took {seconds:.1f} s")


def test_errors_come_together():
    write("bad.yaml", "design:\n  kind: factoral\n  axes:\n"
          "    - {parameter: voice.knwo, from: 3, to: 2, steps: 4}\n"
          "    - {parameter: governance.rule, values: [mean, majorty]}\n")
    error = coopsim("check", "bad.yaml", status=2).stderr
    contains(error, "bad.yaml:2:9: error: unknown kind of design 'factoral'",
             "bad.yaml:4:19: error: unknown key 'knwo' in 'voice' - did you mean 'know'?",
             "bad.yaml:4:37: error: from 3 is not below to 2",
             "bad.yaml:5:51: error: 'governance.rule' cannot be 'majorty'", "4 errors in bad.yaml")
    write("f.yaml", FACTORIAL)
    contains(coopsim("check", "f.yaml", "--set", "voice.know=3", status=2).stderr,
             "'voice.know' is an axis and is also set by --set voice.know=3")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
