#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Hypotheses on the command line: verdicts of real runs beside the numbers of their result file, and
every error with its place. One TAP test for each function whose name begins with `test_`, each in
an empty directory of its own.

usage: test_testing.py PROGRAM
"""
import csv
import io
import json
import sys

from test_cli import (PROGRAM, ROOT, Skip, contains, coopsim, late_gini, leaves, predicts_memory,
                      require, run_all, write)

STUDY = """
run: {weeks: 156}
economy: {organisations: 40, size: 12}
record: {organisations: true}
twins: [exposure]
cases:
  - {name: takeover, set: {rights.workers: 1}}
  - {name: half, set: {rights.workers: .5}}
  - {name: few, set: {rights.workers: .1}}
hypotheses:
"""
HYPOTHESES = """
  - {name: accumulates, claim: "Power accumulates, \\"it is said\\"", contrast: paired,
     measure: power_gini, case: takeover, against: twin, expect: higher, margin: .01}
  - {name: opposite, contrast: paired, measure: power_gini, case: takeover, against: twin,
     expect: lower}
  - {name: open, contrast: threshold, measure: power_gini, case: takeover, value: %.9f,
     expect: higher}
  - {name: trend, contrast: trend, measure: power_gini, over: rights.workers,
     cases: [takeover, half, few], expect: lower}
  - {name: order, contrast: ordering, measure: power_gini, order: [few, half, takeover],
     expect: lower}
  - {name: lagged, contrast: correlation, measure: power_gini, with: power_gini, case: takeover,
     lag: 52, expect: higher}
  - {name: unsigned, contrast: paired, measure: training_time, case: half, against: few,
     expect: none}
