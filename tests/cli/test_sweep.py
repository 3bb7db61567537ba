#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Sweeps as their users meet them: computed, interrupted, resumed, damaged, merged. One TAP test for
each function whose name begins with `test_`, each in an empty directory of its own.

usage: test_sweep.py PROGRAM
"""
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from test_cli import PROGRAM, Skip, contains, coopsim, opens, require, run_all, write

QUIET = ("--progress", "none")
SMALL = ("model: seo\nrun: {weeks: 104, seed: 3}\n"
         "economy: {organisations: 12, sizes: lognormal, size: 10, size_max: 40}\n"
         "record: {every: 26, organisations: true, workers: 6}\n"
         "twins: [exposure]\ncases:\n  - name: plain\n  - name: rotation\n"
         "    set: {rotation.on: true}\n  - name: short\n    set: {run.weeks: 52}\n"
         "  - name: late\n    schedule: [{week: 52, set: {rotation.on: true}}]\n")


def many(cases, organisations=40, weeks=520):
    """Runs that together take some seconds."""
    return (f"model: seo\nrun: {{weeks: {weeks}, seed: 5}}\n"
            f"economy: {{organisations: {organisations}, size: 12}}\nrecord: {{every: 52}}\n"
            "twins: [exposure]\ncases:\n" + "".join(f"  - name: c{i}\n" for i in range(cases // 2)))


def sweep(name, directory, *options, status=0):
    return coopsim("sweep", name, "-o", directory, *QUIET, *options, status=status)


def start(name, directory, *options):
    return subprocess.Popen([PROGRAM, "sweep", name, "-o", directory, *QUIET, *options],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def merged(directory, name, *options):
    coopsim("merge", directory, "-o", name, "--force", *options)
    return Path(name).read_bytes()


def completed(directory):
    """Runs that the manifests say are done."""
    runs = set()
    for path in Path(directory).glob("manifest-*.jsonl"):
        for line in path.read_text("utf-8").split("\n")[:-1]:
            for part in filter(None, json.loads(line)["done"].split(",")):
                first, _, last = part.partition("-")
                runs |= set(range(int(first), int(last or first) + 1))
    return runs


def shards(directory):
    return sorted(Path(directory, "shards").glob("*.h5"))


def wait_for(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        require(time.monotonic() < end, f"{what} did not happen in {seconds} s")
        time.sleep(0.01)


def damage(path, at=None):
    data = bytearray(path.read_bytes())
    data[len(data) // 3 if at is None else at] ^= 0x10
    path.write_bytes(data)


# --- the whole way --------------------------------------------------------------------------------

def test_a_sweep_is_the_run():
    write("small.yaml", SMALL)
    coopsim("run", "small.yaml", "-o", "run.h5", *QUIET)
    contains(sweep("small.yaml", "out").stdout, "8 runs computed")
    require(merged("out", "sweep.h5") == Path("run.h5").read_bytes(),
            "a sweep gives another file than a run of the same configuration")
    opens("sweep.h5")
    contains(coopsim("status", "out").stdout, "8 done, 0 failed, 0 missing", "nobody")
    contains(coopsim("verify", "out").stdout, "done      0-7", "as they were written")
    contains(coopsim("verify", "sweep.h5").stdout, "done      0-7", "as they were written")
    contains(sweep("small.yaml", "out").stdout, "0 runs computed")


def test_threads_and_parts_make_no_difference():
    write("small.yaml", SMALL)
    sweep("small.yaml", "one", "--threads", "1")
    expected = merged("one", "one.h5")
    for threads in ("2", "3", "8"):
        sweep("small.yaml", "t" + threads, "--threads", threads, "--seal-every", "0.001s")
        require(merged("t" + threads, "x.h5") == expected, f"{threads} threads give another file")
    sweep("small.yaml", "parts", "--shard", "2/3")
    require(coopsim("merge", "parts", "-o", "half.h5", status=65).stderr.find("3 of 8 runs") > 0,
            "half a sweep is merged")
    sweep("small.yaml", "parts", "--shard", "1/3")
    sweep("small.yaml", "parts", "--shard", "3/3")
    require(merged("parts", "x.h5") == expected, "three parts give another file")


def test_dry_run():
    write("small.yaml", SMALL)
    text = sweep("small.yaml", "out", "--dry-run").stdout
    contains(text, "part 1 of 1 has 8 to compute", "disk", "time", "threads")
    require(os.listdir(".") == ["small.yaml"], "a dry run wrote something")
    sweep("small.yaml", "out", "--shard", "1/2")
    contains(sweep("small.yaml", "out", "--dry-run").stdout, "has 4 to compute")
    sweep("small.yaml", "out", "--dry-run", "--set", "run.seed=8", status=65)


def test_merge_partial():
    write("small.yaml", SMALL)
    sweep("small.yaml", "out", "--shard", "1/2")
    coopsim("merge", "out", "-o", "part.h5", "--partial")
    opens("part.h5")
    contains(coopsim("verify", "part.h5").stdout, "done      0,2,4,6", "stopped   1,3,5,7")
    contains(coopsim("rerun", "part.h5:2").stdout, "equal")
    contains(coopsim("rerun", "part.h5:1", status=65).stderr, "run 1 is not done")
    coopsim("merge", "out", "-o", "part.h5", "--partial", status=73)


def test_rerun():
    write("small.yaml", SMALL)
    sweep("small.yaml", "out")
    merged("out", "all.h5")
    os.remove("small.yaml")
    for run in (0, 3, 5, 7):
        contains(coopsim("rerun", f"all.h5:{run}", "--threads", "2").stdout, "equal", "bit for bit")
    contains(coopsim("rerun", "out:4").stdout, "equal")
    for word in ("all.h5", "all.h5:", "all.h5:x", "all.h5:8", "all.h5:-1", ":3"):
        coopsim("rerun", word, status=2)


def change(name, alter):
    """Alters a result with HDF5's own means and gives it a checksum that fits."""
    try:
        import h5py
    except ImportError as missing:
        raise Skip("this interpreter has no h5py") from missing
    Path(name).write_bytes(Path(name).read_bytes()[:-81])
    with h5py.File(name, "r+") as file:
        alter(file)
    data = Path(name).read_bytes()
    Path(name).write_bytes(
        data + f"\nsha256 {hashlib.sha256(data).hexdigest()} coopsim\n".encode())


