#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Print the score of a network's outputs, higher being better.

A metric for tasder, which gives the path of the outputs as the last argument:

  tasder ... --metric "command:utils/score-network.py ocr build/networks"

The outputs are those of the inputs that utils/evaluate-networks.py calibrates with.
It runs with the packages of the network's importer.
"""

import argparse
import importlib
import sys
from pathlib import Path

UTILS = Path(__file__).resolve().parent
sys.path[:0] = [str(UTILS / "import"), str(UTILS)]

from tasd_import import command

NETWORKS = {"ocr": "onnx"}


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("network", choices=sorted(NETWORKS), help="the network")
    parser.add_argument("dir", type=Path, help="folder of the networks")
    parser.add_argument("outputs", type=Path, help="an .npy file")
    return parser.parse_args()


def score(options: argparse.Namespace) -> None:
    import numpy as np

    network = importlib.import_module(f"networks.{options.network}")
    print(network.score(np.load(options.outputs), options.dir))


def main() -> int:
    options = parse_options()
    return command.run(NETWORKS[options.network], options, score)


if __name__ == "__main__":
    sys.exit(main())
