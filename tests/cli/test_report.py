#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""The report and the export: what stands in them is what stands in the result, they need nothing
from elsewhere, and bad input is refused. One TAP test for each function whose name begins with
`test_`, each in an empty directory of its own.

usage: test_report.py PROGRAM
"""
import csv
import math
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

from test_cli import PROGRAM, Skip, contains, coopsim, leaves, require, run_all, write

HOSTILE = "<script>alert(1)</script> & \\\"it\\\" ]]> ü"
CASES = """
title: "%s"
about: "A <b>bold</b> setting & more"
run: {weeks: 104}
economy: {organisations: 12, size: 15}
twins: [exposure]
cases:
  - {name: takeover}
  - {name: rotation, set: {rotation.on: true}}
expect:
  - {measure: power_gini, case: rotation, against: takeover, direction: lower,
     because: "<i>jobs</i> that rotate & leave nothing"}
""" % HOSTILE
GRID = """
run: {weeks: 56}
economy: {organisations: 4, size: 10}
replicates: 3
design:
  kind: factorial
  axes:
    - {parameter: voice.know, values: [2, 8, 14]}
    - {parameter: governance.rule, values: [mean, majority]}
"""
SVG = "{http://www.w3.org/2000/svg}"
EMPTY_ELEMENTS = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Elements must close in their order; keeps what a browser might fetch."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.elements, self.loads = [], [], [], [], []
        self.feed(text)
        self.close()
        require(self.open == [], f"not closed: {self.open}")

    def handle_starttag(self, tag, attributes):
        if tag not in EMPTY_ELEMENTS:
            self.open.append(tag)
        self._keep(tag, attributes)

    def handle_startendtag(self, tag, attributes):
        self._keep(tag, attributes)

    def _keep(self, tag, attributes):
        self.elements.append(tag)
        for name, value in attributes:
            require(not name.startswith("on"), f"{tag} has {name}")
            if name == "id":
                self.ids.append(value)
            if name in ("href", "xlink:href"):
                self.links.append(value)
            if name in ("src", "srcset", "data", "poster", "background", "action", "formaction"):
                self.loads.append(value)

    def handle_endtag(self, tag):
        require(self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}")
        self.open.pop()


def result(text, name="study", verb="run"):
    write(f"{name}.yaml", text)
    target = f"{name}.h5" if verb == "run" else name
    coopsim(verb, f"{name}.yaml", "-o", target, "--progress", "none")
    return target


def opened(name):
    try:
        import h5py
    except ImportError:
        raise Skip("this interpreter has no h5py") from None
    return h5py.File(name)


def table(folder, name):
    with open(Path(folder) / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else math.nan


def same(found, right, what):
    require(found == right or (math.isnan(found) and math.isnan(right)),
            f"{what}: {found!r} is not {right!r}")


def near(found, right, what):
    require(abs(found - right) < 1e-9 or (math.isnan(found) and math.isnan(right)),
            f"{what}: {found!r} is not {right!r}")


def text_of(value):
    return value.decode() if isinstance(value, bytes) else value


def entries(file):
    """The name of each run: its case, for a twin CASE/TWIN."""
    return [text_of(case) + ("/" + text_of(twin) if text_of(twin) else "")
            for case, twin in zip(file["case"], file["twin"])]


def test_page():
    contains(coopsim("report", result(CASES)).stdout, "Report: study.html")
    leaves("study.h5", "study.html", "study.yaml")
    text = Path("study.html").read_text(encoding="utf-8")
    page = Page(text)
    require(text.startswith("<!DOCTYPE html>"), text[:80])
    contains(text, "default-src 'none'", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;it&quot;",
             "&lt;i&gt;jobs&lt;/i&gt;", "A &lt;b&gt;bold&lt;/b&gt; setting", "<title>&lt;script&gt;",
             "rotation.on", "SHA-256 of all settings", "All settings, as they were run", "@media print")
    require("script" not in page.elements and page.loads == [], f"{page.loads}")
    require(page.elements.count("svg") >= 12, f"only {page.elements.count('svg')} pictures")
    require(len(set(page.ids)) == len(page.ids), "two elements have one id")
    require(all(link[0] == "#" and link[1:] in page.ids for link in page.links), f"{page.links}")
    require(not re.search(r"@import|url\(", text), "a style sheet fetches something")
    elsewhere = set(re.findall(r"https?://[^\s\"'<>)]+", text)) - {"http://www.w3.org/2000/svg"}
    require(not elsewhere, f"{elsewhere}")
    for picture in re.findall(r"<svg .*?</svg>", text, re.S):
        ElementTree.fromstring(picture)


def test_same_bytes():
    """A report tells of the result alone: neither of the day nor of the directory."""
    name = result(CASES)
    coopsim("report", name, "-o", "one.html")
    coopsim("report", name, "-o", "two.html")
    require(Path("one.html").read_bytes() == Path("two.html").read_bytes(), "they differ")


def test_export():
    """Every picture stands alone, and every number is the result's."""
    contains(coopsim("export", result(CASES), "-o", "figures").stdout, "figures in figures")
    names = sorted(os.listdir("figures"))
    pictures = [name[:-4] for name in names if name.endswith(".svg")]
    require(names == sorted(f"{name}.{end}" for name in pictures for end in ("csv", "svg")),
            f"{names}")
    for name in pictures:
        root = ElementTree.parse(f"figures/{name}.svg").getroot()
        require(root.tag == SVG + "svg" and root.get("role") == "img", f"{name} is no picture")
        titles = [root.find(SVG + "title"), root.find(SVG + "desc")]
        require(all(title is not None and title.text for title in titles), f"{name} has no title")
        require(root.get("aria-labelledby").split() == [title.get("id") for title in titles], name)
        require(not re.search(r"\b(nan|inf)\b", Path(f"figures/{name}.svg").read_text()),
                f"{name} has a number that is none")
    with opened("study.h5") as file:
        runs = {name: run for run, name in enumerate(entries(file))}
        weeks = [int(week) for week in file["time"]]
        rows = table("figures", "power_top20")
        require(len(rows) == len(runs) * len(weeks), f"{len(rows)} rows")
        for row in rows:
            at = runs[row["line"]], weeks.index(int(row["week"]))
            mean, spread = float(file["power_top20"][at]), float(file["power_top20_sd"][at])
            same(number(row["mean"]), mean, row)
            same(number(row["low"]), mean - spread, row)
            same(number(row["high"]), mean + spread, row)
        for row in table("figures", "final_power_gini"):
            run = runs[row["case"]]
            mean = float(file["power_gini_final"][run])
            same(number(row["mean"]), mean, row)
            near(number(row["high"]), mean + 1.96 * float(file["power_gini_final_error"][run]), row)
        check_lorenz(file, runs)
        check_flows(file, runs)
        check_expectations(file)


