#!/usr/bin/env python3
"""Prints a run of configs/experiments/prototype.yaml beside the prototype's published table.

usage: prototype_table.py RESULT.h5 [TABLE.csv]

Each cell is ours ± its standard error, the prototype's value in brackets. Ours is the mean over the
last 52 weeks' records, within the organisation first.
"""
import csv
import pathlib
import sys

try:
    import h5py
except ImportError as missing:
    sys.exit(f"{missing}: install python3-h5py and python3-matplotlib, and run this with /usr/bin/python3")


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def main(arguments):
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    default = pathlib.Path(__file__).parent.parent / "configs/experiments/prototype.csv"
    with open(arguments[2] if len(arguments) == 3 else default, newline="") as table:
        rows = list(csv.DictReader(table))
    measures = [name for name in rows[0] if name != "case"]
    print("case".ljust(18) + "".join(name.rjust(21) for name in measures))
    largest = 0.0
    with h5py.File(arguments[1]) as result:
        runs = [text(name) for name in result["case"]]
        for row in rows:
            line = row["case"].ljust(18)
            for name in measures:
                run = runs.index(row["case"])
                mean = result[f"{name}_final"][run]
                error = result[f"{name}_final_error"][run]
                largest = max(largest, abs(mean - float(row[name])))
                line += f"{mean:.3f} ± {error:.3f} ({float(row[name]):.2f})".rjust(21)
            print(line)
    print(f"largest difference {largest:.3f}")


if __name__ == "__main__":
    main(sys.argv)
