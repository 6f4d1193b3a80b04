# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tables of a comparison of patterns, in Markdown."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasd_import.markdown import table

# The 97.5 % point of the normal distribution.
Z_95 = 1.959964


@dataclass(frozen=True)
class Outcome:
    """What a pruned network is: which answers are right, and what is left of it."""

    correct: np.ndarray
    sparsity: float
    macs_left: float


@dataclass(frozen=True)
class Comparison:
    """A way to prune at one sparsity: the masks applied once, and one outcome a seed of
    pruning gradually."""

    pattern: str
    layers: str
    once: Outcome
    tuned: Sequence[Outcome]


@dataclass(frozen=True)
class Interval:
    """A mean, and half of what its 95 % interval spans."""

    mean: float
    half: float


def compare(tuned: Sequence[Outcome], reference: Sequence[Outcome]) -> Interval:
    """By how much more often `tuned` is right, on the same images after the same seeds.

    Both other images and other seeds would give another mean: the variances of both
    means are added, as of normal distributions.
    """
    pairs = zip(tuned, reference, strict=True)
    differences = np.array([a.correct.astype(float) - b.correct for a, b in pairs])
    variance = sum(
        np.var(means, ddof=1) / len(means)
        for means in (differences.mean(axis=axis) for axis in (0, 1))
        if len(means) > 1
    )
    return Interval(float(differences.mean()), Z_95 * math.sqrt(variance))


def format_percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def format_points(interval: Interval) -> str:
    """In percentage points."""
    return f"{100 * interval.mean:+.2f} ± {100 * interval.half:.2f}"


def format_spread(tuned: Sequence[Outcome]) -> str:
    """The mean, and the least and the most of any seed."""
    shares = [float(outcome.correct.mean()) for outcome in tuned]
    return f"{100 * np.mean(shares):.2f} % ({100 * min(shares):.1f} to {100 * max(shares):.1f})"


def format_row(row: Comparison, reference: Comparison) -> list[str]:
    difference = "-" if row is reference else format_points(compare(row.tuned, reference.tuned))
    return [
        row.pattern,
        row.layers,
        format_percent(row.once.sparsity),
        format_percent(row.once.correct.mean()),
        format_percent(np.mean([outcome.sparsity for outcome in row.tuned])),
        format_percent(np.mean([outcome.macs_left for outcome in row.tuned])),
        format_spread(row.tuned),
        difference,
    ]


def write_table(rows: Sequence[Comparison], reference: Comparison) -> str:
    """A row for each way to prune, all of them at one sparsity."""
    header = [
        "pattern",
        "layers",
        "sparsity, once",
        "right, once",
        "sparsity",
        "MACs left",
        "right, fine-tuned",
        f"points above {reference.pattern}",
    ]
    return table(header, [format_row(row, reference) for row in rows])
