#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""What is no result, or no longer: every verb that reads says so in a sentence and ends with an exit
code of its own, and none crashes or reads a wrong number. Places are random with a fixed seed.

usage: test_bad_input.py PROGRAM [PLACES]
"""
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from test_cli import PROGRAM, Skip, coopsim, require, run_all, write
from test_sweep import SMALL, shards, sweep

PLACES = int(sys.argv[2]) if len(sys.argv) > 2 else 20
REFUSED = 65


def refused(*words, codes=(REFUSED,)):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120,
                          check=False)
    require(done.returncode in codes, f"coopsim {' '.join(words)} ended with {done.returncode}, "
            f"not with {codes}:\n{done.stdout}{done.stderr}")
    require("HDF5-DIAG" not in done.stderr and 0 < len(done.stderr) < 2000,
            f"coopsim {' '.join(words)} says:\n{done.stderr}")
    return done.stderr


def results():
    write("small.yaml", SMALL)
    sweep("small.yaml", "out", "--seal-every", "0.001s")
    coopsim("merge", "out", "-o", "good.h5")


def every_verb_refuses(name):
    refused("verify", name)
    refused("rerun", f"{name}:0")
    refused("merge", name, "-o", "x.h5", codes=(2, REFUSED))
    refused("status", name, codes=(2, REFUSED))
    refused("test", name, codes=(2, REFUSED))
    require(not os.path.exists("x.h5"), f"something was merged from {name}")


def test_a_checkpoint_is_no_result():
    write("one.yaml", "model: seo\nrun: {weeks: 52}\neconomy: {organisations: 2}\n")
    coopsim("run", "one.yaml", "--checkpoint", "c.h5", "--checkpoint-week", "8", "--progress",
            "none")
    for verb in ("verify", "report"):
        said = refused(verb, "c.h5")
        require("c.h5 is not a result but a checkpoint" in said, said)


def test_a_report_spares_its_result():
    results()
    before = Path("good.h5").read_bytes()
    for words in (("good.h5", "-o", "good.h5"), ("out", "-o", "out/x.html"),
                  ("out", "-o", "out/experiment.yaml")):
        refused("report", *words, "--force", codes=(73,))
    require(Path("good.h5").read_bytes() == before, "the result is another")
    coopsim("verify", "out")


def test_foreign_files():
    results()
    Path("empty.h5").write_bytes(b"")
    Path("text.h5").write_text("Once upon a time. " * 100, encoding="utf-8")
    Path("noise.h5").write_bytes(random.Random(1).randbytes(100000))
    good = Path("good.h5").read_bytes()
    Path("unsealed.h5").write_bytes(good[:-81])
    Path("longer.h5").write_bytes(good + b"\n")
    Path("twice.h5").write_bytes(good + good)
    Path("seal.h5").write_bytes(good[-81:])
    for name in ("empty", "text", "noise", "unsealed", "longer", "twice", "seal"):
        every_verb_refuses(f"{name}.h5")
    refused("verify", "nowhere.h5", codes=(74,))
    refused("rerun", "nowhere.h5:0", codes=(74,))


def test_foreign_hdf5():
    try:
        import h5py
    except ImportError as missing:
        raise Skip("this interpreter has no h5py") from missing
    with h5py.File("foreign.h5", "w") as file:
        file["run"] = [0, 1, 2]
        file["status"] = [0, 0, 0]
    every_verb_refuses("foreign.h5")


def test_flipped_bits():
    results()
    chance, good = random.Random(7), Path("good.h5").read_bytes()
    for _ in range(PLACES):
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        Path("bad.h5").write_bytes(data)
        refused("verify", "bad.h5")
        refused("rerun", "bad.h5:1")


def test_cut_short():
    results()
    chance, good = random.Random(8), Path("good.h5").read_bytes()
    for _ in range(PLACES):
        Path("bad.h5").write_bytes(good[:chance.randrange(len(good))])
        refused("verify", "bad.h5")
        refused("rerun", "bad.h5:1")


def test_flipped_bits_in_shards():
    """A damaged shard is named; the sweep puts it aside and computes its runs again."""
    results()
    chance, good = random.Random(9), Path("good.h5").read_bytes()
    for _ in range(max(PLACES // 10, 2)):
        path = chance.choice(shards("out"))
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        for verb in ("verify", "merge"):
            require(path.name in refused(verb, "out"), f"{verb} does not name {path}")
        coopsim("status", "out")  # reads the manifests alone, and so is quick
        sweep("small.yaml", "out")
        coopsim("merge", "out", "-o", "again.h5", "--force")
        require(Path("again.h5").read_bytes() == good, "the mended sweep differs")


def test_damaged_indices():
    """The manifest is an index that may be lost or be anything; the experiment may not."""
    results()
    good, chance = Path("good.h5").read_bytes(), random.Random(10)
    for path in list(Path("out").glob("manifest-*.jsonl")):
        kept = path.read_bytes()
        for _ in range(max(PLACES // 10, 2)):
            path.write_bytes(chance.randbytes(chance.randrange(3000)))
            coopsim("merge", "out", "-o", "again.h5", "--force")
            require(Path("again.h5").read_bytes() == good, "a damaged manifest changes the result")
        path.write_bytes(kept)
    kept = Path("out/experiment.yaml").read_bytes()
    for data in (b"", b"\0" * 100, kept[:len(kept) // 2], chance.randbytes(5000)):
        Path("out/experiment.yaml").write_bytes(data)
        for verb in ("verify", "merge", "status"):
            refused(verb, "out", codes=(2, REFUSED))
        refused("sweep", "small.yaml", "-o", "out", codes=(2, REFUSED, 73))


def test_shards_of_others():
    """Of another experiment, of a run twice, and what is no shard at all."""
    results()
    write("other.yaml", SMALL.replace("seed: 3", "seed: 4"))
    sweep("other.yaml", "other")
    shutil.copy(shards("other")[0], "out/shards/of-another.h5")
    shutil.copy("text.h5" if os.path.exists("text.h5") else "small.yaml", "out/shards/no-shard.h5")
    errors = refused("verify", "out")
    require("of another experiment" in errors and "no-shard.h5" in errors, errors)
    os.makedirs("empty")
    for verb in ("verify", "merge", "status"):
        refused(verb, "empty", codes=(2, REFUSED))
        refused(verb, "/dev/null", codes=(2, REFUSED))


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
