#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Calibrates the talent twin (models/seo/talent.c, ODD 5): searches values of talent.* with which the
paths of ln(nW) have the mean, the variance and the autocorrelation of the real process, by damped
Gauss-Newton steps on common random numbers, and prints how close they come, on organisations that were
not calibrated on. Many values do nearly as well, as a long growth to a wide spread is much like a short
one to a narrower: of those the search prefers what is near to where it began.

usage: calibrate_talent.py COOPSIM takeover|equals [--organisations N] [--steps N] [--at VALUES]

--at a,b,c,d,e only compares, at these values of spread, fixed, slow, growth and novice."""
import argparse
import os
import subprocess
import tempfile

import h5py
import numpy as np

STARTS = {"takeover": {}, "equals": {"division.start": .02, "hierarchy.start": .02}}
ROWS = ("spread", "fixed", "slow", "growth", "novice")
BEGIN = (.7, .8, 700, 200, .1)
NEARNESS = .5
WEEKS = (52, 104, 156, 260, 364, 520)
LAGS = ((260, 312), (260, 364), (260, 520))


def configuration(cases, organisations, seed):
    """The YAML text of runs of the cases, each a mapping of parameters."""
    lines = ["model: seo", f"run: {{weeks: 520, seed: {seed}, population_seed: {seed}}}",
             f"economy: {{organisations: {organisations}, size: 20}}",
             f"record: {{every: 52, workers: {20 * organisations}}}", "cases:"]
    for number, case in enumerate(cases):
        values = ", ".join(f"{name}: {value}" for name, value in case.items())
        lines.append(f"  - {{name: c{number}, set: {{{values}}}}}")
    return "\n".join(lines) + "\n"


def moments(week, power, joined):
    """Means, variances and autocorrelations of ln(nW), [time][worker] each."""
    at = {int(w): i for i, w in enumerate(week)}
    mean = [power[at[w]].mean() for w in WEEKS]
    variance = [power[at[w]].var() for w in WEEKS]
    lagged = []
    for first, second in LAGS:
        stayed = joined[at[second]] <= first
        lagged.append(np.corrcoef(power[at[first]][stayed], power[at[second]][stayed])[0, 1])
    return np.array(mean + variance + lagged)


def simulate(coopsim, cases, organisations, seed):
    """The moments of each case."""
    with tempfile.TemporaryDirectory() as folder:
        question, result = os.path.join(folder, "c.yaml"), os.path.join(folder, "c.h5")
        with open(question, "w", encoding="utf-8") as file:
            file.write(configuration(cases, organisations, seed))
        subprocess.run([coopsim, "run", question, "-o", result, "--progress", "none"], check=True,
                       stdout=subprocess.DEVNULL)
        with h5py.File(result) as file:
            week, panel = file["time"][:], file["workers"]
            return [moments(week, panel["log_standing"][run], panel["joined"][run])
                    for run in range(len(cases))]


def twin(start, values):
    """The parameters of the talent twin at values of ROWS."""
    case = dict(STARTS[start], **{"arrows.twin": "talent"})
    case.update({f"talent.{row}": f"{value:.6g}" for row, value in zip(ROWS, values)})
    return case


def to_values(x):
    """From the unbounded scale of the search."""
    fixed = 1 / (1 + np.exp(-x[1]))
    return (np.exp(x[0]), fixed, np.exp(x[2]), np.exp(x[3]), np.exp(x[4]))


def to_search(values):
    spread, fixed, slow, growth, novice = values
    return np.array([np.log(spread), np.log(fixed / (1 - fixed)), np.log(slow), np.log(growth),
                     np.log(novice)])


def weights():
    """An error of .05 in a mean or a correlation counts as much as one of .1 in a variance."""
    return np.array([20.] * len(WEEKS) + [10.] * len(WEEKS) + [20.] * len(LAGS))


def calibrate(coopsim, start, organisations, steps):
    goal, weight = simulate(coopsim, [STARTS[start]], organisations, 11)[0], weights()
    x, damping, width = to_search(BEGIN), 1., .1

    def miss(found, at):
        return np.append(weight * (found - goal), NEARNESS * (at - to_search(BEGIN)))

    for _ in range(steps):
        points = [x] + [x + width * np.eye(len(x))[i] for i in range(len(x))]
        found = simulate(coopsim, [twin(start, to_values(p)) for p in points], organisations, 11)
        residual = miss(found[0], x)
        slope = np.array([(miss(f, p) - residual) / width for f, p in zip(found[1:], points[1:])]).T
        tries = [x - np.clip(np.linalg.solve(slope.T @ slope + d * np.eye(len(x)),
                                             slope.T @ residual), -.7, .7)
                 for d in (damping / 10, damping, 10 * damping)]
        outcome = [np.sum(miss(f, t) ** 2) for f, t in zip(simulate(
            coopsim, [twin(start, to_values(t)) for t in tries], organisations, 11), tries)]
        best = int(np.argmin(outcome))
        print(f"error {np.sum(residual ** 2):.3f} -> {outcome[best]:.3f} at "
              + ", ".join(f"{v:.4g}" for v in to_values(tries[best])), flush=True)
        if outcome[best] >= np.sum(residual ** 2):
            damping *= 10
            continue
        damping *= (.1, 1, 10)[best]
        x = tries[best]
    return to_values(x)


def compare(coopsim, start, values, organisations):
    """A table of both processes on other organisations."""
    real, talent = simulate(coopsim, [STARTS[start], twin(start, values)], organisations, 12)
    names = ([f"mean of ln(nW), week {w}" for w in WEEKS]
             + [f"variance of ln(nW), week {w}" for w in WEEKS]
             + [f"autocorrelation, weeks {a} and {b}" for a, b in LAGS])
    print(f"{start}: " + ", ".join(f"talent.{r} {v:.4g}" for r, v in zip(ROWS, values)))
    for name, first, second in zip(names, real, talent):
        print(f"  {name:35} real {first:7.3f}  talent {second:7.3f}  {second - first:+.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coopsim")
    parser.add_argument("start", choices=sorted(STARTS))
    parser.add_argument("--organisations", type=int, default=400)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--at", help="values instead of a search")
    options = parser.parse_args()
    values = (tuple(float(v) for v in options.at.split(",")) if options.at else
              calibrate(options.coopsim, options.start, options.organisations, options.steps))
    compare(options.coopsim, options.start, values, 2 * options.organisations)


if __name__ == "__main__":
    main()
