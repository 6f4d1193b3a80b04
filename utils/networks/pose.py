# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""MediaPipe's pose detector on crops of photos.

It gives 2254 boxes, each with a score: a person stands where a score is high.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from .evaluation import Plan

KIND = "tflite"
MODEL = "pose_detection.tflite"
TITLE = "MediaPipe's pose detector, on 120 crops of five photos and of their mirror images"
IMPORT: list[str] = []
# Of one picture only: its reshapes say so.
BATCHES: dict[int, list[str]] = {1: []}

# Its first convolution and the six that end it have no zeros.
UNPRUNED = "*{/re_lu/Relu6,_NO_PRUNING/*}"
SERIES = ("2:4", "4:8", "2:4+1:8", "2:4+2:8")
PLANS = [Plan(series) for series in SERIES] + [
    Plan(series, skip=UNPRUNED, note="pruned layers") for series in SERIES
]
TERMS = [Plan(series, skip=UNPRUNED, note="pruned layers") for series in ("4:8", "2:4+1:8")]

PHOTOS = ("astronaut.png", "camera.png", "chelsea.png", "coffee.png", "rocket.jpg")
EXTENT = 224
# What each crop has of the photo's width and height, and the shares of what is left
# over that lie left of it and above. The first shows all, the last leaves a margin.
CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0.5))
CROPS = [(1, 0, 0), *((extent, *at) for extent in (0.9, 0.75) for at in CORNERS), (1.25, 0.5, 0.5)]
# Scores are logits: a person is found where the largest is positive, and a decision
# is kept where the box is the same by at least that overlap.
THRESHOLD, OVERLAP = 0.0, 0.9

# What to calibrate with: every other crop, with its mirror image. Two of the photos
# have people in them.
CALIBRATION = slice(0, None, 2)
METRIC = "decisions"
MIN_QUALITY = 0.99
# The series that channels are put in order for.
ORDER = "2:4"

METRICS = (
    "cosine of boxes",
    "L2 error of boxes",
    "cosine of scores",
    "L2 error of scores",
    "people found",
    "decisions kept",
)


def load(path: Path, crop: tuple[float, float, float] = CROPS[0]) -> np.ndarray:
    """A crop of the photo in the middle of a black square, [224, 224, 3], from -1 to 1."""
    photo = Image.open(path).convert("RGB")
    share, left, top = crop
    x, y = left * (1 - share) * photo.width, top * (1 - share) * photo.height
    box = (x, y, x + share * photo.width, y + share * photo.height)
    photo = photo.crop(tuple(round(edge) for edge in box))
    photo.thumbnail((EXTENT, EXTENT), Image.Resampling.BILINEAR)
    square = Image.new("RGB", (EXTENT, EXTENT))
    square.paste(photo, ((EXTENT - photo.width) // 2, (EXTENT - photo.height) // 2))
    return np.asarray(square, np.float32) / 127.5 - 1


def inputs(folder: Path) -> np.ndarray:
    """All crops of a photo, then all of its mirror image, then the next photo's."""
    rows = []
    for name in PHOTOS:
        crops = [load(folder / name, crop) for crop in CROPS]
        rows += crops + [crop[:, ::-1] for crop in crops]
    return np.stack(rows)


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


def is_kept(got: Sequence[np.ndarray], wanted: Sequence[np.ndarray]) -> bool:
    """Whether boxes and scores of a picture say the same: nobody, or one in that place."""
    found = [scores.max() > THRESHOLD for _, scores in (got, wanted)]
    if not all(found):
        return not any(found)
    return intersection_over_union(top_box(*got), top_box(*wanted)) >= OVERLAP


def count_kept(outputs: Sequence[np.ndarray], original: Sequence[np.ndarray]) -> int:
    rows = zip(zip(*outputs, strict=True), zip(*original, strict=True), strict=True)
    return sum(is_kept(got, wanted) for got, wanted in rows)


def score(outputs: Sequence[np.ndarray], truth: Sequence[np.ndarray], _folder: Path) -> float:
    """The share of pictures of which the network says what the truth does."""
    return count_kept(outputs, truth) / len(truth[1])


def quality(
    outputs: Sequence[np.ndarray],
    original: Sequence[np.ndarray],
    _folder: Path,
    _rows: Sequence[int] = (),
) -> list[str]:
    """Of all outputs; and of what they say, against the original."""
    cells = []
    for got, wanted in zip(outputs, original, strict=True):
        cells += [f"{cosine(got, wanted):.4f}", f"{relative_error(got, wanted):.1e}"]
    people = [i for i, scores in enumerate(original[1]) if scores.max() > THRESHOLD]
    found = [i for i in people if outputs[1][i].max() > THRESHOLD]
    kept = count_kept(outputs, original)
    return [*cells, f"{len(found)} of {len(people)}", f"{kept} of {len(original[1])}"]