def check_lorenz(file, runs):
    ends = {"0": 0, "1": 1}
    for row in table("figures", "lorenz_power_low20"):
        share = row["share_of_people"]
        if share in ends:
            same(number(row["share_held"]), ends[share], row)
            continue
        name = f"power_low{round(100 * float(share))}"
        right = (file[name][0, 0] if row["line"] == "start"
                 else file[name + "_final"][runs[row["line"]]])
        same(number(row["share_held"]), float(right), row)


def check_flows(file, runs):
    word = {"top fifth": "top", "middle": "middle", "low": "low", "left": "gone"}
    sums = {}
    for row in table("figures", "flows_top_to_top"):
        share = number(row["share_of_all"])
        sums.setdefault((row["case"], "from", row["from"]), []).append(share)
        sums.setdefault((row["case"], "to", row["to"]), []).append(share)
        if row["from"] != "new":
            name = f"{word[row['from']]}_to_{word[row['to']]}_final"
            same(share, float(file[name][runs[row["case"]]]), row)
    for case in ("takeover", "rotation"):
        for group, size in (("top fifth", .2), ("middle", .4), ("low", .4)):
            for side in ("from", "to"):
                require(abs(sum(sums[case, side, group]) - size) < 1e-6,
                        f"{case} {side} {group}: {sums[case, side, group]}")


