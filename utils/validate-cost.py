#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds tasd-cost against published runs, and writes docs/Validation.md.

Each run of unittests/Cost/Inputs goes through tasd-cost with the machine, the work
and the loop nest it was published for. The page has our figure, the published one
and the difference. The exit code is 1 where a difference is out of bounds, or with
--check where the page is not what this script writes.
"""

import argparse
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
INPUTS = ROOT / "unittests" / "Cost" / "Inputs"
PAGE = ROOT / "docs" / "Validation.md"
LEVELS = ("DRAM", "SMEM", "RF", "LRF")
MACHINES = {
    "STC": "stc",
    "STC_flexible": "stc-flexible",
    "STC_flexible_dualCompress": "stc-flexible-dual",
    "DSTC": "dstc",
}

INTRODUCTION = """\
# Validation of the cost model

What [the cost model](Cost.md) computes beside published figures. Written by
`utils/validate-cost.py`, which runs `tasd-cost` for each line; do not edit.

## Sparse tensor cores

The reference is the Figure-15 study in the public artifact of "Sparseloop: An
Analytical Modeling Approach to Sparse Tensor Accelerators" (MICRO 2022), of which
`unittests/Cost/Inputs` holds the figures used. Each run takes its published loop
nest as it is. Bounds: cycles within 5, energy of each level and operand within
0.1 %, and so their sum; for DSTC, whose zeros are statistical, cycles within 10 %
and energies within 1 %.

Of the two dense runs 512x1024x256 the published figures have no row for A in SMEM,
but their totals hold its energy: the 9.874 uJ of filling all of A once for each of
the two outer loops over N, and reading it as often. So A is kept there.

"""

SYSTOLIC_INTRODUCTION = """\

## Systolic arrays

The reference is SCALE-Sim v3: cubes on a weight-stationary array of 128 x 128
(`sa-128`), which memory never stalls. Bound: equal.

"""

ENERGY_INTRODUCTION = """\

## Energy of each level and operand

In uJ, over all instances; MAC is the multiply-adds.