def test_rerun_finds_a_difference():
    write("small.yaml", SMALL)
    sweep("small.yaml", "out")
    merged("out", "all.h5")
    shutil.copy("all.h5", "planted.h5")

    def add_a_bit(file):
        value = file["power_gini_final"][3]
        file["power_gini_final"][3] = value * (1 + 2.0 ** -52)
        require(file["power_gini_final"][3] != value, "nothing was planted")
    change("planted.h5", add_a_bit)
    contains(coopsim("rerun", "planted.h5:3", status=65).stderr, "`power_gini_final`")
    contains(coopsim("rerun", "planted.h5:2").stdout, "equal")


# --- stopped and resumed --------------------------------------------------------------------------

def interrupted(kill, kills, cases=100, seed=1):
    """Ends a sweep at random moments, resumes it until it is done, and compares."""
    write("many.yaml", many(cases))
    sweep("many.yaml", "whole", "--threads", "2")
    expected = merged("whole", "whole.h5")
    began = time.monotonic()
    sweep("many.yaml", "timed", "--threads", "2", "--seal-every", "0.02s")
    whole_time = time.monotonic() - began
    chance = random.Random(seed)
    done, ended = set(), 0
    while ended < kills:
        process = start("many.yaml", "out", "--threads", "2", "--seal-every", "0.02s")
        try:
            process.communicate(timeout=chance.uniform(0, whole_time * 2 / (1 + min(kills, 6))))
        except subprocess.TimeoutExpired:
            process.send_signal(kill)
            process.communicate(timeout=60)
            require(process.returncode in (0, 75, -kill), f"ended with {process.returncode}")
        ended += 1
        now = completed("out") if os.path.exists("out") else set()
        require(done <= now, f"finished runs were lost: {sorted(done - now)}")
        done = now
        if len(done) == cases:
            # What was computed is computed again, so that there is something to interrupt.
            sweep("many.yaml", "out", "--threads", "2")
            require(merged("out", "x.h5") == expected, "the merged file differs")
            shutil.rmtree("out")
            done = set()
    sweep("many.yaml", "out", "--threads", "2")
    require(merged("out", "x.h5") == expected, "the merged file differs")
    left = [path for path in Path("out").rglob("*") if path.name.endswith(".part")
            and path.parent.name == "shards"]
    require(not left, f"torn files are left: {left}")
    require(not Path("out", "quarantine").exists(), "a kill made a shard that is at fault")


def test_killed():
    interrupted(signal.SIGKILL, 6)


def test_terminated():
    interrupted(signal.SIGTERM, 3)


def test_a_signal_seals_and_ends_with_75():
    write("many.yaml", many(400, 100))
    for number in (signal.SIGTERM, signal.SIGUSR1):
        shutil.rmtree("out", ignore_errors=True)
        with start("many.yaml", "out") as process:
            wait_for(lambda: list(Path("out").glob("claim-*")), "the claim")
            time.sleep(0.5)
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
        require(process.returncode == 75, f"ended with {process.returncode}: {errors}")
        finished = int(re.search(r"(\d+) of 400 runs were finished", errors).group(1))
        require(len(completed("out")) == finished, "what was finished was not sealed")
        require(not list(Path("out").glob("claim-*")), "the claim is left")


