#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""The configurations that are shipped: each is free of errors, and every expectation of a scenario is
judged and told - whichever way it comes out, for a verdict is a result. One TAP test for each
function whose name begins with `test_`, each in an empty directory of its own.

usage: test_scenarios.py PROGRAM
"""
import re
import sys

from test_cli import PROGRAM, ROOT, coopsim, leaves, require, run_all

CONFIGS = ROOT / "configs"
VERDICT = re.compile(r"^  (as expected|not as expected|undetermined) ", re.M)


def expectations_of(scenario):
    """How many the file has, counted without the program."""
    text = scenario.read_text(encoding="utf-8")
    return len(re.findall(r"^  - measure:", text.partition("\nexpect:")[2], re.M))


def test_every_configuration_is_free_of_errors():
    files = [path for folder in (CONFIGS, CONFIGS / "scenarios", CONFIGS / "experiments")
             for path in sorted(folder.glob("*.yaml"))]
    require(len(files) >= 10, f"only {len(files)} configurations")
    for path in files:
        coopsim("check", str(path))


def test_every_regime_runs():
    regimes = sorted((CONFIGS / "regimes").glob("*.yaml"))
    require(len(regimes) == 8, f"{len(regimes)} regimes")
    for path in regimes:
        with open("regime.yaml", "w", encoding="utf-8") as file:
            file.write(f"model: seo\nregime: {path}\nrun: {{weeks: 52}}\n"
                       "economy: {organisations: 4}\n")
        coopsim("run", "regime.yaml", "--hash", "--progress", "none")


def test_expectations_are_told():
    scenarios = sorted((CONFIGS / "scenarios").glob("*.yaml"))
    require(len(scenarios) >= 7, f"{len(scenarios)} scenarios")
    for path in scenarios:
        told = coopsim("run", str(path), "-o", "out.h5", "--force", "--progress", "none", "--set",
                       "economy.organisations=20", "--set", "run.weeks=104").stdout
        verdicts = VERDICT.findall(told)
        require(len(verdicts) == expectations_of(path),
                f"{path.name}: {len(verdicts)} verdicts of {expectations_of(path)}\n{told}")
        leaves("out.h5")


def test_scenarios_say_where_they_come_from():
    for path in sorted((CONFIGS / "scenarios").glob("*.yaml")):
        head = path.read_text(encoding="utf-8").partition("\nmodel:")[0]
        require(re.search(r"\((1[89]|20)\d\d\)", head), f"{path.name} names no source")
        require("title:" in path.read_text(encoding="utf-8"), f"{path.name} has no title")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
