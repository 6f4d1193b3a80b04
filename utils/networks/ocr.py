# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""PP-OCRv4's text recogniser on words drawn at random.

It gives, for each of 40 columns of the picture, the probabilities of 6625 symbols:
none, those of its alphabet, and the space.
"""

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import onnx
from PIL import Image, ImageDraw, ImageFont

from .evaluation import Plan

KIND = "onnx"
MODEL = "ch_PP-OCRv4_rec_infer.onnx"
FONT = "DejaVuSans.ttf"
COUNT = 240
TITLE = f"PP-OCRv4's text recogniser, on {COUNT} words of random syllables"
IMPORT = ["--input-shape", "x=1x3x48x320"]
BATCHES = {batch: ["--input-shape", f"x={batch}x3x48x320"] for batch in (1, 32)}

# Without them, attention and the layer that chooses symbols are left.
CONVOLUTIONS = "p2o.Conv.*"
SERIES = ("2:4", "4:8", "2:4+1:8", "2:4+2:8")
PLANS = [Plan(series) for series in SERIES] + [
    Plan(series, skip=CONVOLUTIONS, note="matmuls") for series in SERIES
]
TERMS = [Plan(series) for series in ("2:4", "2:4+1:8")]

HEIGHT, WIDTH, MARGIN = 48, 320, 8
# What to calibrate with.
CALIBRATION = slice(0, 80)
METRIC = "words"
MIN_QUALITY = 0.99
# The series that channels are put in order for.
ORDER = "2:4"

METRICS = ("words read", "character error rate", "words as the original", "L2 error")


def make_words() -> list[str]:
    """The same words every time, of two to five syllables: like those of a language,
    since the network was trained to read such."""
    source = random.Random(1)

    def syllable() -> str:
        return source.choice("bcdfghklmnprstvwz") + source.choice("aeiou")

    return ["".join(syllable() for _ in range(source.randint(2, 5))) for _ in range(COUNT)]


def draw(word: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    """Black on white, [3, 48, 320] with channels as blue, green and red, from -1 to 1."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    ImageDraw.Draw(picture).text((MARGIN, HEIGHT // 2), word, "black", font, anchor="lm")
    pixels = np.asarray(picture, np.float32)[:, :, ::-1] / 127.5 - 1
    return pixels.transpose(2, 0, 1)


def inputs(folder: Path) -> np.ndarray:
    alphabet(folder)
    font = ImageFont.truetype(folder / FONT, 34)
    return np.stack([draw(word, font) for word in make_words()])


@cache
def alphabet(folder: Path) -> list[str]:
    """The symbol of each class; the first stands for none."""
    model = onnx.load(folder / MODEL)
    (symbols,) = (entry.value for entry in model.metadata_props if entry.key == "character")
    return ["", *symbols.split("\n"), " "]


def decode(scores: np.ndarray, symbols: Sequence[str]) -> str:
    """The best symbol of each column, repetitions merged and spaces folded."""
    best = scores.argmax(axis=1)
    changes = np.flatnonzero(np.diff(best, prepend=-1))
    return " ".join("".join(symbols[best[i]] for i in changes).split())


def count_edits(got: str, wanted: str) -> int:
    """Symbols to insert, delete or replace (Levenshtein's distance)."""
    row = list(range(len(wanted) + 1))
    for i, symbol in enumerate(got, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(wanted, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (symbol != other))
    return row[-1]


def error_rate(got: Sequence[str], words: Sequence[str]) -> float:
    return sum(map(count_edits, got, words)) / sum(map(len, words))


def labels(rows: Sequence[int]) -> np.ndarray:
    """The words by the numbers of their characters, filled up with zeros."""
    words = [make_words()[row] for row in rows]
    return np.array([[*map(ord, word.ljust(max(map(len, words)), "\0"))] for word in words])


def score(outputs: Sequence[np.ndarray], truth: Sequence[np.ndarray], folder: Path) -> float:
    """The share of words read right."""
    words = ["".join(map(chr, row)).rstrip("\0") for row in truth[0]]
    got = [decode(scores, alphabet(folder)) for scores in outputs[0]]
    return sum(map(str.__eq__, got, words)) / len(words)


def quality(
    outputs: Sequence[np.ndarray],
    original: Sequence[np.ndarray],
    folder: Path,
    rows: Sequence[int] = range(COUNT),
) -> list[str]:
    """Of the words read, against those drawn and those that the original reads."""
    symbols, words = alphabet(folder), [make_words()[row] for row in rows]
    got = [decode(scores, symbols) for scores in outputs[0]]
    wanted = [decode(scores, symbols) for scores in original[0]]
    error = np.linalg.norm(outputs[0] - original[0]) / np.linalg.norm(original[0])
    return [
        f"{sum(map(str.__eq__, got, words))} of {len(words)}",
        f"{100 * error_rate(got, words):.2f} %",
        f"{sum(map(str.__eq__, got, wanted))} of {len(words)}",
        f"{error:.1e}",
    ]