"""


def judge(name, *options, status=0):
    words = ("test", name, "--format", "json", "--progress", "none", *options)
    return {row["name"]: row for row in json.loads(coopsim(*words, status=status).stdout)}


def near(found, right):
    require(abs(found - right) < 1e-7 * max(1, abs(right)), f"{found} is not {right}")


def test_verdicts():
    """The threshold of the third is the mean itself, which nothing can tell from it."""
    import numpy
    write("study.yaml", STUDY + HYPOTHESES % .3)
    judge("study.yaml", "-o", "study.h5")
    leaves("study.h5", "study.yaml")
    gini = late_gini("study.h5").astype(float)
    write("study.yaml", STUDY + HYPOTHESES % gini[0].mean())
    rows = judge("study.yaml")
    require({name: row["verdict"] for name, row in rows.items()} ==
            {"accumulates": "supported", "opposite": "contradicted", "open": "undetermined",
             "trend": "supported", "order": "supported", "lagged": "supported",
             "unsigned": "reported"}, f"{rows}")
    place = numpy.array([1, .5, .1])
    weight = (place - place.mean()) / ((place - place.mean()) ** 2).sum()
    for name, score in (("accumulates", gini[0] - gini[1]), ("opposite", gini[0] - gini[1]),
                        ("open", gini[0]), ("trend", weight @ gini[[0, 2, 4]])):
        near(rows[name]["effect"], score.mean())
        near(rows[name]["error"], score.std(ddof=1) / len(score) ** .5)
        require(rows[name]["low"] < rows[name]["effect"] < rows[name]["high"], f"{rows[name]}")
    require(rows["open"]["to_decide"] == "infinite" or rows["open"]["to_decide"] > 1e6,
            f"{rows['open']}")
    require(rows["accumulates"]["to_decide"] == 0 and rows["unsigned"]["to_decide"] is None, "decided")
    require(all(row["units"] == 40 and row["unit"] == "organisations" for row in rows.values()), "units")


def test_lag():
    """The other measure of a year before, averaged within each organisation."""
    try:
        import h5py
        from scipy.stats import spearmanr
    except ImportError:
        raise Skip("this interpreter has no h5py or scipy") from None
    write("study.yaml", STUDY + "  - {name: h, contrast: correlation, measure: power_gini, with: "
          "potential_logit_sd, case: takeover, lag: -60, expect: none}\n")
    row = judge("study.yaml", "-o", "study.h5")["h"]
    with h5py.File("study.h5", "r") as file:
        time = file["time"][...]
        early = (time > 96 - 52) & (time <= 96)
        gini = file["power_gini_by_organisation"][0][early].mean(axis=0)
        other = file["potential_logit_sd_by_organisation"][0][time > 156 - 52].mean(axis=0)
    near(row["effect"], spearmanr(gini, other)[0])


def test_formats():
    write("study.yaml", STUDY + HYPOTHESES % .3)
    text = coopsim("test", "study.yaml", "--progress", "none").stdout
    contains(text, "Power accumulates, \"it is said\"", "supported", "contradicted", "reported",
             "few > half > takeover", "weakest step", "power_gini 52 weeks before")
    require(max(len(line) for line in text.splitlines()) <= 100, "long lines")
    rows = judge("study.yaml", "--threads", "1")
    table = coopsim("test", "study.yaml", "--progress", "none", "--format", "csv").stdout
    read = list(csv.DictReader(io.StringIO(table)))
    require([row["name"] for row in read] == list(rows), table)
    for row in read:
        right = rows[row["name"]]
        require(row["claim"] == right["claim"] and row["verdict"] == right["verdict"], f"{row}")
        require(float(row["effect"]) == right["effect"] and float(row["low"]) == right["low"],
                f"{row} is not {right}")
    contains(coopsim("check", "study.yaml").stdout, "hypotheses      7:",
             "order: power_gini in few > half > takeover")
    contains(coopsim("test", "study.yaml", "--format", "yaml", status=2).stderr, "text|json|csv")
    leaves("study.yaml")


def test_memory():
    """The runs keep the values of each organisation until all are judged."""
    predicts_memory((STUDY + HYPOTHESES % .3).replace("156", "4").replace("organisations: 40",
                    "organisations: 30000").replace("lag: 52", "lag: 2"))


def test_nothing_to_test():
    write("none.yaml", "run: {weeks: 8}\n")
    contains(coopsim("test", "none.yaml", status=2).stderr, "no hypotheses in none.yaml")
    write("study.yaml", STUDY + HYPOTHESES % .3)
    write("taken.h5", "mine")
    contains(coopsim("test", "study.yaml", "-o", "taken.h5", status=73).stderr, "--force")
    leaves("none.yaml", "study.yaml", "taken.h5")


def test_errors_of_runs():
    """Each at the word at fault."""
    for line, word, *parts in (
            ("contrast: trend, over: rights.worker, cases: [takeover, few], expect: lower",
             "rights.worker", "did you mean 'rights.workers'?"),
            ("contrast: trend, over: arrows.twin, cases: [takeover, few], expect: lower",
             "arrows.twin", "which is no number"),
            ("contrast: trend, over: voice.know, cases: [takeover, few], expect: lower",
             "voice.know", "the same value in all cases"),
            ("contrast: correlation, with: power_top20, case: few, lag: 156, expect: lower",
             "156", "a lag of 156 weeks in runs of 156"),
            ("contrast: correlation, with: power_half_life, case: few, expect: lower",
             "power_half_life", "one of all organisations together")):
        text = "  - {name: h, measure: power_gini, " + line + "}\n"
        write("bad.yaml", STUDY + text)
        place = f"11:{text.index(word) + 1}"
        errors = coopsim("test", "bad.yaml", status=2).stderr
        contains(errors, f"bad.yaml:{place}: error:", "1 error in bad.yaml", *parts)
    write("bad.yaml", STUDY + "  - {name: h, measure: power_half_life, contrast: threshold, case: few, "
          "value: 3, expect: lower}\n")
    contains(coopsim("check", "bad.yaml", status=2).stderr, "bad.yaml:11:24", "replicates")
    write("bad.yaml", STUDY.replace("{organisations: true}", "{every: 4}") + "  - {name: h, measure: "
          "power_gini, contrast: correlation, with: size, case: few, expect: lower}\n")
    contains(coopsim("check", "bad.yaml", status=2).stderr, "bad.yaml:11:77",
             "add 'record.organisations: true'")


def test_shipped_experiments():
    for name in ("h0", "h1", "h2", "h3"):
        rows = judge(str(ROOT / "configs" / "experiments" / f"{name}.yaml"), "--set",
                     "economy.organisations=30", "--set", "run.weeks=312")
        require(all(row["reason"] == "" for row in rows.values()), f"{rows}")


def test_shipped_interventions():
    """In so few organisations no gap may be left to be shared, which is then said."""
    for name, hypotheses in (("swap", 6), ("impulse", 4), ("talent", 6)):
        rows = judge(str(ROOT / "configs" / "experiments" / f"{name}.yaml"), "--set",
                     "economy.organisations=100", "--set", "run.weeks=320", "--set",
                     "intervention.week=52")
        require(len(rows) == hypotheses, f"{rows}")
        require(all(row["reason"] == "" or row["reason"].startswith("no gap is left")
                    for row in rows.values()), f"{rows}")


def test_interventions_are_checked():
    write("wrong.yaml", "model: seo\nrun: {weeks: 100}\neconomy: {organisations: 2}\n"
          "intervention: {act: swap, week: 50}\n")
    contains(coopsim("check", "wrong.yaml", status=2).stderr, "wrong.yaml:4:", "begins",
             "a multiple of 4, such as 52")
    contains(coopsim("check", "wrong.yaml", "--set", "intervention.week=100", status=2).stderr,
             "ends after 100 weeks")
    contains(coopsim("check", "wrong.yaml", "--set", "intervention.act=swop", status=2).stderr,
             "did you mean 'swap'?")
    coopsim("check", "wrong.yaml", "--set", "intervention.week=52")
    coopsim("check", "wrong.yaml", "--set", "intervention.act=none")
    late = ("model: seo\nrun: {weeks: 100}\neconomy: {organisations: 2}\nintervention: {week: 20}\n"
            "schedule:\n  - {week: 40, set: {intervention.act: swap}}\n")
    write("late.yaml", late)
    contains(coopsim("check", "late.yaml", status=2).stderr, "late.yaml:6:", "never be done",
             "week 20")
    write("late.yaml", late.replace("week: 40", "week: 20"))
    coopsim("check", "late.yaml")
    write("share.yaml", "model: seo\nrun: {weeks: 100}\ncases: [{name: a}, {name: b}]\nhypotheses:\n"
          "  - {name: h, contrast: swap_share, measure: swap_gap, case: a, expect: higher}\n")
    contains(coopsim("check", "share.yaml", status=2).stderr,
             "a swap_share hypothesis without 'against'", "a swap_share hypothesis without 'value'")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
