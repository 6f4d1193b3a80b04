#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the simulator against the cost model, and tabulates both.

tasd-agreement simulates the published runs of unittests/Cost/Inputs, each by the
loop nest it was published for, and layers drawn at random. Printed are tables of
the cycles beside those of the cost model with its start-up and drain; of systolic
arrays beside the published ones. The exit code is 1 where a difference is out of
bounds, or with --check where docs/Simulator.md has other tables.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "Simulator.md"
SECTION = re.compile(
    r"(?<=^<!-- written by utils/validate-simulator.py -->\n).*?(?=^<!-- end of written -->$)",
    re.DOTALL | re.MULTILINE,
)

# In percent of what the model says.
REFERENCE_BOUND = 1
# All layers of the first seed; of the others half of them, and 95 %.
FIRST_SEED, OTHER_SEEDS = 20251122, (1, 2, 3, 4, 5)
DRAWN_BOUND, HALF_BOUND, MOST_BOUND = 3, 0.5, 5


def get_difference(run):
    """In percent."""
    return 100 * (run["simulated_cycles"] / run["modelled_cycles"] - 1)


def format_percent(difference):
    # A zero without the sign of what was rounded off.
    return f"{round(difference, 2) + 0.0:+.2f} %"


class Differences:
    """The sizes of the differences of several layers."""

    def __init__(self, layers):
        self.sizes = sorted(abs(get_difference(layer)) for layer in layers)

    def get_bound(self, share):
        """What a share of the layers stays within."""
        return self.sizes[min(int(share * len(self.sizes)), len(self.sizes) - 1)]

    def format(self, name):
        figures = " | ".join(f"{self.get_bound(share):.2f} %" for share in (0.5, 0.95, 1))
        return f"| {name} | {len(self.sizes)} | {figures} |\n"


class Report:
    """The text of the tables, and what is out of bounds."""

    def __init__(self):
        self.text, self.failures = "\n", []

    def expect(self, what, difference, bound):
        if abs(difference) > bound:
            self.failures.append(f"{what}: {difference:.2f} is beyond {bound}")

    def add_reference_runs(self, runs):
        self.text += "| design, M x K x N, density of A | simulated | model | difference |\n"
        self.text += "| --- | --: | --: | --: |\n"
        for run in runs:
            difference = get_difference(run)
            self.expect(run["name"], difference, REFERENCE_BOUND)
            self.text += f"| {run['name']} | {run['simulated_cycles']:,} "
            self.text += f"| {run['modelled_cycles']:,.0f} | {format_percent(difference)} |\n"

    def add_systolic_runs(self, runs):
        self.text += "\n| cube on `sa-128` | series | simulated | published |\n"
        self.text += "| --- | --- | --: | --: |\n"
        for run in runs:
            simulated, published = run["simulated_cycles"], run["published_cycles"]
            name = f"{run['size']} | {run['series']}"
            self.expect(f"sa-128 {name}", simulated - published, 0)
            self.text += f"| {name} | {simulated:,} | {published:,} |\n"

    def add_group(self, name, layers):
        differences = Differences(layers)
        self.text += differences.format(name)
        return differences

    def add_drawn_layers(self, layers):
        self.text += "\n| layers drawn at random | layers | half within | 95 % within | all within |\n"
        self.text += "| --- | --: | --: | --: | --: |\n"
        for seed in (FIRST_SEED, *OTHER_SEEDS):
            drawn = [layer for layer in layers if layer["seed"] == seed]
            differences = self.add_group(f"seed {seed}", drawn)
            self.expect(f"half of seed {seed}", differences.get_bound(0.5), HALF_BOUND)
            self.expect(f"most of seed {seed}", differences.get_bound(0.95), MOST_BOUND)
            if seed == FIRST_SEED:
                self.expect(f"seed {seed}", differences.get_bound(1), DRAWN_BOUND)
        for machine in sorted({layer["machine"] for layer in layers}):
            mine = [layer for layer in layers if layer["machine"] == machine]
            self.add_group(f"`{machine}`, all seeds", mine)


def run_tool(tools):
    seeds = ",".join(map(str, (FIRST_SEED, *OTHER_SEEDS)))
    command = [tools / "tasd-agreement", f"--seeds={seeds}"]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if result.returncode:
        sys.exit("validate-simulator.py: error: tasd-agreement failed")
    return json.loads(result.stdout)


def make_report(tools):
    cycles, report = run_tool(tools), Report()
    report.add_reference_runs(cycles["reference_runs"])
    report.add_systolic_runs(cycles["systolic_runs"])
    report.add_drawn_layers(cycles["drawn_layers"])
    return report


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--tools",
        default=ROOT / "build" / "release" / "bin",
        type=pathlib.Path,
        help="folder of tasd-agreement (default: %(default)s)",
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--write", action="store_true", help="write the tables into docs/Simulator.md"
    )
    mode.add_argument(
        "--check", action="store_true", help="compare the tables with docs/Simulator.md"
    )
    arguments = parser.parse_args()
    report = make_report(arguments.tools)
    for failure in report.failures:
        print(f"validate-simulator.py: error: {failure}", file=sys.stderr)
    page = PAGE.read_text(encoding="utf-8")
    updated = SECTION.sub(lambda _: report.text + "\n", page)
    if arguments.check and page != updated:
        sys.exit(
            "validate-simulator.py: error: docs/Simulator.md is out of date; "
            "run utils/validate-simulator.py --write"
        )
    if arguments.write:
        PAGE.write_text(updated, encoding="utf-8")
    elif not arguments.check:
        print(report.text.strip())
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
