#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Which cause does it, sensitivity and phase diagrams on the command line: the numbers of real runs
computed again from their result files, and everything that cannot be told refused with its remedy. One
TAP test for each function whose name begins with `test_`, each in an empty directory of its own.

usage: test_analyses.py PROGRAM
"""
import csv
import io
import itertools
import json
import os
import sys
from pathlib import Path

from test_cli import (PROGRAM, ROOT, Skip, contains, coopsim, leaves, require, run_all, write)

RUN = "run: {weeks: 104}\neconomy: {organisations: 6, size: 10}\n"
ARROWS = ("autonomy_know", "office_voice", "power_org")
EXPLAIN = RUN + """
title: Which arrows?
replicates: 5
cases: [{name: takeover}, {name: equals, set: {division.start: .02, hierarchy.start: .02}}]
design: {kind: arrows, arrows: [autonomy_know, office_voice, power_org], measures: power_gini}
"""
AXES = """  axes:
    - {parameter: voice.know, from: 2, to: 14}
    - {parameter: influence.susceptibility, from: .2, to: .9}
"""
SALTELLI = RUN + "replicates: 2\ndesign:\n  kind: saltelli\n  points: 8\n  measures: power_gini\n" + AXES
MORRIS = SALTELLI.replace("saltelli", "morris")
PHASE = RUN + """division: {start: 0}
hierarchy: {start: 0}
replicates: 3
design:
  kind: factorial
  axes:
    - {parameter: voice.know, from: 2, to: 14, steps: 3}
    - {parameter: influence.susceptibility, values: [.9, .3]}
"""


def rows(verb, *words, status=0):
    done = coopsim(verb, *words, "--progress", "none", "--format", "json", status=status)
    return json.loads(done.stdout)


def near(found, right, what="", tolerance=1e-7):
    require(abs(found - right) < tolerance * max(1, abs(right)), f"{what}: {found} is not {right}")


def gini_of(directory):
    """The final Gini of power of each run: the mean of the last year's records."""
    try:
        import h5py
    except ImportError:
        raise Skip("this interpreter has no h5py") from None
    coopsim("merge", directory, "-o", "merged.h5", "--force")
    with h5py.File("merged.h5", "r") as file:
        late = file["time"][...] > file["time"][-1] - 52
        return file["power_gini"][...][:, late].mean(axis=1)


def test_shares_are_those_of_all_orders():
    """Cut along every order, by hand, from the runs' own values."""
    write("e.yaml", EXPLAIN)
    table = rows("explain", "e.yaml", "-o", "out")
    gini = gini_of("out").reshape(5, 8, 2).mean(axis=0)
    require([row["case"] for row in table] == ["takeover"] * 3 + ["equals"] * 3, f"{table}")
    for case in range(2):
        value = gini[:, case]
        share = dict.fromkeys(range(3), 0.)
        for order in itertools.permutations(range(3)):
            cut = 0
            for arrow in order:
                share[arrow] += (value[cut] - value[cut | 1 << arrow]) / 6
                cut |= 1 << arrow
        mine = table[3 * case:3 * case + 3]
        for arrow, row in enumerate(mine):
            require(row["arrow"] == ARROWS[arrow] and row["sets"] == 8 and row["units"] == 5, f"{row}")
            near(row["share"], share[arrow], row["arrow"])
            near(row["first"], value[0] - value[1 << arrow], "first")
            near(row["last"], value[7 & ~(1 << arrow)] - value[7], "last")
            require(row["low"] <= row["share"] <= row["high"], f"{row}")
            require(row["order_error"] == 0, f"{row}")
        near(sum(row["share"] for row in mine), mine[0]["excess"], "sum", 1e-10)
        near(mine[0]["excess"], value[0] - value[7], "excess")
    leaves("e.yaml", "merged.h5", "out")


