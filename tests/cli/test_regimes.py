#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""Regimes and schedules on the command line: what holds for which organisation in which week, and
every error with its place. One TAP test for each function whose name begins with `test_`, each in
an empty directory of its own.

usage: test_regimes.py PROGRAM
"""
import os
import re
import sys
from pathlib import Path

from test_cli import (PROGRAM, ROOT, Skip, contains, coopsim, leaves, opens, predicts_memory,
                      require, run_all, write)

SMALL = "run: {weeks: 104}\neconomy: {organisations: 30}\n"
MIX = ("regimes:\n"
       "  - file: worker.yaml\n"
       "    share: .6\n"
       "  - file: conventional.yaml\n"
       "    share: .4\n")
CHANGE = "schedule:\n  - week: 52\n    set: {rotation.on: true, market.pressure: 1}\n"


def write_regimes():
    for name in ("worker", "conventional"):
        write(f"{name}.yaml", (ROOT / "tests" / "regimes" / f"{name}.yaml").read_text("utf-8"))


def hashes(name, *options):
    text = coopsim("run", name, "--hash", "--progress", "none", *options).stdout
    return dict(line.split() for line in text.splitlines())


def one_hash(text, *options):
    return hashes(write("one.yaml", text), *options)["base"]


def check_errors(*cases):
    """Pairs of a configuration and what its only error begins with and names."""
    for text, place, *parts in cases:
        write("bad.yaml", text)
        errors = coopsim("check", "bad.yaml", status=2).stderr
        contains(errors, f"{place}: error:", *parts)
        require("1 error in bad.yaml" in errors, f"more than one error:\n{errors}")


def read(name):
    try:
        import h5py
    except ImportError:
        raise Skip("this interpreter has no h5py") from None
    return h5py.File(name, "r")


# --- what holds -----------------------------------------------------------------------------------

def test_precedence():
    """Defaults < regime file < configuration < entry's set < case's set < --set."""
    write("layers.yaml", "voice: {know: 1, skill: 1, rank: 1, office: 1, persuasiveness: 1}\n")
    write("mix.yaml", SMALL + "voice: {skill: 2, rank: 2, office: 2, persuasiveness: 2}\n"
          "regimes:\n  - {file: layers.yaml, share: 1,\n"
          "     set: {voice.rank: 3, voice.office: 3, voice.persuasiveness: 3}}\n"
          "cases: [{name: base, set: {voice.office: 4, voice.persuasiveness: 4}}]\n")
    write("flat.yaml", SMALL + "voice: {know: 1, skill: 2, rank: 3, office: 4, persuasiveness: 5}\n")
    require(hashes("mix.yaml", "--set", "voice.persuasiveness=5") == hashes("flat.yaml"),
            "a layer does not win over the one below it")


def test_one_regime_is_its_values():
    write_regimes()
    expected = one_hash(SMALL + "rights: {workers: 0, left_inside: .1}\ndivision.start: .9\n")
    require(one_hash(SMALL + "regime: conventional.yaml\n") == expected, "at the top level")
    require(one_hash(SMALL + "regime: worker.yaml\n"
                     "cases: [{name: base, regime: conventional.yaml}]\n") == expected, "in a case")
    os.mkdir("elsewhere")
    write("elsewhere/one.yaml", SMALL + "regime: ../conventional.yaml\n")
    require(hashes("elsewhere/one.yaml")["base"] == expected, "beside the configuration")


def test_equal_regimes_are_no_regimes():
    write("same.yaml", "title: The same\nsource: nobody\nvoice.know: 7\n")
    mix = "".join(f"  - {{name: {name}, file: same.yaml, share: {share}}}\n"
                  for name, share in (("a", .21), ("b", .33), ("c", .46)))
    for sizes in ("", "economy.sizes: lognormal\n", "market.competition: 1\n"):
        require(one_hash(SMALL + sizes + "regimes:\n" + mix) ==
                one_hash(SMALL + sizes + "voice.know: 7\n"), f"the draws differ: {sizes}")


def test_mix():
    """Each regime's organisations live as they would alone: they have the same draws."""
    write_regimes()
    record = "record: {organisations: on, every: 52}\n"
    write("mix.yaml", SMALL + record + MIX + CHANGE +
          "cases:\n  - name: mixed\n  - {name: workers, regime: worker.yaml}\n"
          "  - {name: owners, regime: conventional.yaml}\ntwins: [exposure]\n")
    text = coopsim("run", "mix.yaml").stdout
    contains(text, "    worker  ", "    conventional  ")
    require(max(len(line) for line in text.splitlines()) <= 100, "long lines")
    opens("mix.h5")
    with read("mix.h5") as file:
        values = file["power_top20_by_organisation"][...]
        require((values[0, :, :18] == values[2, :, :18]).all() and
                (values[0, :, 18:] == values[4, :, 18:]).all(), "a neighbour makes a difference")
        require((values[2] != values[4]).any(), "the regimes make no difference")
        group = file["regimes"]
        require([name.decode() for name in group["name"][0]] == ["worker", "conventional"],
                "the names are not stored")
        require(group["organisations"][0].tolist() == [18, 12], "the blocks are wrong")
        require(group["organisation_regime"][0].tolist() == [0] * 18 + [1] * 12, "who is whose")
        pooled = group["power_top20"][0]
        expected = [values[0, :, :18].mean(axis=1), values[0, :, 18:].mean(axis=1)]
        require(abs(pooled.T - expected).max() < 1e-6, "the regimes' means are not theirs")
        check_headline(text, values, group)
        check_params(file)


