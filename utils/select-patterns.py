#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Select what a way to prune keeps of weights, straight from its definition.

Reads weights from .npy files, all of which are pruned together, and prints in JSON the
thresholds, the series with them, the share that is left out, and for each file a mask:
a string for each output, of 1 for what is kept and 0 for what is not, in the order of
the blocked dimensions. Nothing of the compiler is used: what it selects is held against
this.
"""

import argparse
import json
import re
import sys
from pathlib import Path

UTILS = Path(__file__).resolve().parent
sys.path.insert(0, str(UTILS / "import"))

from tasd_import import command
from tasd_import.failure import Failure

# As strategies are called, with their sizes where none is given, and the options that they
# have a use for beside the sparsity.
WAYS = {
    "tile-wise": (128, {"granularity", "delta", "inner"}),
    "tile-wise-columns": (128, {"granularity", "delta", "inner"}),
    "element-wise": (None, set()),
    "block-wise": (32, {"granularity"}),
    "vector-wise": (16, {"granularity"}),
}


def parse_inner(text: str) -> tuple[int, int]:
    parts = re.fullmatch(r"([0-9]+):([0-9]+)", text)
    if not parts or not 1 <= int(parts[1]) <= int(parts[2]):
        raise argparse.ArgumentTypeError(f"expected N:M, 1 <= N <= M, but got '{text}'")
    return int(parts[1]), int(parts[2])


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("way", choices=WAYS, help="the way to prune")
    parser.add_argument("weights", type=Path, nargs="+", metavar="NPY", help="weights")
    parser.add_argument(
        "--sparsity", type=float, required=True, help="the share of the elements to leave out"
    )
    parser.add_argument(
        "--granularity", type=int, help="of a tile, a block or a vector (default: 128, 32, 16)"
    )
    parser.add_argument(
        "--delta", type=float, help="the share that an overlay gives back (default: none)"
    )
    parser.add_argument(
        "--inner", type=parse_inner, metavar="N:M", help="inside tiles (default: dense)"
    )
    parser.add_argument(
        "--outputs",
        choices=("first", "last"),
        default="last",
        help="which dimension counts outputs: last as in HWCF, first as in FHWC; the others "
        "are blocked, in their order (default: %(default)s)",
    )
    return parser.parse_args()


def check(options: argparse.Namespace) -> None:
    _, known = WAYS[options.way]
    for name in ("granularity", "delta", "inner"):
        if getattr(options, name) is not None and name not in known:
            raise Failure(f"--{name}: expected none for {options.way}")
    if not 0 <= options.sparsity < 1:
        raise Failure(f"--sparsity: expected at least 0 and below 1 but got {options.sparsity}")
    if options.delta is not None and not 0 <= options.delta < 1 - options.sparsity:
        raise Failure(
            f"--delta: expected at least 0 and below {1 - options.sparsity:g} but got {options.delta}"
        )
    least = 1 - options.inner[0] / options.inner[1] if options.inner else 0
    if options.sparsity + (options.delta or 0) < least:
        raise Failure(
            f"--sparsity: expected at least {least:g}, which the inner pattern has anyway, "
            f"but got {options.sparsity}"
        )
    if options.granularity is not None and options.granularity < 1:
        raise Failure(f"--granularity: expected at least 1 but got {options.granularity}")


def read_matrix(path: Path, outputs: str):
    """The weights of one layer, K x N."""
    import numpy as np

    try:
        weights = np.load(path, allow_pickle=False)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error
    except (EOFError, ValueError) as error:
        raise Failure(f"{path}: expected a .npy file of numbers") from error
    if weights.ndim < 2 or not weights.size or weights.dtype.kind != "f":
        raise Failure(
            f"{path}: expected floats of two dimensions or more but got "
            f"{weights.dtype} {'x'.join(map(str, weights.shape))}"
        )
    if not np.isfinite(weights).all():
        raise Failure(f"{path}: expected elements that are finite")
    if outputs == "last":
        return weights.reshape(-1, weights.shape[-1])
    return weights.reshape(len(weights), -1).T


def make_pruning(options: argparse.Namespace):
    from patterns.prunings import BlockWise, ElementWise, TileWise, VectorWise

    size = options.granularity or WAYS[options.way][0]
    if options.way == "element-wise":
        return ElementWise()
    if options.way == "block-wise":
        return BlockWise(size)
    if options.way == "vector-wise":
        return VectorWise(size)
    is_fixed = options.way == "tile-wise-columns"
    return TileWise(size, is_fixed, options.delta or 0.0, options.inner)


def select(options: argparse.Namespace) -> None:
    check(options)
    matrices = [read_matrix(path, options.outputs) for path in options.weights]
    pruned = make_pruning(options).prune(matrices, options.sparsity)
    layers = [
        {
            "file": str(path),
            "sparsity": 1 - float(mask.mean()),
            "mask": ["".join("01"[kept] for kept in output) for output in mask.T.astype(int)],
        }
        for path, mask in zip(options.weights, pruned.masks, strict=True)
    ]
    report = {
        "series": pruned.series,
        "thresholds": pruned.thresholds,
        "sparsity": float(pruned.sparsity),
        "layers": layers,
    }
    print(json.dumps(report, indent=1))


def main() -> int:
    # Of the environments with NumPy the smallest.
    return command.run("tflite", parse_options(), select)


if __name__ == "__main__":
    sys.exit(main())