def test_max_time():
    write("many.yaml", many(2000, 200))
    began = time.monotonic()
    errors = sweep("many.yaml", "out", "--max-time", "2s", status=75).stderr
    contains(errors, "the same command goes on")
    require(time.monotonic() - began < 20, "it took much longer than it may")
    require(completed("out"), "nothing was finished")
    for wrong in ("", "3", "h", "3x", "-1s", "0s", "3h 50m"):
        sweep("many.yaml", "out", "--max-time", wrong, status=2)


def test_a_failed_run():
    write("huge.yaml", "model: seo\nrun: {weeks: 8}\neconomy: {organisations: 3, size: 6}\n"
          "cases:\n  - name: fine\n  - name: huge\n    set: {economy.organisations: 40000000}\n"
          "  - name: fine_too\n")

    def little_memory():
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    done = coopsim("sweep", "huge.yaml", "-o", "out", *QUIET, "--threads", "1", status=1,
                   preexec_fn=little_memory)
    contains(done.stderr, "run 1 (huge) failed", "1 of 3 runs failed")
    contains(coopsim("status", "out").stdout, "2 done, 1 failed, 0 missing")
    contains(coopsim("verify", "out").stdout, "failed    1")
    contains(coopsim("merge", "out", "-o", "x.h5", status=65).stderr, "(1 failed)")
    coopsim("merge", "out", "-o", "x.h5", "--partial")
    contains(coopsim("verify", "x.h5").stdout, "done      0,2", "failed    1")
    done = coopsim("sweep", "huge.yaml", "-o", "stop", *QUIET, "--threads", "1", "--on-error",
                   "stop", status=1, preexec_fn=little_memory)
    require(completed("stop") == {0}, "it went on after an error")


# --- two at once, and changes ---------------------------------------------------------------------

def test_one_owner():
    write("many.yaml", many(4000, 200))
    with start("many.yaml", "out", "--threads", "1", "--seal-every", "0.1s") as process:
        wait_for(lambda: list(Path("out").glob("claim-*")), "the claim")
        for options in ((), ("--shard", "1/2")):
            contains(sweep("many.yaml", "out", *options, status=65).stderr,
                     "is being worked on: part 1 of 1", str(process.pid))
        wait_for(lambda: completed("out"), "a shard")
        text = coopsim("status", "out").stdout
        contains(text, f"process {process.pid}", "time left", "done")
        process.kill()
        process.wait()
    contains(coopsim("status", "out").stdout, "which has ended")
    with start("many.yaml", "out", "--shard", "1/2") as process:
        wait_for(lambda: list(Path("out").glob("claim-1-of-2")), "the claim of half")
        sweep("many.yaml", "out", "--shard", "1/2", status=65)
        sweep("many.yaml", "out", "--shard", "2/2", "--max-time", "1s", status=75)
        process.terminate()
        process.wait()


def test_a_claim_of_another_machine():
    write("small.yaml", SMALL)
    sweep("small.yaml", "out", "--shard", "1/2")
    claim = Path("out", "claim-1-of-1")
    claim.write_text("host elsewhere\nboot x\npid 1\nticks 1\nbegan now\njob \n", "utf-8")
    contains(sweep("small.yaml", "out", status=65).stderr, "on elsewhere", "delete")
    claim.write_text("torn", "utf-8")
    sweep("small.yaml", "out", status=65)
    claim.unlink()
    sweep("small.yaml", "out")


def test_a_changed_experiment():
    write("small.yaml", SMALL)
    sweep("small.yaml", "out", "--shard", "1/2")
    done = sweep("small.yaml", "out", "--set", "run.seed=4", status=65)
    contains(done.stderr, "- run.seed: 3", "+ run.seed: 4", "another experiment")
    # A comment changes nothing.
    write("small.yaml", "# A comment.\n" + SMALL)
    sweep("small.yaml", "out")
    merged("out", "x.h5")
    text = Path("out", "experiment.yaml").read_text("utf-8")
    Path("out", "experiment.yaml").write_text(text.replace("seed: 3", "seed: 4"), "utf-8")
    contains(coopsim("status", "out", status=65).stderr, "was changed")
    coopsim("merge", "out", "-o", "y.h5", status=65)


def test_shards_of_another_experiment():
    write("small.yaml", SMALL)
    sweep("small.yaml", "one")
    sweep("small.yaml", "two", "--set", "run.seed=4")
    shutil.copy(shards("two")[0], Path("one", "shards", "1-of-1-000077.h5"))
    contains(coopsim("merge", "one", "-o", "x.h5", status=65).stderr, "of another experiment")
    contains(coopsim("verify", "one", status=65).stderr, "of another experiment")