def check_headline(text, values, group):
    """Of each regime its mean and its excess over the twin, as the file gives them."""
    table = text[text.index("top-20 % share"):text.index("Gini of power")]
    for regime, part in (("worker", slice(0, 18)), ("conventional", slice(18, 30))):
        # Records are at 0, 52 and 104: the last 52 weeks hold one.
        difference = values[0, -1, part] - values[1, -1, part]
        expected = (values[0, -1, part].mean(), difference.mean(),
                    difference.std() / (len(difference) - 1) ** .5)
        printed = re.search(rf"^    {regime} .*?([\d.]+) ± [\d.]+ +([-+][\d.]+) ± ([\d.]+)$", table,
                            re.M)
        require(all(abs(float(word) - value) < .00051
                    for word, value in zip(printed.groups(), expected)),
                f"{printed.group()} instead of {expected}")
    require(abs(group["power_top20_final"][0, 0] - values[0, -1, :18].mean()) < 1e-6, "final value")


def check_params(file):
    """A value where the regimes agree, missing where they do not, a word on the schedule."""
    workers = file["p_rights.workers"]
    require(workers[0] != workers[0] and workers[2] == 1 and workers[4] == 0, "p_rights.workers")
    contains(workers.attrs["comment"].decode(), "Missing where the regimes of a run differ")
    require((file["p_rotation.on"][...] == 0).all(), "p_rotation.on")
    contains(file["p_rotation.on"].attrs["comment"].decode(), "week 0", "schedule")
    require("comment" not in file["fixed/p_voice.know"].attrs, "a comment on what never changes")


def test_resolved_configuration():
    """It gives the same bits, without the regimes' files."""
    write_regimes()
    write("mix.yaml", SMALL + "regime: worker.yaml\n" + CHANGE + "cases:\n  - name: alone\n"
          "  - name: mixed\n    set: {voice.know: 7, voice.skill: 2}\n"
          "    regimes:\n"
          "      - {file: worker.yaml, share: .25, set: {voice.know: 5}}\n"
          "      - {file: conventional.yaml, share: .35}\n"
          "      - {name: third, share: .4, set: {rights.workers: .5}}\n"
          "    schedule:\n"
          "      - {week: 8, set: {voice.skill: 3}}\n"
          "      - {week: 60, set: {market.pressure: unset}}\n"
          "      - {week: 60, set: {voice.rank: 0}, regime: third}\n"
          "twins: [exposure]\n")
    expected = hashes("mix.yaml")
    coopsim("run", "mix.yaml")
    with read("mix.h5") as file:
        write("again.yaml", file["provenance/resolved_config"][()].decode())
    for name in ("worker.yaml", "conventional.yaml"):
        os.remove(name)
    require(hashes("again.yaml") == expected, "the resolved configuration gives other bits")
    coopsim("run", "again.yaml")
    with read("again.h5") as file:
        require(file["provenance/resolved_config"][()].decode() ==
                Path("again.yaml").read_text(encoding="utf-8"), "resolved again it differs")


