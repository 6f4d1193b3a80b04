# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""MediaPipe's pose detector on photos.

It gives 2254 boxes, each with a score: a person stands where a score is high.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from .evaluation import Plan

KIND = "tflite"
MODEL = "pose_detection.tflite"
TITLE = "MediaPipe's pose detector, on ten photos: five, and their mirror images"
IMPORT: list[str] = []

# Its first convolution and the six that end it have no zeros.
UNPRUNED = "*{/re_lu/Relu6,_NO_PRUNING/*}"
SERIES = ("2:4", "4:8", "2:4+1:8", "2:4+2:8")
PLANS = [Plan(series) for series in SERIES] + [
    Plan(series, skip=UNPRUNED, note="pruned layers") for series in SERIES
]
TERMS = [Plan(series, skip=UNPRUNED, note="pruned layers") for series in ("2:4", "2:4+1:8")]

PHOTOS = ("astronaut.png", "camera.png", "chelsea.png", "coffee.png", "rocket.jpg")
EXTENT = 224
# Scores are logits: a person is found where the largest is positive.
THRESHOLD = 0.0

# What to calibrate with: three photos and their mirror images. Two people are
# in them and in the others.
CALIBRATION = [0, 2, 3, 5, 7, 8]
METRIC = "relative-error"
MIN_QUALITY = 0.95

METRICS = (
    "cosine of boxes",
    "L2 error of boxes",
    "cosine of scores",
    "L2 error of scores",
    "found",
    "smallest IoU",
)


def load(path: Path) -> np.ndarray:
    """The photo in the middle of a black square, [224, 224, 3], from -1 to 1."""
    photo = Image.open(path).convert("RGB")
    photo.thumbnail((EXTENT, EXTENT), Image.Resampling.BILINEAR)
    square = Image.new("RGB", (EXTENT, EXTENT))
    square.paste(photo, ((EXTENT - photo.width) // 2, (EXTENT - photo.height) // 2))
    return np.asarray(square, np.float32) / 127.5 - 1


def inputs(folder: Path) -> np.ndarray:
    photos = [load(folder / name) for name in PHOTOS]
    return np.stack(photos + [photo[:, ::-1] for photo in photos])


def anchor_centers() -> np.ndarray:
    """The centres, as x and y in pixels, that the boxes are relative to.

    Strides of 8 and 16 have two boxes for each cell; 32, which stands for three
    layers of the same size, has six.
    """
    centers = []
    for stride, boxes in ((8, 2), (16, 2), (32, 6)):
        steps = (np.arange(EXTENT // stride) + 0.5) * stride
        y, x = np.meshgrid(steps, steps, indexing="ij")
        centers.append(np.repeat(np.stack([x.ravel(), y.ravel()], 1), boxes, axis=0))
    return np.concatenate(centers)


def top_box(boxes: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Left, top, right and bottom of the box with the largest score."""
    best = int(scores.argmax())
    center = boxes[best, :2] + anchor_centers()[best]
    half = np.abs(boxes[best, 2:4]) / 2
    return np.concatenate([center - half, center + half])


def intersection_over_union(a: np.ndarray, b: np.ndarray) -> float:
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])
    common = float(np.prod(np.clip(high - low, 0, None)))
    areas = float(np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]))
    return common / (areas - common)


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a.astype(np.float64).ravel(), b.astype(np.float64).ravel()
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.linalg.norm(a.astype(np.float64) - b) / np.linalg.norm(b.astype(np.float64)))


def quality(
    outputs: Sequence[np.ndarray],
    original: Sequence[np.ndarray],
    _folder: Path,
    _rows: Sequence[int] = (),
) -> list[str]:
    """Of all outputs; and of the photos in which the original finds somebody."""
    cells = []
    for got, wanted in zip(outputs, original, strict=True):
        cells += [f"{cosine(got, wanted):.4f}", f"{relative_error(got, wanted):.1e}"]
    boxes, scores = outputs
    people = [i for i, score in enumerate(original[1]) if score.max() > THRESHOLD]
    found = [i for i in people if scores[i].max() > THRESHOLD]
    overlaps = [
        intersection_over_union(
            top_box(boxes[i], scores[i]), top_box(original[0][i], original[1][i])
        )
        for i in people
    ]
    return [*cells, f"{len(found)} of {len(people)}", f"{min(overlaps):.3f}"]
