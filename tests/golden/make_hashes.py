#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Writes hashes.txt: the state at the end of every run of the configurations beside it.

usage: make_hashes.py COOPSIM

The only way to change the golden file. When results are meant to change, run this with any build
(they all give the same bits) and say in the commit why they change."""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "hashes.txt"
HEAD = "# configuration, run, hash of its state at the end; written by make_hashes.py\n"


def configurations():
    return sorted(HERE.glob("*.yaml"))


def hashes(coopsim, configuration, *options):
    """The lines "NAME HASH" of a configuration, as a dictionary."""
    command = [coopsim, "run", str(configuration), "--hash", "--progress", "none", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr.strip()}")
    return dict(line.split() for line in run.stdout.splitlines())


def read_golden():
    """{configuration: {run: hash}}"""
    golden = {}
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            configuration, run, value = line.split()
            golden.setdefault(configuration, {})[run] = value
    return golden


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = [HEAD]
    for configuration in configurations():
        found = hashes(sys.argv[1], configuration)
        lines += [f"{configuration.stem} {run} {value}\n" for run, value in found.items()]
    GOLDEN.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