def test_check_shows_the_script():
    write_regimes()
    write("mix.yaml", SMALL + MIX + CHANGE +
          "  - {week: 80, regime: worker, set: {rotation.on: false}}\n")
    text = coopsim("check", "mix.yaml").stdout
    contains(text, "regimes         worker 18, conventional 12 organisations\n",
             "schedule        week 52: rotation.on true; market.pressure 1\n",
             "                week 80 in worker: rotation.on false\n")


def test_check_predicts_memory():
    predicts_memory("run: {weeks: 8}\nrecord.every: 1\neconomy: {organisations: 60000}\nregimes:\n" +
                    "".join(f"  - {{name: r{i}, share: .1, set: {{voice.know: {i}}}}}\n"
                            for i in range(10)) +
                    "schedule: [{week: 4, set: {rotation.on: true}}]\n")


# --- when it holds --------------------------------------------------------------------------------

def test_schedule():
    plain = [one_hash(f"run.weeks: {weeks}\neconomy.organisations: 10\n") for weeks in (52, 60)]
    change = "economy.organisations: 10\nschedule: [{week: 52, set: {rotation: {on: true}}}]\n"
    require(one_hash("run.weeks: 60\n" + change.replace("on: true", "on: false")) == plain[1],
            "a schedule of what holds already makes a difference")
    for weeks in (56, 60, 65):
        now = one_hash(f"run.weeks: {weeks}\n" + change.replace("{on: true}", "{on: on, every: 1}"))
        require(now != one_hash(f"run.weeks: {weeks}\neconomy.organisations: 10\n"),
                f"the change at week 52 has no effect by week {weeks}")


def test_equal_until_the_change():
    """Common random numbers: bit for bit the unscheduled run in every record before the week."""
    write("two.yaml", SMALL + "record: {every: 1, organisations: on}\ncases:\n  - name: plain\n"
          "  - name: changed\n    schedule: [{week: 52, set: {voice.know: 2, rotation.on: on}}]\n")
    coopsim("run", "two.yaml")
    with read("two.h5") as file:
        values = file["power_gini_by_organisation"][...]
    require((values[0, :53] == values[1, :53]).all(), "they differ before the change")
    require((values[0, 53:] != values[1, 53:]).any(axis=1).all(), "they do not differ after it")


def test_order_of_entries_is_free():
    one = "  - {week: 52, set: {rotation.on: true}}\n"
    two = "  - {week: 80, set: {rotation.on: false, voice.know: 6}}\n"
    three = "  - {week: 52, set: {market.pressure: .5}}\n"
    require(one_hash(SMALL + "schedule:\n" + one + two + three) ==
            one_hash(SMALL + "schedule:\n" + three + two + one), "the order makes a difference")
    require(one_hash(SMALL + "schedule:\n" + one + two + three) ==
            one_hash(SMALL + "schedule:\n" + two + "cases:\n  - name: base\n    schedule:\n" +
                     ("    " + one) + ("    " + three)), "a case's own entries make a difference")


def test_schedule_of_one_regime():
    """Only its organisations change, and they as if all did."""
    write_regimes()
    record = "record: {organisations: on, every: 4}\n"
    entry = "  - {week: 52, set: {voice.know: 2}"
    write("part.yaml", SMALL + record + MIX + "cases:\n  - name: plain\n"
          "  - name: all\n    schedule:\n    " + entry + "}\n"
          "  - name: part\n    schedule:\n    " + entry + ", regime: conventional}\n")
    coopsim("run", "part.yaml")
    with read("part.h5") as file:
        values = file["power_gini_by_organisation"][...][:, -1]
    require((values[2, :18] == values[0, :18]).all() and (values[2, 18:] == values[1, 18:]).all() and
            (values[1, :18] != values[0, :18]).any() and (values[1, 18:] != values[0, 18:]).any(),
            "the change does not hold for the regime named and for it alone")


def test_pressure_is_handed_over():
    """A constant pressure can be set and unset: then the market takes over, and it fades."""
    write("market.yaml", SMALL + "record.every: 4\nschedule:\n"
          "  - {week: 40, set: {market.pressure: 1}}\n  - {week: 60, set: {market.pressure: unset}}\n")
    coopsim("run", "market.yaml")
    with read("market.h5") as file:
        pressure = dict(zip(file["time"][...], file["market_pressure"][0]))
    require(pressure[36] == 0 and pressure[40] == 1 and pressure[60] == 1, str(pressure))
    for months in range(1, 6):
        expected = (9 / 13) ** months
        require(abs(pressure[60 + 4 * months] - expected) < 1e-6, f"{pressure} after {months}")


