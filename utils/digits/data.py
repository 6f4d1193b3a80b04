# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The data set and its split.

scikit-learn ships 1797 of the UCI optical digits. Half of them are the test
images, which nothing but the final count may see. The other half is split
again: the training images fit the weights, the calibration images only choose
the recipe here, and later the plans.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

NUM_TEST = 900
NUM_CALIBRATION = 300
SPLIT_SEED = 0
LARGEST_PIXEL = 16.0


@dataclass(frozen=True)
class Part:
    """Images of shape [n, 8, 8, 1] with values in [0, 1], and their labels."""

    images: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class Digits:
    """The three disjoint parts of the data set, stratified by label."""

    training: Part
    calibration: Part
    test: Part


def split(part: Part, size: int) -> tuple[Part, Part]:
    """Parts off `size` images, in the same proportions of the ten labels."""
    rest, taken = train_test_split(
        np.arange(len(part)),
        test_size=size,
        stratify=part.labels,
        random_state=SPLIT_SEED,
    )
    return tuple(Part(part.images[i], part.labels[i]) for i in (rest, taken))


def load() -> Digits:
    """Reads the digits that scikit-learn ships; nothing is downloaded."""
    source = load_digits()
    images = (source.images[..., None] / LARGEST_PIXEL).astype(np.float32)
    rest, test = split(Part(images, source.target.astype(np.int64)), NUM_TEST)
    training, calibration = split(rest, NUM_CALIBRATION)
    return Digits(training, calibration, test)
