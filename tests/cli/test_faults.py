#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""A sweep killed two hundred times: no finished run is lost, and the merged file is the same; and a
result damaged at two hundred places, of which each is found. Takes some minutes, so it is a suite of
its own: meson test -C build --suite fault

usage: test_faults.py PROGRAM
"""
import signal
import sys

import test_bad_input
from test_cli import PROGRAM, run_all
from test_sweep import interrupted


def test_two_hundred_kills():
    interrupted(signal.SIGKILL, 200, cases=300, seed=2)


def test_fifty_terminations():
    interrupted(signal.SIGTERM, 50, cases=300, seed=3)


def test_two_hundred_damages():
    test_bad_input.PLACES = 200
    test_bad_input.test_flipped_bits()
    test_bad_input.test_cut_short()


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