"""


def read_rows(name):
    with open(INPUTS / name, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if line[0] != "#"))


def get_key(row):
    return tuple(row[column] for column in ("design", "m", "k", "n", "density_a"))


def get_series(row):
    """STC has one pattern; the others take the sparsest that holds all."""
    density = float(row["density_a"])
    if density == 1 or row["design"] == "DSTC":
        return None
    if density == 0.5 or row["design"] == "STC":
        return "2:4"
    return "2:6" if density > 0.3 else "2:8"


def get_mapping(rows):
    """The text of the mapping; every level keeps what the machine says."""
    nests = {row["level"]: row["loop_nest"] for row in rows}
    return "".join(f"{level}: {nests[level]}\n" for level in LEVELS)


def run_tool(tool, mapping, arguments):
    with tempfile.NamedTemporaryFile("w", suffix=".map") as file:
        file.write(mapping)
        file.flush()
        command = [tool, "--json", "--mapping", file.name, *arguments]
        result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"validate-cost.py: error: {' '.join(command)}\n{result.stderr}")
    return json.loads(result.stdout)


def get_cost(tool, run, rows):
    arguments = ["--machine", MACHINES[run["design"]]]
    arguments += ["--gemm", f"{run['m']},{run['n']},{run['k']}"]
    arguments += ["--density-a", run["density_a"], "--density-b", run["density_b"]]
    if series := get_series(run):
        arguments += ["--series", series]
    return run_tool(tool, get_mapping(rows), arguments)


def get_difference(ours, published):
    """In percent."""
    return 100 * (ours / published - 1)


def format_percent(difference, digits):
    # A zero without the sign of what was rounded off.
    return f"{round(difference, digits) + 0.0:+.{digits}f} %"


class Report:
    """Lines of the page, and the differences out of bounds."""

    def __init__(self):
        self.runs, self.energies, self.failures = [], [], []

    def expect(self, what, difference, bound):
        if abs(difference) > bound:
            self.failures.append(f"{what}: {difference} is beyond {bound}")

    def add_energy(self, name, part, ours, published, bound):
        difference = get_difference(ours, published)
        self.expect(f"{name} {part}", difference, bound)
        self.energies.append(
            f"| {name} | {part} | {ours / 1e6:.3f} | {published / 1e6:.3f} "
            f"| {format_percent(difference, 3)} |\n"
        )

    def add_run(self, run, cost, rows):
        name = f"{run['design']} {run['m']}x{run['k']}x{run['n']} {run['density_a']}"
        statistical = run["design"] == "DSTC"
        bound = 1 if statistical else 0.1
        ours = {
            (level["name"], operand["name"]): operand["energy_pj"]
            for level in cost["levels"]
            for operand in level["operands"]
        }
        for row in rows:
            place = (row["level"], row["operand"].lower())
            published = float(row["energy_pj"])
            self.add_energy(name, " ".join(place), ours[place], published, bound)
        mac = cost["compute"]["energy_pj"]
        self.add_energy(name, "MAC", mac, float(run["energy_mac_uj"]) * 1e6, bound)
        self.add_totals(name, cost, run, statistical)

    def add_totals(self, name, cost, run, statistical):
        cycles, energy = float(run["cycles"]), float(run["energy_uj"]) * 1e6
        difference = cost["cycles"] - cycles
        self.expect(f"{name} cycles", difference, 0.1 * cycles if statistical else 5)
        energy_difference = get_difference(cost["energy_pj"], energy)
        self.expect(f"{name} energy", energy_difference, 1 if statistical else 0.1)
        self.runs.append(
            f"| {name} | {cost['cycles']:,} | {cycles:,.0f} | {difference:+,.0f} "
            f"({format_percent(get_difference(cost['cycles'], cycles), 2)}) "
            f"| {cost['energy_pj'] / 1e6:.2f} | {energy / 1e6:.2f} "
            f"| {format_percent(energy_difference, 2)} |\n"
        )


def get_systolic_mapping(size, lanes_along_k):
    return (
        f"DRAM: for M in [0:{size // 128})\n"
        "SMEM keep none:\n"
        f"RF: for K in [0:{size // lanes_along_k}) / for M in [0:128) (Spatial-Y)"
        f" / for K in [0:{lanes_along_k}) (Spatial-X)\n"
        f"LRF: for N in [0:{size})\n"
    )


def write_systolic(tool, report):
    text = "| size | series | cycles | published |\n| --- | --- | --: | --: |\n"
    for run in read_rows("systolic-runs.csv"):
        size, series, published = int(run["size"]), run["series"], int(run["cycles"])
        n, m = map(int, series.split(":"))
        mapping = get_systolic_mapping(size, 128 * m // n)
        arguments = ["--machine", "sa-128", "--gemm", f"{size},{size},{size}"]
        cost = run_tool(tool, mapping, [*arguments, "--series", series])
        report.expect(f"sa-128 {size} {series}", cost["cycles"] - published, 0)
        text += f"| {size} | {series} | {cost['cycles']:,} | {published:,} |\n"
    return text


def write_page(tool, report):
    rows = collections.defaultdict(list)
    for row in read_rows("reference-levels.csv"):
        rows[get_key(row)].append(row)
    for run in read_rows("reference-runs.csv"):
        mine = rows[get_key(run)]
        report.add_run(run, get_cost(tool, run, mine), mine)
    page = INTRODUCTION
    page += "| design, M x K x N, density of A | cycles | published | difference "
    page += "| energy, uJ | published | difference |\n"
    page += "| --- | --: | --: | --: | --: | --: | --: |\n"
    page += "".join(report.runs)
    page += SYSTOLIC_INTRODUCTION + write_systolic(tool, report)
    page += ENERGY_INTRODUCTION
    page += "| run | part | energy | published | difference |\n"
    page += "| --- | --- | --: | --: | --: |\n" + "".join(report.energies)
    return page


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--tools",
        default=ROOT / "build" / "release" / "bin",
        type=pathlib.Path,
        help="folder of tasd-cost (default: %(default)s)",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing, compare with the page"
    )
    arguments = parser.parse_args()
    report = Report()
    page = write_page(arguments.tools / "tasd-cost", report)
    for failure in report.failures:
        print(f"validate-cost.py: error: {failure}", file=sys.stderr)
    if arguments.check and page != PAGE.read_text(encoding="utf-8"):
        sys.exit("validate-cost.py: error: docs/Validation.md is out of date")
    if not arguments.check:
        PAGE.write_text(page, encoding="utf-8")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
