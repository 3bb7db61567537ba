#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""What a sweep costs beside its runs, on one thread, and how fast its merged file opens.

usage: bench_sweep.py PROGRAM
"""
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def seconds(text, label):
    return float(re.search(label + r" ([\d.]+) s", text).group(1))


def configuration(cases, weeks, organisations, size, every):
    return (f"model: seo\nrun: {{weeks: {weeks}, seed: 1}}\n"
            f"economy: {{organisations: {organisations}, size: {size}}}\n"
            f"record: {{every: {every}}}\ntwins: [exposure, voiceless]\ncases:\n"
            + "".join(f"  - name: c{i}\n" for i in range(cases)))


def timed(*words):
    began = time.monotonic()
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return time.monotonic() - began, done.stdout


def sweep(program, title, text):
    Path("sweep.yaml").write_text(text, encoding="utf-8")
    whole, output = timed(program, "sweep", "sweep.yaml", "-o", "out", "--threads", "1",
                          "--progress", "none")
    runs = int(re.search(r"(\d+) runs", output).group(1))
    within = seconds(output, "within runs")
    print(f"{title}: {runs} runs of {within / runs * 1e3:.2f} ms: {whole:.2f} s, "
          f"{whole - within:.2f} s beside the runs ({100 * (whole - within) / whole:.1f} %), "
          f"sealing {seconds(output, 'sealing'):.2f} s", flush=True)


def opening(name):
    try:
        import xarray
    except ImportError:
        print("this interpreter has no xarray")
        return
    for engine in ("netcdf4", "h5netcdf"):
        times = []
        try:
            for _ in range(3):
                began = time.monotonic()
                xarray.open_dataset(name, engine=engine).close()
                times.append(time.monotonic() - began)
            print(f"xarray opens it with {engine} in {min(times):.2f} s", flush=True)
        except (ImportError, ValueError):
            print(f"xarray has no {engine} here")


def main(program):
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        import os
        os.chdir(small)
        sweep(program, "short runs", configuration(3333, 520, 10, 12, 260))
        print(f"merge: {timed(program, 'merge', 'out', '-o', 'all.h5')[0]:.2f} s, "
              f"{os.path.getsize('all.h5') / 1e6:.1f} MB")
        print(f"status: {timed(program, 'status', 'out')[0]:.3f} s, "
              f"verify: {timed(program, 'verify', 'all.h5')[0]:.2f} s, nothing left to do: "
              f"{timed(program, 'sweep', 'sweep.yaml', '-o', 'out')[0]:.2f} s", flush=True)
        opening("all.h5")
        os.chdir(large)
        sweep(program, "longer runs", configuration(67, 520, 600, 12, 4))
        os.chdir("/")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(str(Path(sys.argv[1]).resolve()))