def test_twins_in_every_set():
    """A schedule cannot end a twin, and a case that becomes one is refused."""
    write_regimes()
    write("twin.yaml", SMALL + MIX + CHANGE + "twins: [exposure]\n")
    write("all.yaml", SMALL + MIX + CHANGE + "arrows.twin: exposure\n")
    require(hashes("twin.yaml")["base/exposure"] == hashes("all.yaml")["base"],
            "the twin is not one everywhere and always")
    check_errors((SMALL + "schedule: [{week: 52, set: {arrows.twin: voiceless}}]\n"
                  "twins: [exposure]\n", "bad.yaml:4:9", "is a twin itself (bad.yaml:3:"))


def test_threads():
    write_regimes()
    write("mix.yaml", "run: {weeks: 60}\neconomy: {organisations: 400, sizes: lognormal}\n" + MIX +
          CHANGE + "market.competition: 1\n")
    first = hashes("mix.yaml", "--threads", "1")
    for threads in ("2", "3", "8"):
        require(hashes("mix.yaml", "--threads", threads) == first, f"{threads} threads differ")


# --- errors ---------------------------------------------------------------------------------------

def test_errors_of_a_mix():
    write_regimes()
    both = "  - {file: worker.yaml, share: .5}\n"
    check_errors(
        ("regimes:\n" + both + "  - {file: conventional.yaml, share: .4}\n", "bad.yaml:1:1",
         "the shares sum to 0.9", "sum to 1"),
        ("regimes:\n" + both + "  - {file: missing.yaml, share: .5}\n", "bad.yaml:3:12",
         "missing.yaml", "No such file"),
        ("regime: missing.yaml\n", "bad.yaml:1:9", "No such file"),
        ("regimes:\n" + both + "  - {file: worker.yaml, share: .5}\n", "bad.yaml:3:5",
         "a second regime is named 'worker', first at bad.yaml:2:5", "another 'name'"),
        ("regimes:\n" + both + "  - {file: conventional.yaml}\n", "bad.yaml:3:5", "add 'share"),
        ("regimes:\n" + both + "  - {file: conventional.yaml, share: half}\n", "bad.yaml:3:38",
         "'share' is a number"),
        ("regimes:\n" + both + "  - {share: .5}\n", "bad.yaml:3:5", "without a file"),
        ("regimes:\n" + both + "  - {fil: x, name: a, share: .5}\n", "bad.yaml:3:6",
         "did you mean 'file'?"),
        ("regimes: worker.yaml\n", "bad.yaml:1:10", "'regimes' takes a list"),
        ("regime: worker.yaml\n" + MIX, "bad.yaml:2:1", "beside each other, first at bad.yaml:1:1"),
        ("regimes:\n" + both + "  - {name: b, share: .5, set: {economy.size: 5}}\n",
         "bad.yaml:3:32", "'economy.size' belongs to the whole run"),
        ("economy.organisations: 2\nregimes:\n  - {file: worker.yaml, share: .9}\n"
         "  - {file: conventional.yaml, share: .1}\n", "bad.yaml:4:5",
         "'conventional' gets none of the 2 organisations", "larger share"),
        ("regimes:\n" + both + "  - {name: b, share: .5, set: {market.memory: .5}}\n",
         "bad.yaml:3:47", "'market.memory' differs between the regimes 'worker' and 'b'"),
        (MIX + "schedule: [{week: 8, regime: worker, set: {market.pressure: 1}}]\n",
         "bad.yaml:6:61", "'market.pressure' differs between the regimes"),
        (MIX + "schedule: [{week: 8, regime: worcer, set: {voice.know: 1}}]\n",
         "bad.yaml:6:30", "no regime 'worcer'", "did you mean 'worker'?"))


