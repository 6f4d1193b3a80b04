#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares networks on machines, beside the published figures.

tasd-published runs benchmarks/published/comparison.yaml; its results become the
tables of docs/Published.md. Printed are the tables; with --check the exit code is 1
where the page has others. With --network only the rows of that network under the
headline's setting are looked at, which takes seconds rather than minutes.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

UTILS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(UTILS))

from published.hand import HAND_NETWORK, write_hand
from published.results import check_totals
from published.tables import ROW_WRITERS, WRITERS

ROOT = UTILS.parent
PAGE = ROOT / "docs" / "Published.md"
STUDY = ROOT / "benchmarks" / "published" / "comparison.yaml"
SECTION = re.compile(
    r"(?<=<!-- written by utils/compare-published.py: )([a-z]+) -->\n"
    r".*?(?=^<!-- end of written -->$)",
    re.DOTALL | re.MULTILINE,
)


def run_tool(tools, options):
    command = [tools / "tasd-published", STUDY, "--json", *options]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if result.returncode:
        sys.exit("compare-published.py: error: tasd-published failed")
    results = json.loads(result.stdout)
    check_totals(results)
    return results


def check_network(tools, network):
    """Returns what the page lacks of the rows of a network."""
    results = run_tool(tools, ["--headline-only", "--network", network])
    if network == HAND_NETWORK:
        write_hand(results)
    lines = set(PAGE.read_text(encoding="utf-8").splitlines())
    rows = "".join(WRITERS[name](results) for name in ROW_WRITERS).splitlines()
    return [row for row in rows if row.startswith(f"| {network}") and row not in lines]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--tools",
        default=ROOT / "build" / "release" / "bin",
        type=pathlib.Path,
        help="folder of tasd-published (default: %(default)s)",
    )
    parser.add_argument("--network", help="with --check, the network to look at")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--write", action="store_true", help="write the tables into docs/Published.md"
    )
    mode.add_argument(
        "--check", action="store_true", help="compare the tables with docs/Published.md"
    )
    parser.add_argument(
        "--results",
        type=pathlib.Path,
        help="what tasd-published --json printed; without it, it is run",
    )
    arguments = parser.parse_args()
    outdated = (
        "compare-published.py: error: docs/Published.md is out of date; "
        "run utils/compare-published.py --write"
    )
    if arguments.network:
        missing = check_network(arguments.tools, arguments.network)
        sys.exit("\n".join([outdated, *missing]) if missing else 0)
    if arguments.results:
        results = json.loads(arguments.results.read_text(encoding="utf-8"))
        check_totals(results)
    else:
        results = run_tool(arguments.tools, [])
    page = PAGE.read_text(encoding="utf-8")
    updated = SECTION.sub(
        lambda match: f"{match[1]} -->\n{WRITERS[match[1]](results).strip()}\n\n", page
    )
    if arguments.check and page != updated:
        sys.exit(outdated)
    if arguments.write:
        PAGE.write_text(updated, encoding="utf-8")
    elif not arguments.check:
        print("\n".join(writer(results) for writer in WRITERS.values()).strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
