#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Opens a report in a browser and uses it.

usage: check-page.py BROWSER PAGE [--layers COUNT]

In both themes, on a screen and on a phone: the page has no script errors and asks
for nothing outside of it, is no wider than the window, every section is there, text
stands out, marks say what they are, tables sort by mouse and keyboard and filter by
name. Prints the theme, the width and the titles of the sections for each, and how
many marks there are. With --layers the layers of the report are repeated, each under
a name of its own, until there are so many.
"""
import argparse
import json
import os
import re
import tempfile

from browser import Browser

DATA = re.compile(r'(<script type="application/json" id="data">)(.*?)(</script>)', re.S)

# The least contrast between the text of elements and what is behind it.
CONTRAST = """(selector => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    const colour = parse(getComputedStyle(e).backgroundColor);
    return colour[3] === 0 && e.parentElement ? behind(e.parentElement) : colour;
  };
  return Math.min(21, ...[...document.querySelectorAll(selector)].map(e => {
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }));
})"""

TABLE = "document.querySelector('.filter').parentElement.querySelector('table')"
# The first column of numbers.
COLUMN = f"[...{TABLE}.tHead.rows[0].cells].findIndex(cell => cell.className === 'number')"


def expect(condition, what):
    if not condition:
        raise SystemExit(f"error: expected {what}")


def repeat_layers(path, count):
    """A copy of the page with so many layers."""
    with open(path, encoding="utf-8") as file:
        page = file.read()
    data = json.loads(DATA.search(page)[2])
    layers = data["layers"]
    copies = [(i, layers[i % len(layers)]) for i in range(count)]
    data["layers"] = [{**layer, "name": f"stage/{i}/{layer['name']}"} for i, layer in copies]
    text = json.dumps(data).replace("<", "\\u003c")
    copy = tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8")
    with copy:
        copy.write(DATA.sub(lambda match: match[1] + text + match[3], page))
    return copy.name


def read_column(browser):
    """The numbers of that column, as they stand."""
    cells = browser.evaluate(
        f"[...{TABLE}.tBodies[0].rows].map(row => row.cells[{COLUMN}].textContent)")
    return [float(cell.replace(",", "").replace(" %", "")) for cell in cells if cell != "-"]


def check_colours(browser):
    """Marks of an unknown class would be black."""
    black = browser.evaluate(
        "[...document.querySelectorAll('.bar rect, .point path, .legend path')].filter("
        "mark => getComputedStyle(mark).fill === 'rgb(0, 0, 0)'"
        " && getComputedStyle(mark).stroke === 'none').map(mark => mark.className.baseVal)")
    expect(not black, f"marks of known colours but got {black}")


def check_table(browser):
    button = f"{TABLE}.tHead.rows[0].cells[{COLUMN}].querySelector('button')"
    browser.evaluate(f"{button}.id = 'sort'")
    before = read_column(browser)
    browser.click("#sort")
    expect(read_column(browser) == sorted(before), "a click to sort")
    browser.evaluate("document.getElementById('sort').focus()")
    browser.press("Enter", "\r")
    expect(read_column(browser) == sorted(before, reverse=True), "a key to sort the other way")
    name = browser.evaluate(f"{TABLE}.tBodies[0].rows[0].cells[0].textContent")
    browser.evaluate("document.querySelector('.filter input').focus()")
    browser.call("Input.insertText", text=name)
    shown = browser.evaluate(f"[...{TABLE}.tBodies[0].rows].filter(row => !row.hidden)"
                             ".map(row => row.cells[0].textContent)")
    expect(shown and all(name in each for each in shown), f"rows named {name} but got {shown}")


def check_tip(browser):
    if not browser.evaluate("document.querySelector('.bar rect') !== null"):
        return
    browser.point(".bar rect")
    expect(browser.evaluate("document.getElementById('tip').checkVisibility()"), "a tip")
    tip, mark = (browser.evaluate(expression) for expression in (
        "document.getElementById('tip').textContent",
        "document.querySelector('.bar rect').dataset.tip"))
    expect(tip == mark, f"a tip '{mark}' but got '{tip}'")


def count_marks(browser):
    marks = {"bars": ".bar", "points": ".area .point", "chosen": ".area .ring",
             "bounds": ".area .bound", "roofs": ".roof-name", "cells": "td.heat",
             "frames": "td.chosen"}
    return ", ".join(f"{browser.evaluate(f'document.querySelectorAll({selector!r}).length')} {name}"
                     for name, selector in marks.items())


def check(browser, path, theme, width):
    browser.open(path, width, 900, theme)
    titles = browser.evaluate("[...document.querySelectorAll('h2')].map(e => e.textContent)")
    taken = browser.evaluate("document.documentElement.scrollWidth")
    expect(taken <= width, f"a page of {width} pixels but got one of {taken}")
    for selector in ("p, li, h1, h2, h3, a, th, td, dt, dd, pre, button, .name, .ticks span",
                     ".x-ticks span, .y-ticks span, .roof-name"):
        contrast = browser.evaluate(f"{CONTRAST}({json.dumps(selector)})")
        expect(contrast >= 4.5, f"contrast of 4.5 but got {contrast:.2f}")
    check_colours(browser)
    check_tip(browser)
    check_table(browser)
    background = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    return background, f"{'; '.join(titles)}: {count_marks(browser)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("browser")
    parser.add_argument("page")
    parser.add_argument("--layers", type=int)
    options = parser.parse_args()
    path = repeat_layers(options.page, options.layers) if options.layers else options.page
    backgrounds = set()
    with Browser(options.browser) as browser:
        for theme in ("light", "dark"):
            for width in (1280, 390):
                background, summary = check(browser, path, theme, width)
                backgrounds.add((theme, background))
                print(theme, width, summary, sep=": ")
        expect(not browser.problems, f"no problems but got {browser.problems}")
    expect(len({background for _, background in backgrounds}) == 2, "a background for each theme")
    if options.layers:
        os.unlink(path)


main()