def test_the_last_set_is_the_exposure_twin():
    """All return arrows cut one by one are what the twin cuts, on the same persons and draws."""
    write("e.yaml", RUN + "replicates: 2\n")
    table = rows("explain", "e.yaml", "--measure", "power_gini,turnout", "-o", "out")
    write("t.yaml", RUN + "replicates: 2\ntwins: [exposure]\n")
    coopsim("sweep", "t.yaml", "-o", "twins", "--progress", "none")
    gini = gini_of("twins").reshape(2, 2).mean(axis=0)
    mine = [row for row in table if row["measure"] == "power_gini"]
    require(len(mine) == 9 and len(table) == 18 and mine[0]["orders"] == 32, f"{mine}")
    near(mine[0]["intact"], gini[0], "intact")
    near(mine[0]["cut"], gini[1], "cut")
    near(sum(row["share"] for row in mine), gini[0] - gini[1], "sum")
    require(all(row["order_error"] > 0 for row in mine), f"{mine}")


def test_results_are_read_again():
    write("e.yaml", EXPLAIN)
    first = coopsim("explain", "e.yaml", "-o", "out", "--progress", "none").stdout
    contains(first, "Which arrows?", "5 replicates of 8 points", "power_gini in takeover",
             "power_gini in equals", "autonomy_know", "excess", "100 %", "over 5 replicates.")
    require(max(len(line) for line in first.splitlines()) <= 100, "long lines")
    shards = sorted(os.listdir("out/shards"))
    coopsim("merge", "out", "-o", "m.h5")
    for words in (("e.yaml", "-o", "out"), ("out",), ("m.h5",)):
        require(coopsim("explain", *words).stdout == first, f"{words} differs")
    require(sorted(os.listdir("out/shards")) == shards, "runs were computed again")
    require(coopsim("explain", "e.yaml", "--progress", "none").stdout == first, "another directory")
    other = rows("explain", "out", "--measure", "turnout")
    require({row["measure"] for row in other} == {"turnout"}, f"{other}")
    table = coopsim("explain", "out", "--format", "csv").stdout
    read = list(csv.DictReader(io.StringIO(table)))
    for row, right in zip(read, rows("explain", "out"), strict=True):
        require(float(row["share"]) == right["share"] and row["arrow"] == right["arrow"], f"{row}")
    leaves("e.yaml", "m.h5", "out")


def test_organisations_of_one_replicate():
    """They are what is independent, if the measure was kept by organisation."""
    text = EXPLAIN.replace("replicates: 5\n", "")
    write("e.yaml", text)
    contains(coopsim("explain", "e.yaml", "-o", "out", "--progress", "none").stdout,
             "over 6 organisations.")
    table = rows("explain", "out")
    coopsim("merge", "out", "-o", "m.h5")
    require(rows("explain", "m.h5") == table, "the merged file differs")
    require(all(row["units"] == 6 and row["low"] < row["high"] for row in table), f"{table}")
    near(sum(row["share"] for row in table[:3]), table[0]["excess"], "sum", 1e-10)
    gini = gini_of("out").reshape(8, 2)
    near(table[0]["intact"], gini[0, 0], "intact", 1e-6)
    near(table[0]["excess"], gini[0, 0] - gini[7, 0], "excess", 1e-6)
    other = coopsim("explain", "out", "--measure", "turnout").stdout
    contains(other, "No intervals", "name the measure in the design")
    write("one.yaml", text.replace("organisations: 6", "organisations: 1"))
    require(all(row["low"] is None for row in rows("explain", "one.yaml")), "an interval of one")


def test_half_a_sweep_is_refused():
    write("e.yaml", EXPLAIN)
    coopsim("sweep", "e.yaml", "-o", "out", "--shard", "1/2", "--progress", "none")
    contains(coopsim("explain", "out", status=65).stderr, "out")
    coopsim("merge", "out", "-o", "half.h5", "--partial")
    contains(coopsim("explain", "half.h5", status=65).stderr, "half.h5")
    require(rows("explain", "e.yaml", "-o", "out")[0]["units"] == 5, "the same command completes it")


def test_another_experiment_is_refused():
    write("e.yaml", EXPLAIN)
    coopsim("explain", "e.yaml", "-o", "out", "--progress", "none")
    done = coopsim("explain", "e.yaml", "-o", "out", "--set", "voice.skill=4", status=65)
    contains(done.stderr, "voice", "skill")
    contains(coopsim("explain", "out", "--set", "voice.skill=4", status=2).stderr, "finished")
    contains(coopsim("explain", "out", "-o", "other", status=2).stderr, "remove -o other")
    Path("foreign.h5").write_bytes(b"\x89HDF\r\n\x1a\nabc")
    coopsim("explain", "foreign.h5", status=65)
    contains(coopsim("explain", "none.yaml", status=2).stderr, "none.yaml")