def check_expectations(file):
    rows = table("figures", "expectations")
    require(len(rows) == 1, f"{rows}")
    for name in ("estimate", "low", "high", "margin"):
        same(number(rows[0][name]), float(file["expectations"][name][0]), name)
    require(rows[0]["because"] == "<i>jobs</i> that rotate & leave nothing", f"{rows}")


def test_replicates():
    """Bands are the interval of the mean over replicates: Student's t with 3 degrees of freedom."""
    name = result(CASES.split("expect:")[0] + "replicates: 4\n")
    coopsim("export", name, "-o", "figures")
    contains(coopsim("report", name).stdout, "study.html")
    contains(Path("study.html").read_text(encoding="utf-8"), "95 % interval of the mean over 4")
    with opened(name) as file:
        of = {}
        for run, entry in enumerate(entries(file)):
            of.setdefault(entry, []).append(run)
        weeks = [int(week) for week in file["time"]]
        for row in table("figures", "power_gini"):
            values = [float(file["power_gini"][run, weeks.index(int(row["week"]))])
                      for run in of[row["line"]]]
            mean = sum(values) / 4
            spread = math.sqrt(sum((value - mean) ** 2 for value in values) / 3)
            near(number(row["mean"]), mean, row)
            near(number(row["high"]), mean + 3.182446305284263 * spread / 2, row)


def test_maps():
    """A design of two axes: each cell is the mean of its replicates."""
    name = result(GRID)
    coopsim("export", name, "-o", "figures")
    with opened(name) as file:
        runs = list(zip(file["p_voice.know"][:], file["p_governance.rule"][:],
                        file["power_gini_final"][:]))
    cells = table("figures", "map_power_gini_base")
    require(len(cells) == 6, f"{cells}")
    for row in cells:
        rule = ["mean", "majority"].index(row["governance.rule"])
        values = [float(value) for know, where, value in runs
                  if know == float(row["voice.know"]) and where == rule]
        require(len(values) == 3, f"{values}")
        near(number(row["power_gini"]), sum(values) / 3, row)
    for row in table("figures", "over_power_gini_voice_know"):
        values = [float(value) for know, _, value in runs if know == float(row["value"])]
        near(number(row["mean"]), sum(values) / 6, row)


def test_designs():
    """Each kind of design has its figures; one that is sampled shows its points."""
    for kind, keys in (("latin_hypercube", "points: 20"), ("sobol", "points: 16"),
                       ("morris", "points: 3"), ("saltelli", "points: 8"),
                       ("one_at_a_time", ""), ("list", "")):
        steps = "" if keys else ", steps: 3"
        name = result(f"run: {{weeks: 8}}\neconomy: {{organisations: 3, size: 6}}\ndesign:\n"
                      f"  kind: {kind}\n  {keys}\n  axes:\n"
                      f"    - {{parameter: voice.know, from: 2, to: 16{steps}}}\n"
                      f"    - {{parameter: voice.office, from: 0.1, to: 1, scale: log{steps}}}\n",
                      kind)
        for done in (coopsim("report", name), coopsim("export", name, "-o", f"{kind}-figures")):
            require(done.stderr == "", done.stderr)
        require(Path(f"{kind}-figures/over_power_gini_voice_know.svg").exists(), kind)
        Page(Path(f"{kind}.html").read_text(encoding="utf-8"))


ARROWS = """
run: {weeks: 24}
economy: {organisations: 4, size: 8}
replicates: 2
design: {kind: arrows, arrows: [%s]}
"""


def names_in(picture):
    """The texts of a chart that begin like the name of a set of arrows."""
    texts = [text.text for text in ElementTree.parse(picture).getroot().iter(SVG + "text")]
    return [text for text in texts if re.match(r"all (intact|cut)|cut: ", text)]