def test_errors_of_a_regime_file():
    for text, place, *parts in (
            ("rights:\n  wokers: 1\n", "regime.yaml:2:3", "did you mean 'workers'?"),
            ("rights:\n  workers: 2\n", "regime.yaml:2:12", "above 1"),
            ("run.weeks: 5\n", "regime.yaml:1:1", "'run.weeks' belongs to the whole run"),
            ("record: {every: 5}\n", "regime.yaml:1:10", "'record.every' belongs"),
            ("economy: {size: 5}\n", "regime.yaml:1:11", "'economy.size' belongs"),
            ("title: x\nmodel: seo\n", "regime.yaml:2:1", "'model' has no place"),
            ("cases:\n  - name: a\n", "regime.yaml:1:1", "'cases' has no place"),
            ("twins: [exposure]\n", "regime.yaml:1:1", "'twins' has no place"),
            ("voice.know: 1\nvoice: {know: 2}\n", "regime.yaml:2:9", "duplicate key"),
            ("- a\n", "regime.yaml:1:1", "is a mapping of parameters"),
            ("voice: {know: 1\n", "regime.yaml:2:1", "invalid YAML"),
            ("tasks: {hours: [1, 2]}\n", "regime.yaml:1:16", "give one value a kind")):
        write("regime.yaml", text)
        check_errors(("regime: regime.yaml\ncases: [{name: a}, {name: b}]\ntwins: [exposure]\n",
                      place, *parts))
    write("regime.yaml", "tasks:\n" + "".join(
        f"  {name}: [{value}, {value}]\n" for name, value in
        (("name", "x"), ("empowerment", .5), ("speed", .5), ("intensity", .5), ("means", .5),
         ("onerousness", .5), ("training_weeks", 5), ("education", 1), ("hours", 1),
         ("shift_mechanisation", 0), ("shift_formalisation", 0))))
    check_errors(("regimes:\n  - {name: six, share: .5}\n  - {file: regime.yaml, share: .5}\n",
                  "regime.yaml:2:9", "'tasks.name' has 6 elements in the regime 'six' and 2 in"))


def test_errors_of_a_schedule():
    for week, *parts in (("0", "schedule in the past", "set the value itself"), ("-4", "in the past"),
                         ("53", "the nearest are 52 and 56"), ("3", "the nearest is 4"),
                         ("104", "is never reached in a run of 104 weeks"),
                         ("soon", "a whole number"), ("4.5", "a whole number")):
        check_errors((SMALL + f"schedule:\n  - week: {week}\n    set: {{voice.know: 1}}\n"
                      "cases: [{name: a}, {name: b}]\n",
                      "bad.yaml:4:11", *parts))
    for setting, place, *parts in (
            ("{division.start: .5}", "5:27", "'division.start' is read at week 0 only"),
            ("{culture.spread: .5}", "5:27", "'culture.spread' is read at week 0 only"),
            ("{tasks.name: [a, b, c, d, e, f]}", "5:23", "'tasks.name' is read at week 0 only"),
            ("{run.weeks: 5}", "5:11", "'run.weeks' holds for a whole run"),
            ("{economy: {size: 5}}", "5:21", "'economy.size' holds for a whole run"),
            ("{record.every: 5}", "5:11", "'record.every' holds for a whole run"),
            ("{voice.kow: 5}", "5:11", "did you mean 'know'?"),
            ("{voice.know: 500}", "5:23", "above"),
            ("{tasks.hours: [1, 2]}", "5:24", "give one value a kind"),
            ("5", "5:10", "'set' takes a mapping")):
        check_errors((SMALL + f"schedule:\n  - week: 52\n    set: {setting}\ntwins: [exposure]\n"
                      "cases: [{name: a}, {name: b}]\n", f"bad.yaml:{place}", *parts))
    check_errors(
        (SMALL + "schedule:\n  - {week: 52, set: {voice: {know: 1}}}\n"
         "  - {week: 52, set: {voice.know: 1}}\n", "bad.yaml:5:22",
         "'voice.know' is set twice in week 52, first at bad.yaml:4:30"),
        (SMALL + "schedule:\n  - {week: 52, set: {voice.know: 1}}\ncases:\n  - name: a\n"
         "    schedule: [{week: 52, set: {voice.know: 2}}]\n", "bad.yaml:7:33", "is set twice"),
        (SMALL + "schedule: [{week: 52}]\n", "bad.yaml:3:12", "changes nothing"),
        (SMALL + "schedule: [{set: {voice.know: 1}}]\n", "bad.yaml:3:12", "without a week"),
        (SMALL + "schedule: [{week: 52, sett: {voice.know: 1}, set: {voice.know: 1}}]\n",
         "bad.yaml:3:23", "did you mean 'set'?"),
        (SMALL + "schedule: {week: 52}\n", "bad.yaml:3:11", "'schedule' takes a list"),
        (SMALL + "schedule: [{week: 52, set: {voice.know: 1}, regime: worker}]\n", "bad.yaml:3:53",
         "no regime 'worker'"))
    leaves("bad.yaml")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
