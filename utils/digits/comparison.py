# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The network of digits, pruned by every pattern, at once and gradually."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from patterns.comparison import Comparison, Outcome, write_table
from patterns.prunings import (
    BlockWise,
    ElementWise,
    LayerByLayer,
    Pruning,
    SeriesWise,
    TileWise,
    VectorWise,
)
from patterns.series import parse_terms, write_terms
from tasd_import.progress import Progress

from .data import Digits
from .gradual import STAGES, Stage, prune, prune_gradually
from .network import Parameters, find_correct
from .training import Schedule

TOGETHER, EACH = "together", "each"

# From dense to sparse, so that each stage has one that keeps little less than it asks for.
ONE_TERM = ("6:8", "4:8", "3:8", "2:8", "3:16", "1:8", "3:32")
TWO_TERMS = (
    "2:4+2:8",
    "1:4+2:8",
    "1:4+1:8",
    "1:8+2:16",
    "1:8+1:16",
    "1:16+2:32",
    "1:16+1:32",
)


@dataclass(frozen=True)
class Pattern:
    """A way to prune: its name on the command line and in tables."""

    key: str
    title: str
    layers: str
    pruning: Pruning


def make_series(texts: Sequence[str]) -> SeriesWise:
    return SeriesWise(tuple(map(parse_terms, texts)))


def each(key: str, title: str, pruning: Pruning) -> Pattern:
    return Pattern(key, title, EACH, LayerByLayer(pruning))


REFERENCE = each("tw-128", "TW, G = 128", TileWise(128))

PATTERNS = (
    Pattern("ew-together", "EW", TOGETHER, ElementWise()),
    each("ew", "EW", ElementWise()),
    each("tew-5", "TEW, G = 128, 5 %", TileWise(128, delta=0.05)),
    each("tew-1", "TEW, G = 128, 1 %", TileWise(128, delta=0.01)),
    each("tw-32", "TW, G = 32", TileWise(32)),
    each("tw-64", "TW, G = 64", TileWise(64)),
    REFERENCE,
    Pattern("tw-128-together", "TW, G = 128", TOGETHER, TileWise(128)),
    each("tvw", "TVW, G = 128, 2:4", TileWise(128, inner=(2, 4))),
    each("nm", "N:M", make_series(ONE_TERM)),
    each("series", "N:M series", make_series(TWO_TERMS)),
    each("vw", "VW, 16", VectorWise(16)),
    each("bw", "BW, 32x32", BlockWise(32)),
    Pattern("bw-together", "BW, 32x32", TOGETHER, BlockWise(32)),
)


# Compared where they are asked for.
VARIANTS = (
    each("tw-32-even", "TW, G = 32, even scores", TileWise(32, evenly=True)),
    Pattern(
        "tw-128-together-even", "TW, G = 128, even scores", TOGETHER, TileWise(128, evenly=True)
    ),
)


@dataclass(frozen=True)
class Study:
    """What is pruned, and how it is trained on."""

    parameters: Parameters
    digits: Digits
    schedule: Schedule
    seeds: int

    def measure(self, stage: Stage) -> Outcome:
        test = self.digits.test
        correct = find_correct(stage.parameters, test.images, test.labels)
        return Outcome(correct, stage.achieved, stage.macs_left)

    def tune(
        self, pattern: Pattern, seed: int, sparsities: Sequence[float], progress: Progress
    ) -> dict[float, Outcome]:
        """The outcome of each sparsity, by one run through the stages."""
        stages = [stage for stage in STAGES if stage <= max(sparsities)]
        rng = np.random.default_rng(seed)
        tuned = prune_gradually(
            self.parameters, pattern.pruning, stages, self.digits.training, self.schedule, rng
        )
        outcomes = {}
        for i, stage in enumerate(tuned):
            progress.show(f"{pattern.key}, seed {seed}: stage", i + 1, len(stages))
            if stage.sparsity in sparsities:
                outcomes[stage.sparsity] = self.measure(stage)
        return outcomes

    def compare(
        self, pattern: Pattern, sparsities: Sequence[float], progress: Progress
    ) -> dict[float, Comparison]:
        runs = [self.tune(pattern, seed, sparsities, progress) for seed in range(self.seeds)]
        return {
            sparsity: Comparison(
                get_title(pattern, sparsity),
                pattern.layers,
                self.measure(prune(self.parameters, pattern.pruning, sparsity)),
                [run[sparsity] for run in runs],
            )
            for sparsity in sparsities
        }


def get_title(pattern: Pattern, sparsity: float) -> str:
    """As in tables; of series that is chosen by the sparsity, too."""
    rule = getattr(pattern.pruning, "pruning", None)
    if not isinstance(rule, SeriesWise):
        return pattern.title
    return f"{pattern.title}, {write_terms(rule.choose(sparsity))}"


def report(study: Study, keys: Sequence[str], sparsities: Sequence[float]) -> str:
    """A table for each sparsity, of the patterns named by `keys`, else of all but variants."""
    progress = Progress()
    chosen = [pattern for pattern in (*PATTERNS, *VARIANTS) if pattern.key in keys]
    chosen = chosen or list(PATTERNS)
    if REFERENCE not in chosen:
        chosen.append(REFERENCE)
    compared = {pattern: study.compare(pattern, sparsities, progress) for pattern in chosen}
    progress.clear()
    tables = [
        f"### {100 * sparsity:g} %\n\n"
        + write_table([rows[sparsity] for rows in compared.values()], compared[REFERENCE][sparsity])
        for sparsity in sparsities
    ]
    return "\n".join(tables)
