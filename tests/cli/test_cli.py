#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""The command line as its users meet it: real runs, real result files, real failures. One TAP test
for each function whose name begins with `test_`, each in an empty directory of its own.

usage: test_cli.py PROGRAM
"""
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from fractions import Fraction
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else None
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VERBS = ("run", "sweep", "status", "merge", "verify", "rerun", "test", "explain", "sensitivity",
         "phase", "report", "export", "check", "init", "params", "models", "measures", "power")
TINY = "model: seo\nrun: {weeks: 8}\neconomy: {organisations: 3, size: 6}\n"
# Long enough to be stopped, with a first case that is soon done.
LONG = ("model: seo\nrun: {weeks: 1000}\nrecord: {every: 1000}\ncases:\n  - name: short\n"
        "  - name: long\n    set: {run.weeks: 10000000}\n")
SECONDS = 120


class Skip(Exception):
    """The test cannot be made here."""


def coopsim(*words, status=0, **options):
    """Runs the program and checks its exit code."""
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=SECONDS,
                          check=False, **options)
    require(done.returncode == status,
            f"coopsim {' '.join(words)} ended with {done.returncode} instead of {status}:\n"
            f"{done.stdout}{done.stderr}")
    return done


def require(condition, sentence):
    if not condition:
        raise AssertionError(sentence)


def contains(text, *parts):
    for part in parts:
        require(part in text, f"'{part}' is not in:\n{text}")


def write(name, text):
    Path(name).write_text(text, encoding="utf-8")
    return name


def leaves(*names):
    """Nothing else is in the directory: no torn file, no temporary one."""
    found = sorted(os.listdir("."))
    require(found == sorted(names), f"{found} is left instead of {sorted(names)}")


def opens(name):
    done = subprocess.run([sys.executable, "-B", str(HERE / "open_results.py"), name],
                          capture_output=True, text=True, timeout=SECONDS, check=False)
    if "No module named" in done.stderr:
        raise Skip("this interpreter has no h5py or xarray")
    require(done.returncode == 0, f"{name} does not open:\n{done.stdout}{done.stderr}")


# --- help and words -------------------------------------------------------------------------------

def test_help_of_the_program():
    text = coopsim("--help").stdout
    contains(text, "Usage:", "Exit codes:", *VERBS)
    for code in (0, 1, 2, 65, 73, 74, 75):
        require(re.search(rf"^ +{code}  \w", text, re.M), f"exit code {code} is not in the help")
    require(coopsim("-h").stdout == text and coopsim("help").stdout == text, "help differs")


def test_help_of_every_verb():
    for verb in VERBS:
        text = coopsim(verb, "--help").stdout
        contains(text, f"Usage: coopsim {verb}", "--help")
        require(coopsim("help", verb).stdout == text, f"help {verb} differs")
    contains(coopsim("run", "--help").stdout, "--set", "--seed", "--threads", "-o, --output",
             "--force", "--isa", "--progress", "--hash", "baseline")
    require(max(len(line) for verb in VERBS
                for line in coopsim(verb, "--help").stdout.splitlines()) <= 100, "long lines")


def test_version():
    require(re.fullmatch(r"coopsim \d+\.\d+\.\d+ \(\S+\)\n", coopsim("--version").stdout),
            "the version is not one line")


def test_unknown_words():
    write("tiny.yaml", TINY)
    for words, near in ((("rnu", "x"), "run"), (("chek", "x"), "check"),
                        (("run", "tiny.yaml", "--treads", "2"), "--threads"),
                        (("run", "tiny.yaml", "--isa", "avx"), "avx"),
                        (("run", "tiny.yaml", "--progress", "jsn"), "json"),
                        (("params", "rotaton"), "rotation"), (("measures", "soe"), "seo")):
        done = coopsim(*words, status=2)
        contains(done.stderr, "did you mean", near)
        require(done.stdout == "", "an error is on stdout")
    leaves("tiny.yaml")


def test_wrong_words():
    write("tiny.yaml", TINY)
    for words in ((), ("run",), ("run", "a", "b"), ("run", "tiny.yaml", "--seed"),
                  ("run", "tiny.yaml", "--seed", "-1"), ("run", "tiny.yaml", "--seed", "x"),
                  ("run", "tiny.yaml", "--threads", "0"), ("run", "tiny.yaml", "--force=yes"),
                  ("run", "tiny.yaml", "--set"), ("run", "tiny.yaml", "--set", "run.weeks"),
                  ("run", "tiny.yaml", "-o", ""), ("models", "x"), ("--nonsense",)):
        done = coopsim(*words, status=2)
        require(done.stderr.startswith(("coopsim: ", "--set")), done.stderr)
    leaves("tiny.yaml")


def test_output_that_cannot_be_written():
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([PROGRAM, "params"], stdout=full, stderr=subprocess.PIPE, check=False)
    require(done.returncode == 74, f"ended with {done.returncode}")


# --- what there is --------------------------------------------------------------------------------

def test_params():
    text = coopsim("params").stdout
    contains(text, "engine: ", "rotation.every = 13", "learning.half_life", "Source: ", "no effect")
    require(coopsim("params", "seo").stdout == text, "the model's name makes a difference")
    some = coopsim("params", "rotation").stdout
    contains(some, "rotation.every")
    require("learning" not in some, "the names are not chosen by how they begin")
    rows = json.loads(coopsim("params", "--format", "json").stdout)
    require(len(rows) > 100 and all(row["summary"] and row["source"] for row in rows), "rows lack")
    require(sorted(row["name"] for row in rows) ==
            sorted(re.findall(r"^  (\S+) = ", text, re.M)), "text and JSON list different rows")


def test_params_as_configuration():
    write("all.yaml", coopsim("params", "--format", "yaml").stdout)
    contains(coopsim("check", "all.yaml").stdout, "no errors")
    write("none.yaml", "model: seo\n")
    small = ("--set", "run.weeks=8", "--hash", "--progress", "none")
    require(coopsim("run", "all.yaml", *small).stdout == coopsim("run", "none.yaml", *small).stdout,
            "all defaults written out give another run")


def test_models_and_measures():
    contains(coopsim("models").stdout, "seo", "mechanisms, in the order of the week", "governance")
    text = coopsim("measures").stdout
    contains(text, "power_top20", "unit 1", "among equals")
    require(coopsim("measures", "seo").stdout == text, "the model's name makes a difference")


def test_power():
    text = coopsim("power", "[12; 4, 4, 4, 2, 2, 1]").stdout
    contains(text, "6 players with a weight of 17 together", "Shapley-Shubik")
    table = [line.split() for line in text.splitlines()[3:6]]
    require(table == [["1-3", "4", "5/21", "0.238095", "5/16", "0.312500", "7/30", "0.233333"],
                      ["4-5", "2", "1/7", "0.142857", "3/16", "0.187500", "3/20", "0.150000"],
                      ["6", "1"] + 3 * ["0", "0.000000"]], text)
    large = "[0.51; " + ", ".join(f"0.00{weight:03}" for weight in range(1, 142)) + "]"
    text = coopsim("power", large.replace("0.51", "0.051")).stdout
    contains(text, "--format json has all of them")
    require(max(len(line) for line in text.splitlines()) <= 100, "long lines")
    game = json.loads(coopsim("power", large.replace("0.51", "0.051"), "--format", "json").stdout)
    require(game["quota"] == .051 and len(game["players"]) == 141, "not the same game")
    for index in ("banzhaf", "shapley_shubik"):
        require(sum(Fraction(player[index]) for player in game["players"]) == 1, index)
        require(all(abs(Fraction(player[index]) - Fraction(player[index + "_decimal"])) < 1e-15
                    for player in game["players"]), f"{index} is not its decimal")


def test_games_that_are_refused():
    for game, part in (("[12; 4, a]", "column 9: a weight is missing"),
                       ("[9; 4, 4]", "column 2: the quota 9 is above"), ("[0; 4]", "column 2"),
                       ("[3; ]", "without players"), ("[1; 1x1001]", "more than 1000 players"),
                       ("[1.5; 1, 0.999999999999, 0.7]", "above the limit of 1000 MB")):
        done = coopsim("power", game, status=2)
        contains(done.stderr, part)
        require(done.stdout == "", "an error is on stdout")
    contains(coopsim("power", "[2; 1, 1]", "--format", "yaml", status=2).stderr, "text|json")


def test_init():
    contains(coopsim("init").stdout, "coopsim.yaml")
    contains(coopsim("init", status=73).stderr, "--force")
    text = Path("coopsim.yaml").read_text(encoding="utf-8")
    write("coopsim.yaml", "mine")
    coopsim("init", "--force")
    require(Path("coopsim.yaml").read_text(encoding="utf-8") == text, "not overwritten")
    coopsim("init", "other.yaml")
    contains(coopsim("check", "coopsim.yaml").stdout, "no errors", "base", "rotation")
    coopsim("run", "coopsim.yaml", "--set", "run.weeks=12", "--set", "economy.organisations=4")
    leaves("coopsim.yaml", "coopsim.h5", "other.yaml")


def test_check():
    write("tiny.yaml", TINY)
    text = coopsim("check", "tiny.yaml", "--threads", "1").stdout
    contains(text, "no errors", "model", "organisations   3", "workers         18", "memory", "disk",
             "1 thread")
    leaves("tiny.yaml")


def predicts_memory(configuration):
    """What `check` says of a large study against what `run` takes."""
    write("large.yaml", configuration)
    text = coopsim("check", "large.yaml").stdout
    number, unit = re.search(r"memory +([\d.]+) (MB|GB)", text).groups()
    predicted = float(number) * {"MB": 1e6, "GB": 1e9}[unit]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # Meson lets the C library fill memory, also what a short run never writes.
    usual = {name: value for name, value in os.environ.items() if name != "MALLOC_PERTURB_"}
    coopsim("run", "large.yaml", env=usual)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if peak == before:
        raise Skip("another process took more")
    require(abs(predicted / (1024 * peak) - 1) < .1,
            f"{predicted / 1e6:.0f} MB predicted, {1.024e-3 * peak:.0f} MB taken")


def test_check_predicts_memory():
    predicts_memory("run: {weeks: 4}\neconomy: {organisations: 50000}\n")


# --- configurations -------------------------------------------------------------------------------

def test_five_errors_at_once():
    write("bad.yaml", "model: seo\n"
                      "run:\n"
                      "  weeks: -3\n"
                      "  seed: nan\n"
                      "rotaton:\n"
                      "  on: true\n"
                      "economy:\n"
                      "  size: twenty\n"
                      "  organisations: 5\n"
                      "  organisations: 6\n")
    for verb in ("check", "run"):
        errors = coopsim(verb, "bad.yaml", status=2).stderr
        contains(errors, "bad.yaml:3:10: error:", "bad.yaml:4:9: error:", "bad.yaml:5:1: error:",
                 "bad.yaml:8:9: error:", "bad.yaml:10:3: error:", "did you mean 'rotation'?",
                 "5 errors in bad.yaml")
    leaves("bad.yaml")


def test_refused_configurations():
    deep = "a: " + "[" * 20000 + "\n"
    for text, part in (("", "empty"), ("---\nmodel: seo\n---\nmodel: seo\n", ":3:"),
                       (deep, ":1:"), ("model: seo\nrun: {weeks: .inf}\n", ":2:14:"),
                       ("model: seo\nrun: {weeks: 1e9}\n", ":2:14:"),
                       ("model: seo\nrun: {weeks: [1, 2]}\n", ":2:"),
                       ("model: seo\nrun: {weeks: 4}\nrun.weeks: 5\n", ":3:1:"),
                       ("seed: 4\n", ":1:1: error: unknown key 'seed' - did you mean 'run.seed'?"),
                       ("factory: {on: true}\n", "unknown group 'factory' - 'coopsim params' lists"),
                       ("model: soe\n", "did you mean 'seo'?"), ("- a\n", ":1:1:"),
                       ("model: seo\n\tx: 1\n", ":2:"), ("model: \"seo\n", ":1:"),
                       ("model: seo\ntwins: [exposur]\n", ":2:9:"), ("x" * 70000, "64 KiB"),
                       ("model: seo\nrun: &a {weeks: 4}\n", ":2:")):
        write("bad.yaml", text)
        contains(coopsim("run", "bad.yaml", status=2).stderr, "bad.yaml", part, "error")
    leaves("bad.yaml")


def test_refused_combinations():
    for text, part in (("economy: {sizes: lognormal, size_min: 9, size_max: 8}\n", "bad.yaml:1:39"),
                       ("economy: {sizes: list, size_list: [5, 6.5]}\n", "bad.yaml:1:35"),
                       ("tasks: {hours: [0, 0, 0, 0, 0, 0]}\n", "bad.yaml:1:16"),
                       ("tasks:\n  hours: [1, 2]\n", "bad.yaml:2:10"),
                       ("economy.size: 1\nrotation.on: true\n", "let economy.size give"),
                       ("rotation.on: true\neconomy: {sizes: list, size_list: [9, 1]}\n",
                        "bad.yaml:1:14"),
                       ("rotation.on: true\neconomy: {sizes: lognormal, size_min: 1}\n",
                        "let economy.size_min give"),
                       ("cases:\n  - name: a\n  - name: b\n    set: {record.every: 13}\n",
                        "bad.yaml:4:25")):
        write("bad.yaml", text)
        errors = coopsim("check", "bad.yaml", status=2).stderr
        contains(errors, part, "1 error in bad.yaml")


def test_unreadable_configuration():
    contains(coopsim("run", "none.yaml", status=2).stderr, "none.yaml: error: cannot open")
    os.mkdir("directory.yaml")
    contains(coopsim("run", "directory.yaml", status=2).stderr, "directory.yaml: error:")
    write("secret.yaml", TINY)
    os.chmod("secret.yaml", 0)
    if not os.access("secret.yaml", os.R_OK):
        contains(coopsim("run", "secret.yaml", status=2).stderr, "Permission denied")


def test_settings():
    write("tiny.yaml", TINY)
    errors = coopsim("run", "tiny.yaml", "--set", "run.weeks=-1", "--set", "rotatoin.on=true",
                     status=2).stderr
    contains(errors, "--set run.weeks=-1: error:", "did you mean 'rotation'?", "2 errors")
    plain = coopsim("run", "tiny.yaml", "--hash").stdout
    seeded = coopsim("run", "tiny.yaml", "--hash", "--seed", "9").stdout
    require(plain != seeded, "the seed makes no difference")
    require(seeded == coopsim("run", "tiny.yaml", "--hash", "--set", "run.seed=9").stdout,
            "--seed is not --set run.seed")
    leaves("tiny.yaml")


# --- expectations ---------------------------------------------------------------------------------

EXPECT = """title: Expectations
run: {weeks: 104}
economy: {organisations: 30, size: 8}
twins: [exposure]
cases:
  - name: takeover
  - name: rotation
    set: {rotation.on: true}
  - name: again
