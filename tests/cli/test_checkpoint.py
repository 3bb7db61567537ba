#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Checkpoints as their users meet them: runs killed and gone on with, forks, everything that is
refused. One TAP test for each function whose name begins with `test_`, each in an empty directory of
its own.

usage: test_checkpoint.py PROGRAM
"""
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from test_cli import PROGRAM, Skip, contains, coopsim, leaves, opens, require, run_all, write
from test_sweep import change

QUIET = ("--progress", "none")
STUDY = ("model: seo\nrun: {weeks: 251, seed: 3}\n"
         "economy: {organisations: 30, sizes: lognormal, size: 10, size_max: 40}\n"
         "record: {every: 13, organisations: true, workers: 6}\ntwins: [exposure]\ncases:\n"
         "  - name: plain\n  - name: rotation\n    set: {rotation.on: true}\n"
         "  - name: short\n    set: {run.weeks: 130}\n"
         "  - name: mixed\n    regimes:\n      - {name: w, share: .5, set: {rights.workers: 1}}\n"
         "      - {name: c, share: .5, set: {rights.workers: .1}}\n"
         "    schedule: [{week: 52, set: {voice.know: 9}}]\n"
         "expect:\n  - {measure: power_gini, case: rotation, against: plain, direction: lower}\n"
         "hypotheses:\n  - {name: h, measure: power_gini, contrast: paired, case: plain, "
         "against: twin, expect: higher}\n")
ONE = ("model: seo\nrun: {weeks: 156, seed: 5}\neconomy: {organisations: 40, size: 12}\n"
       "record: {every: 4, organisations: true, workers: 9, look_back: always}\n")


def run(name, *options, status=0):
    return coopsim("run", name, *QUIET, *options, status=status)


def start(*options):
    return subprocess.Popen([PROGRAM, "run", *options, *QUIET], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def same(name, other, what):
    require(Path(name).read_bytes() == Path(other).read_bytes(), f"{what}: {name} is not {other}")


def acts():
    """The interventions of the model, from a refusal of c.h5."""
    errors = coopsim("run", "--from", "c.h5", "--apply", "?", status=2).stderr
    return re.search(r"it is one of ([\w, ]+) \(", errors).group(1).split(", ")


# --- going on -------------------------------------------------------------------------------------

def test_checkpoints_change_nothing():
    write("study.yaml", STUDY)
    run("study.yaml", "-o", "plain.h5")
    run("study.yaml", "-o", "kept.h5", "--checkpoint", "c.h5", "--checkpoint-every", "0.001s")
    same("kept.h5", "plain.h5", "with checkpoints")
    leaves("study.yaml", "plain.h5", "kept.h5")
    done = run("study.yaml", "-o", "begun.h5", "--checkpoint", "c.h5", "--resume")
    contains(done.stderr, "there is no checkpoint c.h5", "week 0")
    same("begun.h5", "plain.h5", "without a checkpoint")


def go_on(kill, times, seed):
    """Ends a study at random moments and goes on until it is finished; how often it was ended."""
    write("study.yaml", STUDY.replace("weeks: 251", "weeks: 1051"))
    began = time.monotonic()
    run("study.yaml", "-o", "whole.h5")
    whole_time = time.monotonic() - began
    chance = random.Random(seed)
    ended = gone_on = 0
    while ended < times:
        if os.path.exists("out.h5"):
            same("out.h5", "whole.h5", "resumed")
            os.remove("out.h5")
        process = start("study.yaml", "-o", "out.h5", "--checkpoint", "c.h5", "--checkpoint-every",
                        "0.01s", "--resume", "--threads", str(chance.randint(1, 4)))
        try:
            process.communicate(timeout=chance.uniform(0, whole_time))
            require(process.returncode == 0, f"ended with {process.returncode}")
        except subprocess.TimeoutExpired:
            process.send_signal(kill)
            _, errors = process.communicate(timeout=60)
            require(process.returncode in (0, 75, -kill), f"{process.returncode}: {errors}")
            ended += process.returncode != 0
            gone_on += "going on from c.h5" in errors
            if process.returncode == 75 and kill == signal.SIGTERM:
                contains(errors, "c.h5 - the same command with --resume goes on")
    if not os.path.exists("out.h5"):
        run("study.yaml", "-o", "out.h5", "--checkpoint", "c.h5", "--resume")
    same("out.h5", "whole.h5", "resumed")
    leaves("study.yaml", "whole.h5", "out.h5")
    require(gone_on > 0, "no run was gone on with")


def test_killed():
    go_on(signal.SIGKILL, int(os.environ.get("COOP_KILLS", "15")), 1)


def test_terminated():
    go_on(signal.SIGTERM, 5, 2)
    for name in ("out.h5", "whole.h5"):
        os.remove(name)
    go_on(signal.SIGUSR1, 2, 3)


def stopped(name="one.yaml", text=ONE.replace("weeks: 156", "weeks: 4000"), *options):
    """Leaves c.h5 of a run that was stopped on its way."""
    write(name, text)
    process = start(name, "--checkpoint", "c.h5", "--checkpoint-every", "0.01s", *options)
    while not os.path.exists("c.h5"):
        time.sleep(0.005)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    require(process.returncode == 75, f"ended with {process.returncode}: {errors}")
    return errors


def test_other_settings_are_refused():
    errors = stopped()
    require(re.search(r"run 1 is in week \d+ of 4000", errors), errors)
    leaves("one.yaml", "c.h5")
    before = Path("c.h5").read_bytes()
    words = ("--checkpoint", "c.h5", "--resume")
    done = run("one.yaml", *words, "--set", "voice.know=9", status=65)
    contains(done.stderr, "- voice.know: 8", "+ voice.know: 9", "is of other settings")
    done = run("one.yaml", *words, "--seed", "6", status=65)
    contains(done.stderr, "- run.seed: 5", "+ run.seed: 6")
    contains(run("one.yaml", "--checkpoint", "c.h5", status=73).stderr, "--resume", "--force")
    require(Path("c.h5").read_bytes() == before, "a refused checkpoint was changed")
    write("one.yaml", "# a comment\n" + Path("one.yaml").read_text("utf-8"))
    contains(run("one.yaml", *words).stderr, "going on from c.h5: 0 of 1 runs are finished")
    run("one.yaml", "-o", "whole.h5")
    same("one.h5", "whole.h5", "resumed with a comment")
    leaves("one.yaml", "one.h5", "whole.h5")


def test_damaged_and_foreign_files_are_refused():
    stopped()
    words = ("one.yaml", "--checkpoint", "c.h5", "--resume")
    whole = Path("c.h5").read_bytes()

    def refused(data, *parts, status=65):
        Path("c.h5").write_bytes(data)
        contains(run(*words, status=status).stderr, "c.h5", *parts)
        contains(coopsim("run", "--from", "c.h5", "--set", "voice.know=9", *QUIET,
                         status=status).stderr, "c.h5", *parts)
        require(Path("c.h5").read_bytes() == data, "a refused checkpoint was changed")
        leaves("one.yaml", "c.h5")
    chance = random.Random(4)
    for _ in range(10):
        data = bytearray(whole)
        data[chance.randrange(len(data) - 81)] ^= 1 << chance.randrange(8)
        refused(bytes(data), "damaged")
        refused(whole[:chance.randrange(len(whole) - 1)], "c.h5")
    refused(b"", "cut short")
    refused(b"not HDF5 at all, but long enough to be looked at more closely by whoever reads " * 2,
            "no result of coopsim")
    os.remove("c.h5")
    os.mkdir("c.h5")
    run(*words, status=73)
    os.rmdir("c.h5")
    write("one.yaml", ONE)
    run("one.yaml", "-o", "r.h5")
    data = Path("r.h5").read_bytes()
    os.remove("r.h5")
    refused(data, "no checkpoint")


def test_other_versions_are_refused():
    stopped()

    def age(file):
        del file["provenance/version"]
        file["provenance"].create_dataset("version", data="0.0.9")
    change("c.h5", age)
    words = ("one.yaml", "--checkpoint", "c.h5", "--resume")
    contains(run(*words, status=65).stderr, "written by coopsim 0.0.9", "begin anew")
    contains(coopsim("run", "--from", "c.h5", "--set", "voice.know=9", status=65).stderr, "0.0.9")


def test_lacking_parts_are_refused():
    stopped()

    def forget(file):
        del file["state/know"]
    change("c.h5", forget)
    done = run("one.yaml", "--checkpoint", "c.h5", "--resume", status=65)
    contains(done.stderr, "does not hold `state/know`")


def test_wrong_words():
    write("one.yaml", ONE)
    for words, *parts in (
            (("--checkpoint", "one.yaml"), "is the configuration"),
            (("--checkpoint", "x.h5", "-o", "x.h5"), "is the result"),
            (("--checkpoint", "no/c.h5"), "does not exist")):
        contains(run("one.yaml", *words, status=73).stderr, *parts)
    for words, *parts in (
            (("--resume",), "--resume needs", "--checkpoint PATH"),
            (("--checkpoint-every", "5s"), "--checkpoint-every needs"),
            (("--checkpoint-week", "52"), "--checkpoint-week needs"),
            (("--checkpoint", "c.h5", "--checkpoint-every", "soon"), "a time like 3h50m"),
            (("--checkpoint", "c.h5", "--checkpoint-week", "54"), "multiple of 4", "is 52"),
            (("--checkpoint", "c.h5", "--checkpoint-week", "0"), "multiple of 4", "is 4"),
            (("--checkpoint", "c.h5", "--checkpoint-week", "156"), "156 weeks"),
            (("--apply", "swap"), "--from"), (("--case", "base"), "--from")):
        contains(run("one.yaml", *words, status=2).stderr, *parts)
    contains(coopsim("run", status=2).stderr, "FILE", "--from CHECKPOINT")
    leaves("one.yaml")


# --- forks ----------------------------------------------------------------------------------------

def kept(text=ONE, week="52"):
    write("one.yaml", text)
    run("one.yaml", "--checkpoint", "c.h5", "--checkpoint-week", week)
    os.remove("one.h5")


def reruns(name, runs):
    """Each run computed from week 0, of which nothing but the settings is taken from the file."""
    for number in runs:
        contains(coopsim("rerun", f"{name}:{number}").stdout, "equal", "bit for bit")


def test_self_describing():
    try:
        import h5py
    except ImportError as missing:
        raise Skip("this interpreter has no h5py") from missing
    kept()
    with h5py.File("c.h5", "r") as file:
        group = file["kept/0"]
        require(group["week"][()] == 52 and group["run"][()] == 0, "week or run")
        first, step = group["layout/first"][...], group["layout/step"][...]
        size, know = group["layout/size"][...], group["state/know"][...]
        require(size.tolist() == [12] * 40, f"{size}")
        slots = {f + p * s for f, s, n in zip(first, step, size) for p in range(n)}
        require(len(slots) == 480 and max(slots) < len(know), "slots")
        require(all(0 < know[slot] < 1 for slot in slots), "know-how")
        require(group["state/know"].attrs["long_name"], "no meaning")
        require(group["record/week"][...].tolist() == list(range(0, 52, 4)), "records")
        require(b"rights:" in file["provenance/resolved_config"][()], "no settings")


def test_fork_of_settings():
    kept()
    done = coopsim("run", "--from", "c.h5", "--set", "voice.know=12", "--set", "rotation.on=true",
                   *QUIET)
    contains(done.stdout, "control", "changed", "last 52 weeks", "week 52",
             "changed less control")
    require("from week 0" not in done.stderr, done.stderr)
    leaves("one.yaml", "c.h5", "c-changed.h5")
    opens("c-changed.h5")
    reruns("c-changed.h5", (0, 1))
    write("whole.yaml", ONE + "cases:\n  - name: control\n  - name: changed\n    schedule:\n"
          "      - {week: 52, set: {voice.know: 12, rotation.on: true}}\n")
    whole = run("whole.yaml", "--hash").stdout
    forked = coopsim("run", "--from", "c.h5", "--set", "voice.know=12", "--set",
                     "rotation.on=true", "--hash", "--threads", "3", *QUIET).stdout
    require(whole == forked, f"{forked} is not {whole}")


def test_fork_of_interventions():
    kept()
    for act in acts():
        coopsim("run", "--from", "c.h5", "--apply", act, *QUIET)
        reruns(f"c-{act}.h5", (0, 1))
        forked = coopsim("run", "--from", "c.h5", "--apply", act, "--hash", *QUIET).stdout
        whole = run("one.yaml", "--set", f"intervention.act={act}", "--set",
                    "intervention.week=52", "--hash").stdout
        require(forked.split()[-1] == whole.split()[-1], f"{act}: {forked} is not {whole}")
        require(forked.split()[1] != forked.split()[3], f"{act} does nothing")
    errors = coopsim("run", "--from", "c.h5", "--apply", "swop", status=2).stderr
    contains(errors, "did you mean 'swap'?", *acts())
    contains(coopsim("run", "--from", "c.h5", "--apply", "none", status=2).stderr, "unknown")


def test_fork_of_a_study():
    write("study.yaml", "replicates: 2\n" + STUDY.split("expect:")[0])
    run("study.yaml", "--checkpoint", "c.h5", "--checkpoint-week", "60")
    coopsim("run", "--from", "c.h5", "--apply", "reset", *QUIET)
    reruns("c-reset.h5", (0, 3, 6, 14, 15, 31))
    contains(coopsim("run", "--from", "c.h5", "--apply", "reset", "-o", "m.h5", "--case", "mixed",
                     *QUIET).stdout, "reset less control", "reset/exposure")
    reruns("m.h5", (2, 7))
    contains(coopsim("run", "--from", "c.h5", "--apply", "reset", "--case", "mixd",
                     status=2).stderr, "did you mean 'mixed'?")


def test_fork_of_a_run_that_was_stopped():
    stopped()
    coopsim("run", "--from", "c.h5", "--set", "voice.know=12", *QUIET)
    reruns("c-changed.h5", (1,))
    os.remove("c.h5")
    stopped("study.yaml", STUDY.replace("251", "2600"))
    contains(coopsim("run", "--from", "c.h5", "--set", "voice.know=12", status=65).stderr,
             "holds no state of the run", "--checkpoint-week", "--case")


def test_kept_states_survive():
    """A study that is killed after some runs have passed the week still keeps all states."""
    text = STUDY.replace("weeks: 251", "weeks: 2001")
    stopped("study.yaml", text, "--checkpoint-week", "4")
    contains(run("study.yaml", "--checkpoint", "c.h5", "--resume", "--checkpoint-week", "8",
                 status=2).stderr, "week 4")
    run("study.yaml", "--checkpoint", "c.h5", "--resume")
    coopsim("run", "--from", "c.h5", "--case", "short", "--set", "voice.know=12", *QUIET)
    reruns("c-changed.h5", (0, 1, 2, 3))
    os.remove("c.h5")
    os.remove("study.h5")
    stopped("study.yaml", text)
    contains(run("study.yaml", "--checkpoint", "c.h5", "--resume", "--checkpoint-week", "4",
                 status=2).stderr, "has passed it")


def test_forks_that_are_refused():
    kept(ONE + "cases:\n  - name: a\n    set: {intervention.act: reset, intervention.week: 20}\n"
         "  - name: b\n")
    words = ("run", "--from", "c.h5", *QUIET)
    for more, *parts in (
            (("--set", "run.weeks=300"), "--set run.weeks=300: error", "for the whole run"),
            (("--set", "hierarchy.start=.5"), "--set hierarchy.start=.5: error", "in week 0 only"),
            (("--set", "voice.knaw=3"), "--set voice.knaw=3: error", "did you mean 'know'"),
            (("--set", "voice.know=300"), "--set voice.know=300: error"),
            (("--set", "voice.know"), "no '='"),
            (("--apply", "swap"), "has an intervention already"),
            (("--case", "b", "--apply", "swap", "--set", "intervention.week=80"),
             "is what --apply ACT sets"),
            (("--set", "intervention.act=swap"), "is what --apply ACT sets"),
            (("--apply", "swap", "one.yaml"), "takes no FILE"), ((), "--apply ACT or --set"),
            (("--apply", "swap", "--seed", "3"), "--seed"),
            (("--apply", "swap", "--checkpoint", "d.h5"), "do not go together")):
        contains(coopsim(*words, *more, status=2).stderr, *parts)
    contains(coopsim(*words, "--apply", "swap", "--case", "b", "-o", "c.h5", status=73).stderr,
             "c.h5")
    contains(coopsim("run", "--from", "none.h5", "--apply", "swap", status=74).stderr, "none.h5")
    leaves("one.yaml", "c.h5")
    coopsim(*words, "--apply", "swap", "--case", "b")
    reruns("c-swap.h5", (0, 1))


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
