#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""What testing hypotheses takes beside computing the runs: user CPU time of opening the results alone
and of all of it (comparing checksums, reading values, judging), and the memory at its peak, for
sweeps of 1,000 and of 10,000 tiny runs with 130 recorded weeks each; from their directory and from
the merged file.

usage: bench_test.py PROGRAM [REPLICATES...]
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

STUDY = """
run: {{weeks: 520, seed: 1}}
economy: {{organisations: 2, size: 4}}
twins: [exposure]
replicates: {replicates}
hypotheses:
  - {{name: gini, contrast: paired, measure: power_gini, case: base, against: twin, expect: higher}}
  - {{name: office, contrast: paired, measure: office_gini, case: base, against: twin, expect: higher}}
  - {{name: high, contrast: threshold, measure: power_gini, case: base, value: .3, expect: higher}}
  - {{name: order, contrast: ordering, measure: power_top20, order: [base, base/exposure],
     expect: lower}}
  - {{name: turnout, contrast: paired, measure: turnout, case: base, against: twin, expect: none}}
"""
SECONDS_MOST = 10


def take(program, *words):
    """User CPU seconds and MB at the peak of one call."""
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"coopsim {' '.join(words)} failed")
    return usage.ru_utime, usage.ru_maxrss / 1024


def bench(program, replicates):
    Path("study.yaml").write_text(STUDY.format(replicates=replicates), encoding="utf-8")
    directory, merged = f"d{replicates}", f"m{replicates}.h5"
    computing, _ = take(program, "sweep", "study.yaml", "-o", directory, "--progress", "none")
    take(program, "merge", directory, "-o", merged)
    print(f"{2 * replicates} runs, computed in {computing:.1f} s of user CPU time")
    slowest = 0
    opened, idle = take(program, "status", directory)
    print(f"  opening the directory alone {opened:.2f} s, peak {idle:.1f} MB")
    for name in (directory, merged):
        seconds, memory = take(program, "test", name)
        slowest = max(slowest, seconds)
        print(f"  reading and judging {name:<10} {seconds:.2f} s, peak {memory:.1f} MB", flush=True)
    return slowest


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        slowest = max(bench(program, int(n)) for n in sys.argv[2:] or ("500", "5000"))
        os.chdir("/")
    print(f"slowest {slowest:.2f} s, at most {SECONDS_MOST} s are accepted")
    sys.exit(slowest > SECONDS_MOST)


if __name__ == "__main__":
    main()
