#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Print the score of a network's outputs, higher being better.

A metric for tasder, which gives the paths of the truth and the outputs:

  tasder ... --metric "command:utils/score-network.py pose build/networks {truth}"

The truth of the pose detector is what the dense network gives, that of the text
recogniser the words as utils/evaluate-networks.py writes them. The script runs with
the packages of the network's importer.
"""

import argparse
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

UTILS = Path(__file__).resolve().parent
sys.path[:0] = [str(UTILS / "import"), str(UTILS)]

from tasd_import import command

if TYPE_CHECKING:
    import numpy as np

NETWORKS = {"ocr": "onnx", "pose": "tflite"}


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("network", choices=sorted(NETWORKS), help="the network")
    parser.add_argument("dir", type=Path, help="folder of the networks")
    parser.add_argument("truth", type=Path, help="an .npy or .npz file")
    parser.add_argument("outputs", type=Path, help="an .npy or .npz file")
    return parser.parse_args()


def load(path: Path) -> list["np.ndarray"]:
    """The arrays of a file, by their names."""
    import numpy as np

    arrays = np.load(path)
    return [arrays] if path.suffix == ".npy" else [arrays[name] for name in sorted(arrays)]


def score(options: argparse.Namespace) -> None:
    network = importlib.import_module(f"networks.{options.network}")
    print(network.score(load(options.outputs), load(options.truth), options.dir))


def main() -> int:
    options = parse_options()
    return command.run(NETWORKS[options.network], options, score)


if __name__ == "__main__":
    sys.exit(main())
