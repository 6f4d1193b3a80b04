# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The network of examples/digits that was never pruned, on its images.

It gives, for each image, the scores of ten digits.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tasd_import import environment

from .evaluation import Plan

KIND = None
MODEL = "examples/digits/digits-dense.mlir"
# The same network with shares of its weights pruned, for searches.
PRUNED = [f"examples/digits/digits-{percent}.mlir" for percent in (80, 90, 95)]
# Timed is one of those, which takes any number of images.
TIMED = PRUNED[1]
TIMED_TITLE = "The network of handwritten digits of whose weights 90 % are pruned"
BATCHES: dict[int, list[str]] = {1: [], 32: []}
DATA = environment.REPOSITORY / "examples" / "digits"
TITLE = "The network of handwritten digits that was never pruned, on all its images"

PLANS = [Plan(series) for series in ("1:4", "2:4", "2:4+1:8")]
TERMS = PLANS

# Its calibration images; the others are its test images.
CALIBRATION = slice(0, 300)
METRIC = "top1"
MIN_QUALITY = 0.995

METRICS = ("right answers", "answers as the original", "L2 error")


def load(kind: str) -> np.ndarray:
    """The images or labels, those to calibrate with first."""
    parts = [np.load(DATA / f"{part}-{kind}.npy") for part in ("calibration", "test")]
    return np.concatenate(parts)


def labels(rows: Sequence[int]) -> np.ndarray:
    return load("labels")[rows]


def inputs(_folder: Path) -> np.ndarray:
    return load("images")


def quality(
    outputs: Sequence[np.ndarray],
    original: Sequence[np.ndarray],
    _folder: Path,
    rows: Sequence[int] | None = None,
) -> list[str]:
    """Of the answers, against the labels and those of the original."""
    wanted_labels = labels(slice(None) if rows is None else rows)
    got, wanted = outputs[0].argmax(axis=1), original[0].argmax(axis=1)
    error = np.linalg.norm(outputs[0] - original[0]) / np.linalg.norm(original[0])
    return [
        f"{np.count_nonzero(got == wanted_labels)} of {len(got)}",
        f"{np.count_nonzero(got == wanted)} of {len(got)}",
        f"{error:.1e}",
    ]