def test_designs_that_do_not_fit():
    write("s.yaml", SALTELLI)
    write("e.yaml", EXPLAIN)
    write("p.yaml", PHASE)
    write("none.yaml", RUN)
    for verb, name, *parts in (
            ("explain", "s.yaml", "s.yaml:4:1: error", "kind: arrows"),
            ("sensitivity", "e.yaml", "e.yaml:7:1: error", "kind: saltelli", "kind: morris"),
            ("sensitivity", "none.yaml", "none.yaml: error", "add 'design"),
            ("phase", "none.yaml", "none.yaml: error", "two axes"),
            ("phase", "s.yaml", "s.yaml:4:1: error", "kind: factorial")):
        done = coopsim(verb, name, status=2)
        contains(done.stderr, *parts)
        require(done.stdout == "", "an error is on stdout")
    write("one.yaml", PHASE[:PHASE.index("    - {parameter: influence")])
    contains(coopsim("phase", "one.yaml", status=2).stderr, "two axes, and here is 1")
    write("word.yaml", PHASE.replace("influence.susceptibility, values: [.9, .3]",
                                     "governance.rule, values: [mean, majority]"))
    contains(coopsim("phase", "word.yaml", status=2).stderr, "word.yaml:10:19",
             "'governance.rule' is no number")
    write("single.yaml", MORRIS.replace("from: 2, to: 14", "values: [3]"))
    contains(coopsim("check", "single.yaml", status=2).stderr, "one value only")
    leaves("e.yaml", "none.yaml", "one.yaml", "p.yaml", "s.yaml", "single.yaml", "word.yaml")


def test_names_that_do_not_fit():
    write("e.yaml", EXPLAIN.replace("office_voice", "ofice_voice").replace(": power_gini", ": gini"))
    contains(coopsim("check", "e.yaml", status=2).stderr, "did you mean 'office_voice'?",
             "unknown measure 'gini'", "2 errors in e.yaml")
    write("e.yaml", EXPLAIN)
    contains(coopsim("explain", "e.yaml", "--measure", "power_gni", status=2).stderr,
             "did you mean 'power_gini'?")
    contains(coopsim("explain", "e.yaml", "--measure", ",", status=2).stderr, "unknown measure ''")
    leaves("e.yaml")


def test_sobol_indices():
    """Of all replicates' means, and of each replicate for the errors."""
    import numpy
    write("s.yaml", SALTELLI)
    table = rows("sensitivity", "s.yaml", "-o", "out")
    gini = gini_of("out").reshape(2, 8, 4)

    def indices(output):
        a, b, mixed = output[:, 0], output[:, 1], output[:, 2:]
        both = numpy.concatenate([a, b])
        first = ((b - both.mean())[:, None] * (mixed - a[:, None])).mean(axis=0) / both.var()
        return first, ((a[:, None] - mixed) ** 2).mean(axis=0) / 2 / both.var()

    first, total = indices(gini.mean(axis=0))
    each = numpy.array([indices(one) for one in gini])
    error = each.std(axis=0, ddof=1) / 2 ** .5
    for axis, row in enumerate(table):
        near(row["first"], first[axis], "first", 1e-5)
        near(row["total"], total[axis], "total", 1e-5)
        near(row["first_error"], error[0][axis], "error", 1e-5)
        near(row["total_error"], error[1][axis], "error", 1e-5)
        require(row["total_low"] <= row["total"] <= row["total_high"], f"{row}")
    rest = gini - gini.mean(axis=0) - (gini - gini.mean(axis=0)).mean(axis=(1, 2))[:, None, None]
    noise = (rest ** 2).sum() / (gini[0].size - 1) / 2 / gini.mean(axis=0).var(ddof=1)
    near(table[0]["noise"], noise, "noise", 1e-5)
    text = coopsim("sensitivity", "out").stdout
    contains(text, "voice.know", "total", "noise:", "2 replicates")


