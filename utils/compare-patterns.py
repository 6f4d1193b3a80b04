#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prune the dense network of examples/digits by several patterns, and compare.

Each pattern prunes the network to each sparsity twice: at once, with no training after;
and gradually, in stages of rising sparsity with fine-tuning after each, once for each
seed. Prints, in Markdown, the share of the 900 test images that are told right.
--write puts the tables into a document, in place of those between the comments
<!-- begin digits-patterns --> and <!-- end digits-patterns -->. The same command gives
the same tables on the same processor.
"""

import argparse
import os
import sys
import time
from pathlib import Path

UTILS = Path(__file__).resolve().parent
sys.path.insert(0, str(UTILS / "import"))

# Before JAX starts: the processor only, and one thread, since the number of
# threads decides the order of the sums.
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["NPROC"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

from digits import data, gradual
from digits.comparison import PATTERNS, VARIANTS, Study, report
from digits.export import read_parameters
from digits.training import Schedule
from tasd_import import command
from tasd_import.failure import Failure
from tasd_import.files import atomic_output
from tasd_import.markdown import find_tables

SECTION = "digits-patterns"
NETWORK = UTILS.parent / "examples" / "digits" / "digits-dense.mlir"


def parse_percent(text: str) -> float:
    percents = {f"{100 * stage:g}": stage for stage in gradual.STAGES}
    if text not in percents:
        raise argparse.ArgumentTypeError(
            f"expected a percentage among {', '.join(percents)} but got '{text}'"
        )
    return percents[text]


def parse_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number of at least 1 but got '{text}'")
    return int(text)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--pattern",
        action="append",
        choices=[pattern.key for pattern in (*PATTERNS, *VARIANTS)],
        help="compare this pattern only, with the reference; may be repeated (default: all "
        "but those with even scores)",
    )
    parser.add_argument(
        "--sparsities",
        type=parse_percent,
        nargs="+",
        default=[0.5, 0.75, 0.9],
        metavar="PERCENT",
        help="stages of the schedule to measure at (default: 50 75 90)",
    )
    parser.add_argument(
        "--seeds",
        type=parse_count,
        default=5,
        help="how many seeds of batches and distortions (default: %(default)s)",
    )
    parser.add_argument(
        "--epochs",
        type=parse_count,
        default=5,
        help="epochs of fine-tuning after each stage (default: %(default)s)",
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="document to put the tables in")
    return parser.parse_args()


def compare(options: argparse.Namespace) -> None:
    around = find_tables(options.write, SECTION) if options.write else None
    schedule = Schedule(options.epochs, rate=1e-3)
    study = Study(read_parameters(NETWORK), data.load(), schedule, options.seeds)
    text = report(study, options.pattern or [], sorted(set(options.sparsities)))
    if around:
        with atomic_output(options.write) as part:
            part.write_text(text.join(around))
    else:
        print(text, end="")
    print(f"processor time: {time.process_time():.0f} s", file=sys.stderr)


def main() -> int:
    try:
        compare(parse_options())
    except Failure as error:
        return command.fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