def test_sets_of_arrows():
    """Each line has a name of its own; of many sets none cut, each alone, and all are drawn. The
    first sentence is about the model with all arrows."""
    three = ["autonomy_know", "office_voice", "standing_jobs"]
    for arrows, lines in ((three, 8), (three + ["power_org"], 6)):
        name = result(ARROWS % ", ".join(arrows), f"arrows{len(arrows)}")
        coopsim("export", name, "-o", f"figures{len(arrows)}")
        names = names_in(f"figures{len(arrows)}/power_gini.svg")
        require(len(names) == lines and len(set(names)) == lines, f"{names}")
        require({"all intact", "all cut", "cut: office_voice"} <= set(names), f"{names}")
    coopsim("report", name)
    text = Path("arrows4.html").read_text(encoding="utf-8")
    contains(text, "last 24 weeks, with all arrows intact")
    require("last 52 weeks" not in text, "there are no 52 weeks")
    with opened(name) as file:
        top = [float(value) for value, point in zip(file["power_top20_final"], file["point"])
               if point == 0]
        for row in table("figures4", "lorenz_power_low20"):
            if row["line"] == "base" and row["share_of_people"] == "0.2":
                right = [float(value) for value, point
                         in zip(file["power_low20_final"], file["point"]) if point == 0]
                near(number(row["share_held"]), sum(right) / 2, row)
    contains(text, f"<strong>{100 * sum(top) / 2:.0f}\u00a0%</strong> of the power")


def test_pairs():
    """Of half a sweep a twin is compared where both it and its case are done; an interval is over
    replicates and there is none of a single one."""
    write("study.yaml", GRID.replace("replicates: 3", "twins: [exposure]\nreplicates: 1"))
    for shard in ("1/7", "2/7"):
        coopsim("sweep", "study.yaml", "-o", "half", "--shard", shard, "--progress", "none")
    coopsim("report", "half")
    coopsim("run", "study.yaml", "-o", "whole.h5", "--progress", "none")
    with opened("whole.h5") as file:
        value = [float(value) for value in file["power_top20_final"]]
    done = [run for run in range(12) if run % 7 < 2]
    pairs = [run for run in done if run % 2 == 0 and run + 1 in done]
    require(0 < len(pairs) < len([run for run in done if run % 2 == 0]), f"{pairs}")
    excess = 100 * sum(value[run] - value[run + 1] for run in pairs) / len(pairs)
    ends = [[value[run] for run in done if run % 2 == end] for end in (0, 1)]
    naive = 100 * (sum(ends[0]) / len(ends[0]) - sum(ends[1]) / len(ends[1]))
    require(round(excess) != round(naive), f"{excess} and {naive} cannot be told apart")
    text = Path("half.html").read_text(encoding="utf-8")
    contains(text, f", {abs(excess):.0f} points {'less' if excess < 0 else 'more'} than in the",
             "of the 2 finished of 6 points")
    require("±" not in text.split("How it went")[0].split("What this says")[-1], "one replicate")


def test_interval_over_points():
    """The points of a design are averaged within a replicate, and only then is Student's t taken."""
    name = result(GRID)
    coopsim("report", name)
    with opened(name) as file:
        of = {}
        for value, replicate in zip(file["power_gini_final"], file["replicate"]):
            of.setdefault(int(replicate), []).append(float(value))
    means = [sum(values) / 6 for values in of.values()]
    mean = sum(means) / 3
    spread = math.sqrt(sum((value - mean) ** 2 for value in means) / 2)
    half = 4.302652729749464 * spread / math.sqrt(3)
    text = Path("study.html").read_text(encoding="utf-8")
    found = [float(shown) for shown in re.findall(r"<small>± ([0-9.]+)</small>", text)]
    require(any(abs(shown - half) < .0006 for shown in found), f"{found}: no {half}")


