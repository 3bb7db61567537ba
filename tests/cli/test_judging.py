#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Hypotheses and expectations judged by results: the same verdicts from memory, a sweep's directory
and files; designs of many points; what is refused. One TAP test for each function whose name begins
with `test_`, each in an empty directory of its own.

usage: test_judging.py PROGRAM
"""
import importlib
import json
import sys
from pathlib import Path

from test_cli import PROGRAM, Skip, contains, coopsim, require, run_all, write

QUIET = ("--progress", "none")
STUDY = """
run: {weeks: 60, seed: 4}
economy: {organisations: 14, size: 8}
twins: [exposure]
cases:
  - name: plain
  - {name: half, set: {rights.workers: .5}}
  - {name: few, set: {rights.workers: .1}}
"""
EXPECT = """expect:
  - {measure: power_gini, case: plain, against: twin, direction: higher, because: "it is \\"so\\""}
  - {measure: power_half_life, case: half, against: few, direction: lower}
  - {measure: turnout, case: half, value: .5, direction: equal, margin: .3}
"""
HYPOTHESES = """hypotheses:
  - {name: paired, claim: "It is \\"so\\"", contrast: paired, measure: power_gini, case: plain,
     against: twin, expect: higher, margin: .01}
  - {name: high, contrast: threshold, measure: turnout, case: plain, value: .3, expect: higher}
  - {name: trend, contrast: trend, measure: power_gini, over: rights.workers,
     cases: [plain, half, few], expect: lower}
  - {name: order, contrast: ordering, measure: power_gini, order: [few, [half, plain]],
     expect: lower, within: .2}
  - {name: unsigned, contrast: paired, measure: training_time, case: half, against: few,
     expect: none}
"""
LAGGED = """  - {name: naive, contrast: correlation, measure: power_gini, with: potential_logit_sd,
     cases: [plain, half], expect: higher}
  - {name: lagged, contrast: correlation, measure: power_gini, with: potential_logit_sd,
     cases: [plain, half], lag: 4, pooled: true, expect: higher}
"""
RECORD = "record: {organisations: true}\n"
DESIGN = """design:
  kind: factorial
  axes:
    - {parameter: voice.know, values: [2, 8, 11]}
    - {parameter: influence.susceptibility, from: .2, to: .8, steps: 2}
"""


def module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Skip(f"this interpreter has no {name}") from None


def judge(name, *options):
    return coopsim("test", name, "--format", "json", *QUIET, *options).stdout


def rows(text):
    return {row["name"]: row for row in json.loads(text)}


def same_everywhere(study):
    """Judged from memory, from a directory while it is computed and later, and from files."""
    write("study.yaml", study)
    memory = judge("study.yaml", "-o", "memory.h5")
    coopsim("sweep", "study.yaml", "-o", "out", *QUIET)
    coopsim("merge", "out", "-o", "merged.h5")
    coopsim("run", "study.yaml", "-o", "run.h5", *QUIET)
    Path("study.yaml").unlink()
    require("reason\": \"\"" in memory and "not finished" not in memory, memory)
    for name in ("out", "merged.h5", "run.h5", "memory.h5"):
        require(judge(name) == memory, f"{name}: other verdicts")
    require(Path("merged.h5").read_bytes() == Path("run.h5").read_bytes(), "the file of run")
    judge("out", "-o", "judged.h5")
    require(Path("judged.h5").read_bytes() == Path("memory.h5").read_bytes(), "the file of test")
    judge("merged.h5", "-o", "judged.h5", "--force")
    require(Path("judged.h5").read_bytes() == Path("memory.h5").read_bytes(), "from the merged file")
    coopsim("verify", "judged.h5")
    return rows(memory)


def test_same_verdicts():
    same_everywhere(STUDY + EXPECT + HYPOTHESES)


def test_same_verdicts_by_organisation():
    found = same_everywhere(STUDY + RECORD + EXPECT + HYPOTHESES + LAGGED)
    require(found["lagged"]["units"] == 14 and found["lagged"]["unit"] == "organisations", f"{found}")


def test_same_verdicts_by_replicate():
    found = same_everywhere(STUDY + RECORD + "replicates: 6\n" + HYPOTHESES + LAGGED)
    require(found["paired"]["units"] == 6 and found["paired"]["unit"] == "replicates", f"{found}")


def test_same_verdicts_at_many_points():
    same_everywhere(STUDY + DESIGN + HYPOTHESES)


def finals(name, measure):
    """[points][organisations] of the first case and of its twin, and the axes' values."""
    h5py = module("h5py")
    with h5py.File(name, "r") as file:
        value = file[measure + "_final_by_organisation"][...].astype(float)
        return value[0::2], value[1::2], file["p_voice.know"][::2], file["p_influence.susceptibility"][::2]


