#!/usr/bin/env python3
# coopsim - GPL-3.0-or-later
"""The report in a real Chromium, opened from disk: it asks for nothing else, has room on every
screen, its pictures are whole and their labels clear of each other. One TAP test for each function
whose name begins with `test_`. With COOP_PICTURES=DIRECTORY the screenshots are kept there, to be
looked at.

usage: test_page.py PROGRAM
"""
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
sys.path.insert(0, str(HERE))

import browser
from test_cli import PROGRAM, ROOT, Skip, coopsim, require, run_all, write

SCREENS = {"desktop": (1280, 900, False), "projector": (1920, 1080, False),
           "old_projector": (1024, 768, False), "phone": (390, 844, True)}
STUDY = """
title: The glass factory
run: {weeks: 260}
economy: {organisations: 20, size: 15}
twins: [exposure]
cases:
  - {name: takeover}
  - {name: rotation, set: {rotation.on: true, rotation.every: 13}}
  - {name: rotation_keep, set: {rotation.on: true, rotation.every: 13, learning.keep: 1}}
  - {name: balanced_jobs, set: {job_balance.on: true}}
  - {name: both_of_them_and_a_long_name, set: {rotation.on: true, job_balance.on: true}}
expect:
  - {measure: power_top20, case: takeover, against: twin, direction: higher, margin: .05}
  - {measure: power_top20, case: rotation, against: takeover, direction: lower}
"""
GRID = """
title: Over two parameters
run: {weeks: 56}
economy: {organisations: 4, size: 10}
replicates: 2
design:
  kind: factorial
  axes:
    - {parameter: voice.know, from: 2, to: 16, steps: 6}
    - {parameter: rights.workers, from: 0.1, to: 1, steps: 5}
"""
# Texts that cover a good part of each other, and texts that a picture cuts off.
COLLISIONS = """[...document.querySelectorAll('svg')].flatMap(svg => {
  const whole = svg.getBoundingClientRect(), wrong = [];
  const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim());
  const boxes = texts.map(text => text.getBoundingClientRect());
  const name = svg.querySelector('title').textContent;
  boxes.forEach((a, i) => {
    if (a.left < whole.left - 1 || a.right > whole.right + 1 || a.top < whole.top - 1 ||
        a.bottom > whole.bottom + 1) wrong.push(name + ': cut: ' + texts[i].textContent);
    boxes.forEach((b, j) => {
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (i < j && x > 2 && y > 0.35 * Math.min(a.height, b.height))
        wrong.push(name + ': ' + texts[i].textContent + ' / ' + texts[j].textContent);
    });
  });
  return wrong;
})"""
WIDE = """[...document.querySelectorAll('body *')].filter(element => {
  if (element.closest('.picture, .wide, pre, svg')) return false;
  return element.getBoundingClientRect().right > innerWidth + 1;
}).map(element => element.outerHTML.slice(0, 120))"""


def page(text, name):
    write(f"{name}.yaml", text)
    coopsim("run", f"{name}.yaml", "-o", f"{name}.h5", "--progress", "none")
    coopsim("report", f"{name}.h5")
    return Path(f"{name}.html").resolve()


def keep(name, data):
    if os.environ.get("COOP_PICTURES"):
        (Path(os.environ["COOP_PICTURES"]) / name).write_bytes(data)


def start():
    program = browser.find()
    if program is None:
        raise Skip("there is no Chromium: apt-get install chromium")
    return browser.Browser(program)