def test_mixed_versions():
    write("small.yaml", SMALL)
    sweep("small.yaml", "out")

    def age(file):
        text = b"coopsim 0.0.1 (old)"
        file.attrs.create("source", text, dtype=f"S{len(text)}")
    change(shards("out")[0], age)
    Path("out", "manifest-1-of-1.jsonl").unlink()
    contains(coopsim("merge", "out", "-o", "x.h5", status=65).stderr, "of another version")
    experiment = Path("out", "experiment.yaml")
    text = experiment.read_text("utf-8")
    experiment.write_text(re.sub("# version: .*", "# version: 0.0.1 (old)", text), "utf-8")
    contains(sweep("small.yaml", "out", status=65).stderr, "- # version: 0.0.1 (old)")


def test_directories_of_others():
    write("small.yaml", SMALL)
    os.mkdir("full")
    write("full/precious.txt", "mine")
    contains(sweep("small.yaml", "full", status=73).stderr, "holds other files")
    sweep("small.yaml", "small.yaml", status=73)
    sweep("small.yaml", "no/such/place", status=73)
    require(os.listdir("full") == ["precious.txt"], "something was written")
    for verb in ("status", "merge", "verify"):
        require(coopsim(verb, "full", status=65).stderr, verb)
    coopsim("verify", "nowhere", status=74)
    coopsim("sweep", "small.yaml", status=2)
    for part in ("0/2", "3/2", "1", "1/", "x/2", "1/2/3", "-1/2"):
        sweep("small.yaml", "out", "--shard", part, status=2)


# --- damage ---------------------------------------------------------------------------------------

def sealed_in_pieces():
    write("many.yaml", many(60, 10))
    sweep("many.yaml", "out", "--threads", "1", "--seal-every", "0.001s")
    require(len(shards("out")) > 3, "there are too few shards to damage")
    return merged("out", "expected.h5")


def test_a_damaged_shard():
    expected = sealed_in_pieces()
    broken, cut, gone, junk = shards("out")[:3] + [Path("out", "shards", "1-of-1-999999.h5")]
    damage(broken)
    cut.write_bytes(cut.read_bytes()[:-500])
    gone.unlink()
    junk.write_bytes(b"no HDF5 at all" * 100)
    errors = coopsim("verify", "out", status=65).stderr
    contains(errors, "checksum does not fit", "cut short", "is gone", "4 shards are at fault")
    coopsim("merge", "out", "-o", "x.h5", status=65)
    contains(coopsim("merge", "out", "-o", "x.h5", "--partial").stderr, "left out")
    done = sweep("many.yaml", "out")
    contains(done.stderr, "its runs are computed again")
    require(len(os.listdir("out/quarantine")) == 3, "the quarantine has not three files")
    require(merged("out", "x.h5") == expected, "the merged file differs")


def test_a_torn_manifest():
    expected = sealed_in_pieces()
    manifest = Path("out", "manifest-1-of-1.jsonl")
    lines = manifest.read_text("utf-8").splitlines()
    kept = len(lines)
    manifest.write_text("\n".join(lines[:-1]) + "\n" + lines[-1][:40], "utf-8")
    contains(coopsim("status", "out").stdout, "60:")
    contains(sweep("many.yaml", "out").stdout, "0 runs computed")
    require(len(manifest.read_text("utf-8").splitlines()) == kept, "the shard was not adopted")
    manifest.write_text("{}\n\x00\x01 nonsense\n" + lines[0].replace("0", "7") + "\n", "utf-8")
    contains(sweep("many.yaml", "out").stdout, "0 runs computed")
    manifest.unlink()
    contains(sweep("many.yaml", "out").stdout, "0 runs computed")
    require(merged("out", "x.h5") == expected, "the merged file differs")
    contains(coopsim("status", "out").stdout, "60 done")


def test_disk_full():
    os.mkdir("disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2500k", "none", "disk"],
                             capture_output=True, check=False)
    if mounted.returncode != 0:
        raise Skip("a small disk needs the right to mount one")
    try:
        write("many.yaml", many(60, 10))
        errors = sweep("many.yaml", "disk/out", "--seal-every", "0.001s", "--threads", "1",
                       status=74).stderr
        contains(errors, "disk full")
        require(completed("disk/out"), "what had been sealed is lost")
        coopsim("merge", "disk/out", "-o", "x.h5", "--partial")
        subprocess.run(["mount", "-o", "remount,size=90m", "disk"], check=True)
        sweep("many.yaml", "disk/out")
        coopsim("merge", "disk/out", "-o", "x.h5", "--force")
    finally:
        subprocess.run(["umount", "disk"], check=True)


def test_progress():
    write("many.yaml", many(40, 100))
    errors = coopsim("sweep", "many.yaml", "-o", "out", "--progress", "json").stderr
    last = json.loads(errors.splitlines()[-1])
    require(last["done"] == last["total"] > 0, f"the end is not told: {last}")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all({name: value for name, value in globals().items() if name.startswith("test_")})