def test_regimes():
    regimes = ("regimes:\n  - {name: worker, share: .5, set: {rights.workers: 1}}\n"
               "  - {name: \"con<sumer\", share: .5, set: {rights.workers: .1}}\n")
    name = result(CASES.replace("twins:", regimes + "twins:").replace("con<sumer", "consumer"))
    coopsim("export", name, "-o", "figures")
    with opened(name) as file:
        weeks = [int(week) for week in file["time"]]
        rows = table("figures", "power_gini_regimes_rotation")
        run = entries(file).index("rotation")
        require(len(rows) == 2 * len(weeks), f"{len(rows)} rows")
        for row in rows:
            at = run, weeks.index(int(row["week"])), ["worker", "consumer"].index(row["line"])
            same(number(row["mean"]), float(file["regimes"]["power_gini"][at]), row)


def test_half_a_sweep():
    """It is shown as far as it is, and says so."""
    write("study.yaml", GRID)
    coopsim("sweep", "study.yaml", "-o", "half", "--shard", "1/2", "--progress", "none")
    contains(coopsim("report", "half/").stdout, "Only 9 of 18 runs", "Report: half.html")
    contains(Path("half.html").read_text(encoding="utf-8"), "This is not the whole experiment",
             "9 of 18 runs are done")
    coopsim("export", "half", "-o", "figures")
    coopsim("sweep", "study.yaml", "-o", "half", "--progress", "none")
    coopsim("merge", "half", "-o", "whole.h5")
    coopsim("report", "half", "-o", "from_directory.html")
    require("This is not the whole" not in Path("from_directory.html").read_text(), "it is whole")


def test_short_runs():
    """What was not recorded is said, with what records it."""
    coopsim("report", result("run: {weeks: 20}\neconomy: {organisations: 2, size: 4}\n"))
    contains(Path("study.html").read_text(encoding="utf-8"), "was not recorded", "run.weeks")
    coopsim("report", result("run: {weeks: 0}\neconomy: {organisations: 1, size: 1}\n", "none"))
    contains(Path("none.html").read_text(encoding="utf-8"), "one recorded week only")


def test_outputs():
    name = result(CASES)
    write("study.html", "mine")
    contains(coopsim("report", name, status=73).stderr, "--force")
    require(Path("study.html").read_text() == "mine", "it was overwritten")
    coopsim("report", name, "--force")
    contains(coopsim("report", name, "-o", "no/where.html", status=73).stderr, "no")
    contains(coopsim("export", name, status=2).stderr, "-o FOLDER")
    contains(coopsim("export", name, "-o", "no/where", status=73).stderr, "no/where")
    contains(coopsim("export", name, "-o", "study.yaml", status=73).stderr, "study.yaml")
    os.mkdir("figures")
    write("figures/power_gini.csv", "mine")
    contains(coopsim("export", name, "-o", "figures", status=73).stderr, "--force")
    require(os.listdir("figures") == ["power_gini.csv"], "something was written")
    coopsim("export", name, "-o", "figures", "--force")
    require(Path("figures/power_gini.csv").read_text() != "mine", "it was not overwritten")


def test_bad_input():
    name = result(CASES)
    whole = bytearray(Path(name).read_bytes())
    whole[len(whole) // 2] ^= 1
    Path("flipped.h5").write_bytes(whole)
    Path("cut.h5").write_bytes(Path(name).read_bytes()[:5000])
    write("foreign.h5", "not mine\n" * 100)
    os.mkdir("empty")
    for words, status in ((("missing.h5",), 74), (("flipped.h5",), 65), (("cut.h5",), 65),
                          (("foreign.h5",), 65), (("study.yaml",), 65), (("empty",), 65)):
        for verb in (("report",), ("export", "-o", "figures")):
            done = coopsim(*verb, *words, status=status)
            contains(done.stderr, "coopsim: ", words[0])
    require(not any(name.endswith(".html") or name == "figures" for name in os.listdir(".")),
            f"{os.listdir('.')}")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