def look(view, path, screen):
    """Everything that can be measured on one screen."""
    view.size(*SCREENS[screen])
    events = view.open(path)
    asked = [event["params"]["request"]["url"] for event in events
             if event["method"] == "Network.requestWillBeSent"]
    require(asked == [path.as_uri()], f"{screen}: the page asks for {asked}")
    said = [event["params"] for event in events if event["method"] in
            ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")]
    require(said == [], f"{screen}: {said}")
    width, room = view.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    require(width <= room, f"{screen}: {width} wide on {room}: {view.evaluate(WIDE)}")
    require(view.evaluate(WIDE) == [], f"{screen}: {view.evaluate(WIDE)}")
    require(view.evaluate(COLLISIONS) == [], f"{screen}: {view.evaluate(COLLISIONS)}")
    least = view.evaluate("Math.min(...[...document.querySelectorAll('p, li, td')].filter(e => "
                          "e.offsetParent).map(e => parseFloat(getComputedStyle(e).fontSize)))")
    require(least >= (18 if screen == "projector" else 14), f"{screen}: letters of {least} pixels")
    picture = view.picture()
    require(picture.startswith(b"\x89PNG") and len(picture) > 50000, f"{screen}: no picture")
    keep(f"{path.stem}_{screen}.png", picture)


def test_screens():
    with start() as view:
        for text, name in ((STUDY, "cases"), (GRID, "grid")):
            path = page(text, name)
            for screen in SCREENS:
                look(view, path, screen)


def test_reading_it():
    """Headings, contents and names for those who cannot see."""
    with start() as view:
        view.open(page(STUDY, "cases"))
        require(view.evaluate("document.querySelectorAll('h1').length") == 1, "headings")
        require(view.evaluate("[...document.querySelectorAll('nav a')].every(a => document"
                              ".getElementById(a.hash.slice(1)).querySelector('h2'))"), "contents")
        require(view.evaluate("[...document.querySelectorAll('svg')].every(svg => svg.getAttribute"
                              "('aria-labelledby').split(' ').every(id => document.getElementById"
                              "(id).textContent.length > 3))"), "names of pictures")
        require(view.evaluate("document.documentElement.lang") == "en", "no language")
        view.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        width, room = view.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        require(width <= room, f"with all details open it is {width} wide on {room}")


def test_what_is_wrong_is_found():
    """The measurements of the other tests see what they look for."""
    with start() as view:
        view.size(*SCREENS["desktop"])
        view.open(page(GRID, "grid"))
        require(view.evaluate(COLLISIONS) == [], "there is something already")
        view.evaluate("""(() => { const text = document.querySelector('svg text');
            const copy = text.cloneNode(true); copy.textContent += '!';
            text.parentNode.append(copy); })()""")
        require(len(view.evaluate(COLLISIONS)) == 1, "a label over a label is not found")
        view.evaluate("document.querySelector('svg text').setAttribute('x', '-300')")
        require("cut" in str(view.evaluate(COLLISIONS)), "a label that is cut off is not found")
        view.evaluate("document.querySelector('main p').style.width = '3000px'")
        view.evaluate("document.querySelector('main p').style.maxWidth = 'none'")
        require(view.evaluate("document.documentElement.scrollWidth > innerWidth") and
                view.evaluate(WIDE) != [], "what is too wide is not found")
        view.events.clear()
        view.evaluate("fetch('http://127.0.0.1:9/x').catch(() => 0)")
        require(any(event["method"] == "Log.entryAdded" for event in view.events) or
                any(event["method"] == "Network.requestWillBeSent" for event in view.events),
                "a request is not seen")


def test_paper():
    """No picture is cut at the end of a page, and nothing is wider than the paper."""
    with start() as view:
        path = page(STUDY, "cases")
        view.size(794, 1123)
        view.open(path)
        paper = view.paper()
        require(paper.startswith(b"%PDF-") and paper.count(b"/Type /Page\n") >= 3 or
                paper.count(b"/Type /Page") >= 4, "no pages")
        keep("cases.pdf", paper)
        view.ask("Emulation.setEmulatedMedia", media="print")
        require(view.evaluate("[...document.querySelectorAll('figure')].every(f => "
                              "getComputedStyle(f).breakInside == 'avoid')"), "figures are cut")
        require(view.evaluate("Math.max(...[...document.querySelectorAll('figure')].map(f => "
                              "f.getBoundingClientRect().height)) < 1000"), "higher than a page")
        require(view.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none",
                "links on paper")
        width, room = view.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        require(width <= room, f"{width} wide on {room}")
        require(view.evaluate(COLLISIONS) == [], f"{view.evaluate(COLLISIONS)}")
        keep("cases_paper.png", view.picture())


def test_shipped_question():
    """The README's first question, as it comes."""
    with start() as view:
        coopsim("run", str(ROOT / "configs" / "glass_factory.yaml"), "-o", "glass_factory.h5",
                "--set", "economy.organisations=20", "--progress", "none")
        coopsim("report", "glass_factory.h5")
        look(view, Path("glass_factory.html").resolve(), "projector")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit(__doc__)
    run_all(globals())
