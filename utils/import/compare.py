#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compare an imported network with the original in its own framework.

Runs MODEL (.tflite or .onnx) in its framework and OUT.mlirbc by tasd-run on the
same inputs, and prints how far each output is from the original's: the largest
difference and the L2 norm of the difference, both relative to the original's
largest magnitude and norm. Fails where either exceeds the tolerance.
"""

import argparse
import sys
from pathlib import Path

from tasd_import import command
from tasd_import.failure import Failure


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path, metavar="MODEL", help="the framework's file")
    parser.add_argument("imported", type=Path, metavar="OUT", help="what the importer wrote")
    parser.add_argument(
        "--input",
        type=Path,
        action="append",
        required=True,
        metavar="FILE.npy",
        help="an argument; repeated, the arguments in the model's order",
    )
    parser.add_argument(
        "--backend", default="cpu", help="back end of tasd-run (default: %(default)s)"
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=1e-4,
        help="largest relative difference allowed (default: %(default)s)",
    )
    return parser.parse_args()


def framework_of(model: Path) -> str:
    kinds = {".tflite": "tflite", ".onnx": "onnx"}
    if model.suffix not in kinds:
        raise Failure(f"{model}: expected a .tflite or .onnx file")
    return kinds[model.suffix]


def compare(options: argparse.Namespace) -> None:
    # It needs the environment's packages.
    from tasd_import import evaluation

    inputs = [evaluation.load_input(path) for path in options.input]
    wanted = evaluation.run_original(framework_of(options.model), options.model, inputs)
    got = evaluation.run_imported(options.imported, inputs, options.backend)
    differences = evaluation.measure(got, wanted)
    for i, difference in enumerate(differences):
        print(f"output {i}: {difference}")
    if not all(difference.is_within(options.tolerance) for difference in differences):
        raise Failure(f"expected differences of at most {options.tolerance:g}")


def main() -> int:
    options = parse_options()
    try:
        kind = framework_of(options.model)
    except Failure as error:
        return command.fail(error)
    return command.run(kind, options, compare)


if __name__ == "__main__":
    sys.exit(main())