def test_morris_effects():
    import numpy
    write("m.yaml", MORRIS)
    table = rows("sensitivity", "m.yaml", "-o", "out")
    gini = gini_of("out").reshape(2, 8, 3).mean(axis=0)
    try:
        import h5py
    except ImportError:
        raise Skip("this interpreter has no h5py") from None
    with h5py.File("merged.h5", "r") as file:
        place = numpy.stack([(file["p_voice.know"][:24] - 2) / 12,
                             (file["p_influence.susceptibility"][:24] - .2) / .7], axis=1)
    effect = numpy.zeros((8, 2))
    for t, one in enumerate(place.reshape(8, 3, 2)):
        for step in range(2):
            moved = one[step + 1] - one[step]
            axis = abs(moved).argmax()
            effect[t, axis] = (gini[t, step + 1] - gini[t, step]) / moved[axis]
    for axis, row in enumerate(table):
        near(row["mu"], effect[:, axis].mean(), "mu", 1e-5)
        near(row["mu_star"], abs(effect[:, axis]).mean(), "mu*", 1e-5)
        near(row["sigma"], effect[:, axis].std(ddof=1), "sigma", 1e-5)


def test_no_variance():
    write("m.yaml", MORRIS.replace("power_gini", "size"))
    contains(coopsim("sensitivity", "m.yaml", "--progress", "none").stdout, "mu*", "0.0000")
    write("s.yaml", SALTELLI.replace("power_gini", "size"))
    contains(coopsim("sensitivity", "s.yaml", "--progress", "none").stdout, "no variance")
    require(rows("sensitivity", "s.yaml")[0]["first"] is None, "an index without variance")


def test_phase():
    """Γ = ξ (θ_O + θ_Z κ_Z) with all present, κ_Z = .0977765 at the defaults."""
    write("p.yaml", PHASE + "attendance.mode: all\n")
    table = rows("phase", "p.yaml", "-o", "out")
    gini = gini_of("out").reshape(3, 3, 2)
    cells = [row for row in table if row["part"] == "cell"]
    curve = [row for row in table if row["part"] == "curve"]
    require(len(cells) == 6 and len(curve) > 30, f"{len(cells)} cells, {len(curve)} pieces")
    for number, row in enumerate(cells):
        column, line = number % 3, number // 3
        near(row["x"], 2 + 6 * column, "x")
        near(row["y"], (.3, .9)[line], "y")
        near(row["value"], gini[:, column, 1 - line].mean(), "value")
        near(row["error"], gini[:, column, 1 - line].std(ddof=1) / 3 ** .5, "error", 1e-5)
        near(row["gain"], row["y"] * (.5 + row["x"] * .0977765), "gain", 1e-6)
        require(0 <= row["locked"] <= 1, f"{row}")
    for row in curve:
        for x, y in ((row["x"], row["y"]), (row["x_to"], row["y_to"])):
            near(y * (.5 + x * .0977765), 1, "gain on the curve", 1e-6)
    text = coopsim("phase", "out").stdout
    contains(text, "power_gini in base, over voice.know", "locked_in in base", "gain 1 at", "*")
    line = next(line for line in text.splitlines() if line.startswith("         0.9"))
    near(float(line.split()[-1]), (1 / .9 - .5) / .0977765, "gain 1 at", 1e-3)
    contains(coopsim("phase", "out", "--measure", "turnout").stdout, "turnout in base")


def test_phase_without_a_law():
    write("p.yaml", PHASE + "governance.rule: majority\n")
    contains(coopsim("phase", "p.yaml", "--progress", "none").stdout, "not known")
    write("p.yaml", PHASE.replace("to: 14", "to: 2.5"))
    contains(coopsim("phase", "p.yaml", "--progress", "none").stdout, "gain is below 1 in the whole plane")


def test_shipped_experiments():
    small = ("--set", "economy.organisations=2", "--set", "economy.size=6", "--set", "run.weeks=52",
             "--progress", "none")
    for verb in ("explain", "sensitivity", "phase"):
        text = coopsim(verb, str(ROOT / "configs" / "experiments" / f"{verb}.yaml"), *small).stdout
        contains(text, "power_gini in ")
    leaves()


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
