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
DATA = environment.REPOSITORY / "examples" / "digits"
TITLE = "The network of handwritten digits that was never pruned, on all its images"

PLANS = [Plan(series) for series in ("1:4", "2:4", "2:4+1:8")]
TERMS = PLANS

# Its calibration images; the others are its test images.
CALIBRATION = slice(0, 300)
METRIC = "top1"
MIN_QUALITY = 0.99

METRICS = ("right answers", "answers as the original", "L2 error")


def load(kind: str) -> np.ndarray:
    """The images or labels, those to calibrate with first."""
    parts = [np.load(DATA / f"{part}-{kind}.npy") for part in ("calibration", "test")]
    return np.concatenate(parts)


def inputs(_folder: Path) -> np.ndarray:
    return load("images")


def quality(
    outputs: Sequence[np.ndarray],
    original: Sequence[np.ndarray],
    _folder: Path,
    rows: Sequence[int] | None = None,
) -> list[str]:
    """Of the answers, against the labels and those of the original."""
    labels = load("labels")
    labels = labels if rows is None else labels[rows]
    got, wanted = outputs[0].argmax(axis=1), original[0].argmax(axis=1)
    error = np.linalg.norm(outputs[0] - original[0]) / np.linalg.norm(original[0])
    return [
        f"{np.count_nonzero(got == labels)} of {len(labels)}",
        f"{np.count_nonzero(got == wanted)} of {len(labels)}",
        f"{error:.1e}",
    ]
