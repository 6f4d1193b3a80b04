#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plan trained networks in several ways and measure their quality.

Fetches each network, imports it, runs it dense and planned on the CPU, and prints
its layers and its quality in Markdown: how far the outputs are from those of the
original in its own framework, and what that does to the network's job. --write
puts the tables into a document, in place of those between the comments
<!-- begin NETWORK --> and <!-- end NETWORK -->.

Exit code: 1 for an error, 3 where something cannot be downloaded.
"""

import argparse
import importlib
import re
import subprocess
import sys
from pathlib import Path

UTILS = Path(__file__).resolve().parent
sys.path.insert(0, str(UTILS / "import"))

from tasd_import import command, environment
from tasd_import.failure import Failure, Unavailable

NETWORKS = {"ocr": "onnx", "pose": "tflite"}


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("network", choices=sorted(NETWORKS), help="the network")
    parser.add_argument(
        "--dir",
        type=Path,
        default=environment.REPOSITORY / "build" / "networks",
        help="folder of the networks (default: build/networks)",
    )
    parser.add_argument(
        "--series", action="append", help="measure this series only; may be repeated"
    )
    parser.add_argument(
        "--short", action="store_true", help="measure only the network's last plan, and no plan"
    )
    parser.add_argument(
        "--backend", default="cpu", help="back end of tasd-run (default: %(default)s)"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="document to put the tables in")
    return parser.parse_args()


def fetch(network: str, folder: Path) -> None:
    done = subprocess.run(
        [UTILS / "fetch-networks.sh", "--dir", folder.absolute(), network],
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode == environment.UNAVAILABLE:
        raise Unavailable(f"the network {network} cannot be downloaded")
    if done.returncode != 0:
        raise Failure(f"the network {network} cannot be fetched")


def write_tables(document: Path, network: str, text: str) -> None:
    begin, end = f"<!-- begin {network} -->\n", f"<!-- end {network} -->\n"
    old = document.read_text()
    pattern = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.DOTALL)
    if len(pattern.findall(old)) != 1:
        raise Failure(f"{document}: expected one {begin.strip()} ... {end.strip()}")
    document.write_text(pattern.sub(lambda _: text, old))


def evaluate(options: argparse.Namespace) -> None:
    # These need the environment's packages.
    from networks import evaluation, tables

    fetch(options.network, options.dir)
    network = importlib.import_module(f"networks.{options.network}")
    job = evaluation.Evaluation(network, options.dir, options.backend)
    plans = [plan for plan in network.PLANS if plan.series in (options.series or [plan.series])]
    if options.short:
        plans = plans[-1:]
    runs = [job.run(plan) for plan in (None, *plans)]
    job.progress.clear()
    text = tables.report(network, runs)
    if options.write:
        write_tables(options.write, options.network, text)
    else:
        print(text, end="")


def main() -> int:
    options = parse_options()
    return command.run(NETWORKS[options.network], options, evaluate)


if __name__ == "__main__":
    sys.exit(main())