ONE = STUDY[:STUDY.index("cases:")]
OVER = """hypotheses:
  - {name: slope, contrast: trend, measure: power_gini, over: voice.know, case: base, expect: higher}
  - {name: gap, contrast: paired, measure: power_gini, case: base, against: twin, expect: higher}
"""


def near(found, right):
    require(abs(found - right) < 1e-9 * max(1, abs(right)), f"{found} is not {right}")


def slope(place, value):
    """Of each column of `value` [places][organisations]."""
    return ((place - place.mean()) @ value) / ((place - place.mean()) ** 2).sum()


def test_a_factorial_design():
    """A trend over an axis is the slope of the means over the other axis; all else are means."""
    numpy = module("numpy")
    write("study.yaml", ONE + DESIGN + OVER)
    found = rows(judge("study.yaml", "-o", "out"))
    coopsim("merge", "out", "-o", "out.h5")
    own, twin, know, _ = finals("out.h5", "power_gini")
    place = numpy.unique(know)
    mean = numpy.array([own[know == one].mean(axis=0) for one in place])
    near(found["slope"]["effect"], slope(place, mean).mean())
    near(found["slope"]["error"], slope(place, mean).std(ddof=1) / 14 ** .5)
    gap = (own - twin).mean(axis=0)
    near(found["gap"]["effect"], gap.mean())
    near(found["gap"]["error"], gap.std(ddof=1) / 14 ** .5)


def test_one_at_a_time():
    """Only the points at which the axis varies, and the configuration's own, belong to its trend."""
    numpy = module("numpy")
    write("study.yaml", ONE + DESIGN.replace("factorial", "one_at_a_time") + OVER)
    found = rows(judge("study.yaml", "-o", "out"))
    coopsim("merge", "out", "-o", "out.h5")
    own, _, know, weight = finals("out.h5", "power_gini")
    usual = weight[0]
    mean = numpy.array([own[(know == one) & (weight == usual)].mean(axis=0)
                        for one in numpy.unique(know)])
    near(found["slope"]["effect"], slope(numpy.unique(know), mean).mean())


def test_sampled_points():
    write("study.yaml", ONE + "design:\n  kind: sobol\n  points: 8\n  axes:\n"
          "    - {parameter: voice.know, from: 2, to: 12}\n"
          "    - {parameter: influence.susceptibility, from: .2, to: .8}\n" + OVER)
    found = rows(judge("study.yaml"))
    require(judge("study.yaml", "-o", "out") == judge("out"), "other verdicts")
    coopsim("merge", "out", "-o", "out.h5")
    own, _, know, _ = finals("out.h5", "power_gini")
    near(found["slope"]["effect"], slope(know, own).mean())


def test_what_designs_cannot_test():
    for design, line, *parts in (
            ("kind: morris\n  points: 4\n", "contrast: threshold, case: base, value: 1",
             "bad.yaml:5:1", "'morris', which serve sensitivity indices"),
            ("kind: factorial\n", "contrast: correlation, case: base, with: turnout",
             "bad.yaml:9:5", "write the points as cases"),
            ("kind: factorial\n", "contrast: trend, over: voice.know, cases: [base, base/exposure]",
             "bad.yaml:9:55", "is an axis of the design")):
        write("bad.yaml", ONE + "design:\n  " + design +
              "  axes: [{parameter: voice.know, from: 2, to: 8" +
              (", steps: 3" if "factorial" in design else "") + "}]\nhypotheses:\n  - {" + line +
              ", name: h, measure: power_gini, expect: lower}\n")
        contains(coopsim("check", "bad.yaml", status=2).stderr, "1 error in bad.yaml", *parts)


