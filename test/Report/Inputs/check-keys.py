#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the sections of a page against reports.

usage: check-keys.py SECTIONS REPORT...

Every key that the sections name has to be in one of the reports, at any depth. Prints
those that are not, and fails if there are any.
"""
import json
import re
import sys

# Where sections name keys; in "lines", and as the label of a heat map, these are titles.
NAMING = ("value", "per", "rows", "label", "of", "times", "cells", "chosen", "marked", "front",
          "slope")
TEMPLATE = re.compile(r"\{(\w+)")


def walk(value):
    """All objects in a value, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from walk(each)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def get_named(sections):
    for section in sections:
        titles = {"label"} if section["kind"] == "heatmap" else set()
        lines = section.pop("lines", {})
        yield from TEMPLATE.findall(" ".join(lines.values()))
        for spec in walk(section):
            for key, value in spec.items():
                if key in NAMING and key not in titles and isinstance(value, str):
                    yield value
                elif isinstance(value, str):
                    yield from TEMPLATE.findall(value)


def main():
    known = {key for path in sys.argv[2:] for spec in walk(read(path)) for key in spec}
    missing = sorted(set(get_named(read(sys.argv[1]))) - known)
    for key in missing:
        print(f"error: expected a report with '{key}'")
    sys.exit(bool(missing))


main()
