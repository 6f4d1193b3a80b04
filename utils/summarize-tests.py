#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Adds up the results of utils/test.sh.

The folder holds lit's reports, named PRESET.STEP.xml, and checks.tsv, whose lines
are `passed|failed|skipped<TAB>name<TAB>reason`. Prints what failed, what was skipped
and why, and as the last line the totals. Exits with 1 if anything failed.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

Result = collections.namedtuple("Result", "kind name reason")


def read_checks(path):
    if not path.exists():
        return []
    return [Result(*line.split("\t")) for line in path.read_text().splitlines()]


def ask_unit_test(preset, class_name, name):
    """lit drops the reason GTEST_SKIP gives: runs the test once more for it."""
    program, suite = class_name.split("/", 2)[1:]
    output = subprocess.run(
        [f"build/{preset}/bin/unittests/{program}", f"--gtest_filter={suite}.{name}"],
        capture_output=True, text=True, errors="replace",
    ).stdout
    reason = re.search(r": Skipped\n(.*?)\n\s*\[  SKIPPED \]", output, re.DOTALL)
    return " ".join(reason.group(1).split()) if reason else "no reason given"


def read_report(path):
    preset = path.name.split(".")[0]
    for case in ElementTree.parse(path).iter("testcase"):
        class_name, name = case.get("classname"), case.get("name")
        full_name = f"{class_name}/{name}"
        skipped = case.find("skipped")
        if case.find("failure") is not None:
            yield Result("failed", full_name, path.stem)
        elif skipped is None:
            yield Result("passed", full_name, "")
        elif class_name.startswith("TASD-Unit"):
            yield Result("skipped", full_name, ask_unit_test(preset, class_name, name))
        else:
            yield Result("skipped", full_name, skipped.get("message"))


def print_results(results):
    for kind in ("skipped", "failed"):
        for result in results:
            if result.kind == kind:
                reason = f" ({result.reason})" if result.reason else ""
                print(f"{kind}: {result.name}{reason}")
    counts = collections.Counter(result.kind for result in results)
    print(", ".join(f"{counts[kind]} {kind}" for kind in ("passed", "failed", "skipped")))
    return counts["failed"] == 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    results = read_checks(folder / "checks.tsv")
    for report in sorted(folder.glob("*.xml")):
        results += read_report(report)
    return 0 if print_results(results) else 1


if __name__ == "__main__":
    sys.exit(main())