expect:
  - {measure: power_gini, case: rotation, against: takeover, direction: lower, because: so}
  - {measure: power_gini, case: takeover, against: twin, direction: lower}
  - {measure: power_gini, case: takeover, against: rotation/exposure, direction: higher, margin: %s}
  - {measure: power_gini, case: takeover, value: .5, margin: .5, direction: equal, level: .99}
  - {measure: power_gini, case: again, value: .999, direction: higher}
  - {measure: power_gini, case: takeover, against: again, direction: higher}
  - {measure: power_gini, case: again, against: takeover, direction: equal, margin: 1e-9}
"""
VERDICTS = ("as expected", "not as expected", "undetermined")


def expectations(name):
    """The group /expectations as a list of dictionaries."""
    try:
        import h5py
    except ImportError:
        raise Skip("this interpreter has no h5py") from None
    with h5py.File(name, "r") as file:
        columns = {key: [value.decode() if isinstance(value, bytes) else value for value in column]
                   for key, column in file["expectations"].items()}
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def late_gini(name):
    """The Gini of power of each run and organisation in the last year, from the file."""
    import h5py
    with h5py.File(name, "r") as file:
        late = file["time"][...] > file["time"][-1] - 52
        return file["power_gini_by_organisation"][...][:, late].mean(axis=1)


def test_expectations():
    """The margin of the third one is the effect itself, which no interval can tell from it."""
    write("expect.yaml", EXPECT % ".1")
    contains(coopsim("check", "expect.yaml").stdout, "expectations    7:",
             "power_gini lower in rotation than in takeover",
             "power_gini in takeover equal to 0.5 within 0.5")
    coopsim("run", "expect.yaml", "--set", "record.organisations=true")
    gini = late_gini("expect.h5")
    effect = (gini[0] - gini[3]).mean()
    write("expect.yaml", EXPECT % effect)
    text = coopsim("run", "expect.yaml", "--force", "--set", "record.organisations=true").stdout
    opens("expect.h5")
    expected = [0, 1, 2, 0, 1, 2, 0]
    rows = expectations("expect.h5")
    require([row["verdict"] for row in rows] == expected, f"{[row['verdict'] for row in rows]}")
    said = re.findall(r"^  (as expected|not as expected|undetermined) +power_gini", text, re.M)
    require(said == [VERDICTS[verdict] for verdict in expected], text)
    contains(text, "Because: so")
    require(max(len(line) for line in text.splitlines()) <= 100, "long lines")
    for row, (run, other) in zip(rows, ((2, 0), (0, 1), (0, 3), (0, None), (4, None), (0, 4))):
        value = gini[run] - (gini[other] if other is not None else 0)
        error = value.std() / (len(value) - 1) ** .5
        half = (2.756386 if row["level"] == .99 else 2.045230) * error  # of 29 degrees of freedom
        require((row["run"], row["against_run"]) == (run, -1 if other is None else other), f"{row}")
        require(row["organisations"] == 30, f"{row}")
        for name, right in (("estimate", value.mean()), ("error", error),
                            ("low", value.mean() - half), ("high", value.mean() + half)):
            require(abs(row[name] - right) < 2e-6, f"{name} is not {right} in {row}")


def test_resolved_expectations():
    """The configuration in the result gives the same findings."""
    write("expect.yaml", EXPECT % ".3")
    coopsim("run", "expect.yaml")
    rows = expectations("expect.h5")
    import h5py
    with h5py.File("expect.h5", "r") as file:
        write("again.yaml", file["provenance/resolved_config"][()].decode())
    coopsim("run", "again.yaml")
    require(repr(expectations("again.h5")) == repr(rows), "not the same findings")


def test_expectations_that_cannot_be_judged():
    text = EXPECT % ".3"
    write("one.yaml", text.replace("organisations: 30", "organisations: 1"))
    contains(coopsim("run", "one.yaml").stdout, "fewer than two organisations have a value")
    require({row["verdict"] for row in expectations("one.h5")} == {2}, "judged by one organisation")
    opens("one.h5")
    write("two.yaml", text.replace("- name: again", "- name: again\n    set: "
                                                    "{economy.organisations: 20}"))
    coopsim("run", "two.yaml")
    rows = expectations("two.h5")
    require([row["verdict"] for row in rows] == [0, 1, 2, 0, 1, 2, 2], "not the right ones left")
    contains(rows[5]["reason"], "not the same number of organisations")
    require(rows[4]["reason"] == "" and rows[4]["organisations"] == 20, f"{rows[4]}")


def test_expectations_of_a_stopped_run():
    write("long.yaml", LONG + "expect:\n"
          "  - {measure: power_gini, case: short, value: 0, direction: higher}\n"
          "  - {measure: power_gini, case: short, against: long, direction: higher}\n")
    output, _ = stop(signal.SIGTERM)
    contains(output, "  as expected      power_gini in short higher than 0",
             "  undetermined     power_gini higher in short than in long: a run is not finished")
    require([row["verdict"] for row in expectations("long.h5")] == [0, 2], "wrong in the file")


def test_wrong_expectations():
    for line, error in (
            ("{measure: power_gin, case: a, value: 1, direction: lower}",
             "bad.yaml:3:15: error: unknown measure 'power_gin' - did you mean 'power_gini'?"),
            ("{measure: power_gini, case: c, value: 1, direction: lower}",
             "bad.yaml:3:33: error: unknown case 'c'"),
            ("{measure: power_gini, case: a, against: bb, direction: lower}",
             "bad.yaml:3:45: error: unknown case 'bb'"),
            ("{measure: power_gini, case: a, against: twin, direction: lower}",
             "bad.yaml:3:45: error: against a twin, but no twin is run"),
            ("{measure: power_gini, case: a, against: b, direction: up}",
             "bad.yaml:3:59: error: unknown direction 'up'"),
            ("{measure: power_gini, case: a, against: b, direction: equal}",
             "bad.yaml:3:59: error: 'equal' without 'margin'"),
            ("{measure: power_gini, case: a, against: b, value: 1, direction: lower}",
             "bad.yaml:3:48: error: 'value' beside 'against'"),
            ("{measure: power_gini, case: a, direction: lower}",
             "bad.yaml:3:5: error: an expectation against nothing"),
            ("{case: a, value: 1, direction: lower}",
             "bad.yaml:3:5: error: an expectation without 'measure'"),
            ("{measure: power_gini, case: a, value: 1, value: 2, direction: lower}",
             "bad.yaml:3:46: error: duplicate key 'value'")):
        write("bad.yaml", f"cases: [{{name: a}}, {{name: b}}]\nexpect:\n  - {line}\n")
        for verb in ("check", "run"):
            contains(coopsim(verb, "bad.yaml", status=2).stderr, error, "1 error in bad.yaml")
    leaves("bad.yaml")


def peak_of(*words):
    """Bytes that a run takes at its peak. Meson lets the C library fill memory, also what a short
    run never writes."""
    usual = {name: value for name, value in os.environ.items() if name != "MALLOC_PERTURB_"}
    with subprocess.Popen([PROGRAM, *words], env=usual, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    require(process.returncode == 0, f"ended with {process.returncode}")
    return 1024 * usage.ru_maxrss


def test_check_predicts_memory_of_expectations():
    """What is compared with a later case must be kept until then."""
    names = "abcdefgh"
    cases = "".join(f"  - name: {name}\n" for name in names)
    text = f"run: {{weeks: 4}}\neconomy: {{organisations: 30000, size: 5}}\ncases:\n{cases}"
    expect = "".join(f"  - {{measure: power_gini, case: {name}, against: h, direction: equal, "
                     "margin: 1}\n" for name in names[:-1])
    write("plain.yaml", text)
    write("kept.yaml", f"{text}expect:\n{expect}")
    predicted = {}
    for name in ("plain", "kept"):
        number, unit = re.search(r"memory +([\d.]+) (MB|GB)",
                                 coopsim("check", f"{name}.yaml").stdout).groups()
        predicted[name] = float(number) * {"MB": 1e6, "GB": 1e9}[unit]
        peak = peak_of("run", f"{name}.yaml")
        require(abs(predicted[name] / peak - 1) < .1,
                f"{name}: {predicted[name] / 1e6:.0f} MB predicted, {peak / 1e6:.0f} MB taken")
    require(predicted["kept"] > 1.2 * predicted["plain"], "nothing is kept for the expectations")


# --- results --------------------------------------------------------------------------------------

def test_smoke_configuration():
    config = str(ROOT / "configs" / "smoke.yaml")
    text = coopsim("run", config, "--progress", "none").stdout
    contains(text, "Smoke test", "takeover", "rotation", "over exposure twin", "±", "worker-weeks",
             "Result: smoke.h5")
    require(re.search(r"after\s+2\s+years,\s+on\s+average\s+of\s+the\s+last\s+52\s+weeks,\s+the\s+top\s+20\s+%\s+"
                      r"hold\s+\d+\s+%\s+of\s+the\s+power", text),
            "the main result is not said in words")
    require(max(len(line) for line in text.splitlines()) <= 100, "long lines")
    leaves("smoke.h5")
    opens("smoke.h5")


def test_excess_over_the_twin():
    """The difference and its error, organisation by organisation, as the file gives them."""
    try:
        import h5py
    except ImportError:
        raise Skip("this interpreter has no h5py") from None
    text = coopsim("run", str(ROOT / "configs" / "smoke.yaml")).stdout
    with h5py.File("smoke.h5", "r") as file:
        late = file["time"][...] > file["time"][-1] - 52
        final = file["power_top20_by_organisation"][...][:, late].mean(axis=1)
    table = text[text.index("top-20 % share"):text.index("Gini of power")]
    for case, run in (("takeover", 0), ("rotation", 2)):
        difference = final[run] - final[run + 1]
        expected = (final[run].mean(), difference.mean(),
                    difference.std() / (len(difference) - 1) ** .5)
        printed = re.search(rf"^  {case} .*?([\d.]+) ± [\d.]+ +([-+][\d.]+) ± ([\d.]+)$", table,
                            re.M)
        require(all(abs(float(word) - value) < .00051
                    for word, value in zip(printed.groups(), expected)),
                f"{printed.group()} instead of {expected}")


def test_equal_runs_give_equal_files():
    config = str(ROOT / "configs" / "smoke.yaml")
    coopsim("run", config, "-o", "one.h5", "--threads", "1", "--isa", "baseline")
    time.sleep(1.1)  # times in the file, which are in seconds, would differ
    coopsim("run", config, "-o", "two.h5", "--threads", "2")
    require(Path("one.h5").read_bytes() == Path("two.h5").read_bytes(), "the files differ")


def test_hash():
    config = str(ROOT / "configs" / "smoke.yaml")
    text = coopsim("run", config, "--hash").stdout
    lines = text.splitlines()
    require([line.split()[0] for line in lines] ==
            ["takeover", "takeover/exposure", "rotation", "rotation/exposure"], text)
    require(all(re.fullmatch(r"\S+ [0-9a-f]{16}", line) for line in lines), text)
    leaves()
    require(coopsim("run", config, "--hash", "-o", "x.h5").stdout == text, "-o changes the hashes")
    leaves("x.h5")


def test_progress():
    write("tiny.yaml", TINY)
    errors = coopsim("run", "tiny.yaml", "--hash", "--progress", "json").stderr
    last = [json.loads(line) for line in errors.splitlines()][-1]
    require(last["done"] == last["total"] == 3 * 6 * 8 and "base" in last["label"], errors)
    require(coopsim("run", "tiny.yaml", "--hash", "--progress", "none").stderr == "", "not silent")
    errors = coopsim("run", "tiny.yaml", "--hash").stderr
    require("\033" not in errors and "\r" not in errors and "100 %" in errors, repr(errors))


def test_all_kinds_of_sizes():
    for sizes in ("sizes: lognormal, size_max: 40", "sizes: list, size_list: [1, 2, 30]",
                  "size: 1", "organisations: 1"):
        organisations = "" if "organisations" in sizes else "organisations: 5, "
        write("sizes.yaml", f"run: {{weeks: 9}}\neconomy: {{{organisations}{sizes}}}\n"
                            "twins: [exposure, voiceless]\n")
        text = coopsim("run", "sizes.yaml", "--force").stdout
        contains(text, "over voiceless twin")
        require(max(len(line) for line in text.splitlines()) <= 100, "long lines")
    opens("sizes.h5")


def test_no_weeks():
    write("still.yaml", "run: {weeks: 0}\neconomy: {organisations: 2}\n")
    contains(coopsim("run", "still.yaml").stdout, "0 weeks")
    coopsim("check", "still.yaml")
    opens("still.h5")


# --- the file -------------------------------------------------------------------------------------

def test_file_exists():
    write("tiny.yaml", TINY)
    write("tiny.h5", "precious")
    contains(coopsim("run", "tiny.yaml", status=73).stderr, "tiny.h5 exists", "--force")
    require(Path("tiny.h5").read_text(encoding="utf-8") == "precious", "overwritten")
    coopsim("run", "tiny.yaml", "--force")
    leaves("tiny.yaml", "tiny.h5")
    opens("tiny.h5")


def test_file_cannot_be_created():
    write("tiny.yaml", TINY)
    os.mkdir("directory")
    contains(coopsim("run", "tiny.yaml", "-o", "missing/x.h5", status=73).stderr, "does not exist")
    contains(coopsim("run", "tiny.yaml", "-o", "directory", "--force", status=73).stderr,
             "is a directory")
    contains(coopsim("run", "tiny.yaml", "-o", "tiny.yaml", "--force", status=73).stderr,
             "is the configuration")
    os.chmod("directory", 0o500)
    if not os.access("directory", os.W_OK):
        coopsim("run", "tiny.yaml", "-o", "directory/x.h5", status=73)
    leaves("tiny.yaml", "directory")
    require(Path("tiny.yaml").read_text(encoding="utf-8") == TINY, "the configuration is gone")


def test_checked_before_computing():
    write("long.yaml", "run: {weeks: 10000000}\neconomy: {organisations: 1000}\n")
    began = time.monotonic()
    coopsim("run", "long.yaml", "-o", "missing/x.h5", status=73)
    require(time.monotonic() - began < 20, "it is computed first")


def test_file_too_large():
    write("tiny.yaml", TINY)

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))

    done = coopsim("run", "tiny.yaml", status=74, preexec_fn=limit)
    contains(done.stderr, "tiny.h5: File too large")
    contains(done.stdout, "top-20 % share of power")
    leaves("tiny.yaml")


def test_disk_full():
    os.mkdir("disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", "disk"],
                             capture_output=True, check=False)
    if mounted.returncode != 0:
        raise Skip("a small disk needs the right to mount one")
    try:
        write("tiny.yaml", TINY)
        contains(coopsim("run", "tiny.yaml", "-o", "disk/x.h5", status=73).stderr, "disk full")
        require(os.listdir("disk") == [], "something is left on the disk")
    finally:
        subprocess.run(["umount", "disk"], check=True)


# --- being stopped --------------------------------------------------------------------------------

def stop(number):
    """Starts a long study, waits until its long case lives, and sends the signal."""
    with subprocess.Popen([PROGRAM, "run", "long.yaml", "--progress", "json", "--threads", "2"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if "long" in line:
                break
        process.send_signal(number)
        output, errors = process.communicate(timeout=SECONDS)
    require(process.returncode == 75, f"ended with {process.returncode}: {errors}")
    return output, errors


def test_stopped():
    write("long.yaml", LONG)
    output, errors = stop(signal.SIGTERM)
    contains(errors, "1 of 2 runs are finished and written to long.h5")
    contains(output, "not finished", "Result: long.h5")
    leaves("long.yaml", "long.h5")
    opens("long.h5")


def test_stopped_before_the_first_end():
    write("long.yaml", LONG.replace("short", "long_too").replace("weeks: 1000}", "weeks: 9000000}"))
    output, errors = stop(signal.SIGINT)
    contains(errors, "0 of 2 runs are finished")
    require(output == "", f"something is told of nothing:\n{output}")
    leaves("long.yaml")


def run_all(names):
    tests = [(name, function) for name, function in sorted(names.items())
             if name.startswith("test_")]
    failed = False
    print(f"1..{len(tests)}")
    for number, (name, function) in enumerate(tests, 1):
        remark = ""
        with tempfile.TemporaryDirectory() as directory:
            os.chdir(directory)
            try:
                function()
            except Skip as reason:
                remark = f" # SKIP {reason}"
            except Exception:
                failed = True
                remark = None
                print("# " + traceback.format_exc().strip().replace("\n", "\n# "))
            os.chdir("/")
        print(f"{'not ok' if remark is None else 'ok'} {number} - {name}{remark or ''}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