def test_expectations():
    """A merged file tells of expectations as the file of run does, and so does test."""
    h5py = module("h5py")
    write("study.yaml", STUDY + EXPECT)
    coopsim("sweep", "study.yaml", "-o", "out", *QUIET)
    coopsim("merge", "out", "-o", "merged.h5")
    text = coopsim("run", "study.yaml", "-o", "run.h5", *QUIET).stdout
    require(Path("merged.h5").read_bytes() == Path("run.h5").read_bytes(), "another file")
    told = text[text.index("Expectations"):].split("\n\n")[0]
    for name in ("out", "merged.h5"):
        contains(coopsim("test", name).stdout, told)
    with h5py.File("merged.h5", "r") as file:
        require(list(file["expectations/organisations"][...]) == [14, 0, 14], "organisations")
        require(file["expectations/reason"][1] != b"", "a pooled measure has no interval")


def test_hypotheses_in_the_file():
    h5py = module("h5py")
    write("study.yaml", STUDY + HYPOTHESES)
    found = rows(judge("study.yaml", "-o", "study.h5"))
    with h5py.File("study.h5", "r") as file:
        group = file["hypotheses"]
        require([name.decode() for name in group["name"]] == list(found), "names")
        words = group["verdict"].attrs["flag_meanings"].decode().split()
        for i, row in enumerate(found.values()):
            require(words[group["verdict"][i]] == row["verdict"], f"{row}")
            for name in ("effect", "error", "low", "high", "p", "margin", "alpha", "level"):
                near(float(group[name][i]), row[name])
            require(group["claim"][i].decode() == row["claim"], f"{row}")
            require(group["units"][i] == row["units"], f"{row}")


def test_what_is_refused():
    write("study.yaml", STUDY + HYPOTHESES)
    coopsim("sweep", "study.yaml", "-o", "out", "--shard", "1/2", *QUIET)
    contains(coopsim("test", "out", status=65).stderr, "only 3 of 6 runs are done")
    coopsim("merge", "out", "-o", "part.h5", "--partial")
    contains(coopsim("test", "part.h5", status=65).stderr, "only 3 of 6 runs are done")
    require("finished" not in judge("study.yaml", "-o", "out"), "what was missing was not computed")
    contains(coopsim("test", "out", "--set", "run.weeks=9", status=2).stderr, "cannot be changed")
    contains(coopsim("test", "out", "--seed", "9", status=2).stderr, "cannot be changed")
    contains(coopsim("test", "study.yaml", "-o", "out", "--seed", "9", *QUIET, status=65).stderr,
             "holds another experiment", "+ run.seed: 9")
    write("other.yaml", STUDY + HYPOTHESES.replace("margin: .01", "margin: .02"))
    contains(coopsim("test", "other.yaml", "-o", "out", *QUIET, status=65).stderr,
             "holds another experiment", "margin: 0.02")
    shard = next(Path("out/shards").glob("*.h5"))
    contains(coopsim("test", str(shard), status=65).stderr, "there are only")
    data = bytearray(Path("part.h5").read_bytes())
    data[len(data) // 2] ^= 1
    Path("bad.h5").write_bytes(data)
    contains(coopsim("test", "bad.h5", status=65).stderr, "bad.h5")
    write("foreign.h5", "no HDF5")
    contains(coopsim("test", "foreign.h5", status=65).stderr, "foreign.h5")
    contains(coopsim("test", "none.h5", status=74).stderr, "none.h5")
    Path("empty").mkdir()
    contains(coopsim("test", "empty", status=65).stderr, "no directory of a sweep")
    write("taken.h5", "mine")
    contains(coopsim("test", "out", "-o", "taken.h5", status=73).stderr, "--force")


def test_nothing_to_test():
    write("none.yaml", "run: {weeks: 8}\neconomy: {organisations: 3, size: 4}\n")
    coopsim("sweep", "none.yaml", "-o", "out", *QUIET)
    contains(coopsim("test", "out", status=2).stderr, "no hypotheses in out")
    write("many.yaml", STUDY + "replicates: 200\n" + HYPOTHESES)
    contains(coopsim("test", "many.yaml", status=2).stderr, "1200 runs", "-o DIR")


def test_a_finished_directory_is_only_read():
    write("study.yaml", STUDY + HYPOTHESES)
    first = judge("study.yaml", "-o", "out")
    def state():
        return sorted((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in Path("out").rglob("*"))
    before = state()
    require(judge("study.yaml", "-o", "out") == first and judge("out") == first, "other verdicts")
    require(state() == before, "the directory was changed")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
