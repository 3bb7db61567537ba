#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""The same bits everywhere: the golden file against this build, for every instruction set level
of this machine and several numbers of threads. Prints TAP.

usage: test_hashes.py COOPSIM"""
import re
import subprocess
import sys

from make_hashes import configurations, hashes, read_golden

THREADS = (1, 2, 3, 8)


def levels(coopsim):
    """Levels compiled in that this machine runs, from the help of `run`."""
    text = subprocess.run([coopsim, "run", "--help"], capture_output=True, text=True,
                          check=True).stdout
    listed = re.search(r"^Levels:(.*)", text, flags=re.M).group(1)
    listed = re.sub(r" \w+ \(not on this machine\)", "", listed)
    return listed.split()


def differences(coopsim, configuration, level, golden):
    """Sentences on what differs from the golden file."""
    for threads in THREADS:
        found = hashes(coopsim, configuration, "--isa", level, "--threads", str(threads))
        for run in sorted(golden.keys() | found.keys()):
            if golden.get(run) != found.get(run):
                yield (f"{configuration.stem}, {run}, {level}, {threads} threads: "
                       f"{found.get(run)}, golden {golden.get(run)}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    coopsim, golden = sys.argv[1], read_golden()
    cases = [(configuration, level) for configuration in configurations()
             for level in levels(coopsim)]
    failed = False
    print(f"1..{len(cases)}")
    for number, (configuration, level) in enumerate(cases, 1):
        name = configuration.stem
        try:
            found = list(differences(coopsim, configuration, level, golden.get(name, {})))
        except RuntimeError as error:
            found = str(error).splitlines()
        for sentence in found:
            print("# " + sentence)
        print(f"{'not ok' if found else 'ok'} {number} - {name}, {level}", flush=True)
        failed = failed or bool(found)
    sys.exit(failed)


if __name__ == "__main__":
    main()
