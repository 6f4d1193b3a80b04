#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes docs/ with the generated reference included, and checks links.

A line `[include "GLOB"]` stands for the files of the reference that match, their
headings one level below the page's last one. Links to files, and to headings in
them, are checked in all pages of the repository; those to other hosts are not.
Run it by `ninja docs`.
"""

import argparse
import pathlib
import re
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FENCE = re.compile(r"\s*(```|~~~)")
HEADING = re.compile(r"(#+) +(.*?)\s*(\{#[\w-]+\})?$")
INCLUDE = re.compile(r'\[include "(.+)"\]$')
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


class Page:
    def __init__(self, path, reference):
        self.path = path
        self.reference = reference
        self.level = 0
        self.lines = []
        self.errors = []
        lines = list(enumerate(path.read_text().splitlines(), 1))
        headings = dict(headings_of(lines))
        for number, line in lines:
            if number in headings:
                self.level = len(headings[number].group(1))
            self.add_line(number, line)
        self.anchors = self.find_anchors()

    def error(self, number, text):
        self.errors.append(f"{self.path.relative_to(ROOT)}:{number}: error: {text}")

    def add_line(self, number, line):
        include = INCLUDE.match(line)
        if include and self.reference:
            self.add_reference(number, include.group(1))
        else:
            self.lines.append((number, line))

    def add_reference(self, number, pattern):
        files = sorted(self.reference.glob(pattern))
        if not files:
            self.error(number, f"expected generated files matching '{pattern}'")
        for file in files:
            lines = list(enumerate(file.read_text().splitlines()))
            levels = {at: len(heading.group(1)) for at, heading in headings_of(lines)}
            shift = self.level + 1 - min(levels.values(), default=0)
            for at, line in lines:
                if at in levels:
                    line = "#" * (levels[at] + shift) + line.lstrip("#")
                self.lines.append((number, line))

    def find_anchors(self):
        anchors = set()
        for _, heading in headings_of(self.lines):
            text = re.sub(r"[^\w\- ]", "", heading.group(2).lower())
            anchors.add(text.replace(" ", "-"))
        return anchors

    def links(self):
        for number, line in outside_fences(self.lines):
            for target in LINK.findall(re.sub(r"`[^`]*`", "", line)):
                yield number, target


def outside_fences(lines):
    fenced = False
    for number, line in lines:
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line


def headings_of(lines):
    for number, line in outside_fences(lines):
        heading = HEADING.match(line)
        if heading:
            yield number, heading


def check_links(page, pages):
    for number, target in page.links():
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (page.path.parent / file).resolve() if file else page.path
        if not path.exists():
            page.error(number, f"no file '{file}'")
        elif anchor and path in pages and anchor not in pages[path].anchors:
            page.error(number, f"no heading '#{anchor}' in {path.relative_to(ROOT)}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reference", type=pathlib.Path, help="mlir-tblgen's output")
    parser.add_argument("--output", type=pathlib.Path, help="where the pages go")
    options = parser.parse_args()

    paths = [*ROOT.glob("*.md")]
    for folder in ("docs", "examples", "benchmarks", "utils", "test"):
        paths += (ROOT / folder).rglob("*.md")
    pages = {path: Page(path, options.reference) for path in sorted(paths)}
    errors = []
    for path, page in pages.items():
        check_links(page, pages)
        errors += page.errors
        if options.output and ROOT / "docs" in path.parents:
            written = options.output / path.relative_to(ROOT / "docs")
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text("".join(line + "\n" for _, line in page.lines))
    if options.output:
        shutil.copytree(ROOT / "docs" / "Images", options.output / "Images", dirs_exist_ok=True)
    print(*errors, sep="\n", end="\n" if errors else "", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
