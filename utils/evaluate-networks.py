#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plan trained networks in several ways and measure their quality.

Fetches the network, imports it, runs it dense and planned on the CPU, and prints
its layers and its quality in Markdown: how far the outputs are from those of the
original in its own framework, and what that does to the network's job. --write
puts the tables into a document, in place of those between the comments
<!-- begin NETWORK --> and <!-- end NETWORK -->. --accelerator runs it on a simulated
accelerator instead, of whose table the comments say NETWORK-accelerator; --results
lets tasder plan it by each of its strategies, and for each machine (NETWORK-results);
--terms measures plans with channels put in order, kept weights compensated, and both
(NETWORK-terms); --times the time that it takes on this CPU, dense, planned and in its
framework (NETWORK-times); --prunings prunes it by several patterns to the same sparsity
(NETWORK-prunings). The network digits is that of examples/digits, which is neither
fetched nor imported; bert is generated, and only timed.

Exit code: 1 for an error, 3 where something cannot be downloaded.
"""

import argparse
import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

UTILS = Path(__file__).resolve().parent
sys.path.insert(0, str(UTILS / "import"))

from tasd_import import command, environment
from tasd_import.failure import Failure, Unavailable
from tasd_import.files import atomic_output
from tasd_import.markdown import find_tables

if TYPE_CHECKING:
    from networks import evaluation

# In whose environment each is measured.
NETWORKS = {"bert": "onnx", "digits": "tflite", "ocr": "onnx", "pose": "tflite"}


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
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--series", action="append", help="measure this series only; may be repeated"
    )
    which.add_argument(
        "--short", action="store_true", help="measure only the network's last plan, and no plan"
    )
    which.add_argument(
        "--accelerator", action="store_true", help="the simulated accelerator's table"
    )
    which.add_argument(
        "--results", action="store_true", help="the tables of the plans that tasder finds"
    )
    which.add_argument("--times", action="store_true", help="the table of times on this CPU")
    which.add_argument("--terms", action="store_true", help="the table of plans with better terms")
    which.add_argument(
        "--prunings", action="store_true", help="the tables of prunings by several patterns"
    )
    parser.add_argument(
        "--backend", default="cpu", help="back end of tasd-run (default: %(default)s)"
    )
    parser.add_argument(
        "--machine",
        default="",
        help="machine that --times plans for: layers that it says gain nothing stay dense",
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


def choose_plans(network: ModuleType, options: argparse.Namespace) -> list["evaluation.Plan"]:
    if options.short:
        return network.PLANS[-1:]
    known = {plan.series for plan in network.PLANS}
    for series in options.series or []:
        if series not in known:
            raise Failure(f"expected a series among {', '.join(sorted(known))} but got '{series}'")
    return [plan for plan in network.PLANS if plan.series in (options.series or known)]


def measure(network: ModuleType, options: argparse.Namespace) -> str:
    # These need the environment's packages.
    from networks import accelerator, evaluation, results, tables, terms, times

    if options.times:
        return times.report(network, options.dir, options.machine)
    if options.accelerator:
        return accelerator.report(network, options.dir)
    if options.results:
        return results.report(network, options.dir)
    if options.terms:
        return terms.report(network, options.dir)
    if options.prunings:
        # Only in the environment of ONNX.
        from networks import prunings

        return prunings.report(network, options.dir)
    job = evaluation.Evaluation(network, options.dir, options.backend)
    runs = [job.run(plan) for plan in (None, *choose_plans(network, options))]
    job.progress.clear()
    return tables.report(network, runs)


def evaluate(options: argparse.Namespace) -> None:
    network = importlib.import_module(f"networks.{options.network}")
    if not options.times:
        if not hasattr(network, "PLANS"):
            raise Failure(f"expected --times for the network {options.network}")
        choose_plans(network, options)
    kinds = {
        "-accelerator": options.accelerator,
        "-results": options.results,
        "-terms": options.terms,
        "-times": options.times,
        "-prunings": options.prunings,
    }
    name = options.network + "".join(kind for kind, is_asked in kinds.items() if is_asked)
    around = find_tables(options.write, name) if options.write else None
    if hasattr(network, "generate"):
        network.generate(options.dir)
    elif network.KIND:
        fetch(options.network, options.dir)
    text = measure(network, options)
    if around:
        with atomic_output(options.write) as part:
            part.write_text(text.join(around))
    else:
        print(text, end="")


def main() -> int:
    options = parse_options()
    return command.run(NETWORKS[options.network], options, evaluate)


if __name__ == "__main__":
    sys.exit(main())
