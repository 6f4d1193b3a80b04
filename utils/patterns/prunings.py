# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Ways to prune several layers at once: their thresholds, and the masks these give.

A threshold is the quantile of the scores of all layers that are pruned together, as
`numpy.quantile` gives it, of the share that is to be left out. Where that share is 0 the
threshold is 0: only what holds no non-zero goes.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import definitions
from .series import Terms, write_terms

# The densest inner pattern or series is chosen that keeps no more than was asked for.
ROUNDING = 1e-9

Matrices = Sequence[np.ndarray]


@dataclass(frozen=True)
class Pruned:
    """The masks, K x N as the matrices, the thresholds by their names, and the series with
    them, as options of the compiler take it; empty where it has none."""

    masks: list[np.ndarray]
    thresholds: dict[str, float]
    series: str

    @property
    def sparsity(self) -> float:
        """What is left out, as a share of all elements."""
        return 1 - sum(map(np.sum, self.masks)) / sum(mask.size for mask in self.masks)


def choose_threshold(scores: Sequence[np.ndarray], share: float) -> float:
    """The score that the share `share` of all scores lies below."""
    together = np.concatenate([np.ravel(part) for part in scores]) if scores else np.zeros(0)
    return float(np.quantile(together, share)) if share and together.size else 0.0


def write_number(value: float) -> str:
    """The shortest that reads back the same, without a plus, which parts terms."""
    return repr(value).replace("e+", "e").removesuffix(".0")


def write_parameters(*parts: int | str | dict[str, float]) -> str:
    """As in "(128, columns = 0.5, rows = 0.25)"."""
    texts = []
    for part in parts:
        if isinstance(part, dict):
            texts += [f"{name} = {write_number(value)}" for name, value in part.items()]
        else:
            texts.append(str(part))
    return f"({', '.join(texts)})"


class Pruning(ABC):
    """A way to prune."""

    @abstractmethod
    def prune(self, matrices: Matrices, sparsity: float) -> Pruned:
        """Leaves out about the share `sparsity` of all elements together."""


@dataclass(frozen=True)
class ElementWise(Pruning):
    """EW: the largest elements are kept."""

    def prune(self, matrices: Matrices, sparsity: float) -> Pruned:
        scores = [definitions.score_elements(matrix) for matrix in matrices]
        threshold = {"above": choose_threshold(scores, sparsity)}
        masks = [score > threshold["above"] for score in scores]
        return Pruned(masks, threshold, f"csr{write_parameters(threshold)}")


@dataclass(frozen=True)
class VectorWise(Pruning):
    """VW: each `size` elements along K keep the same number."""

    size: int = 16

    def prune(self, matrices: Matrices, sparsity: float) -> Pruned:
        kept = max(1, math.floor(self.size * (1 - sparsity) + 0.5))
        masks = [definitions.keep_largest(matrix, kept, self.size) for matrix in matrices]
        return Pruned(masks, {}, write_terms([(kept, self.size)]))


@dataclass(frozen=True)
class BlockWise(Pruning):
    """BW: blocks of `size` x `size`."""

    size: int = 32

    def prune(self, matrices: Matrices, sparsity: float) -> Pruned:
        scores = [definitions.score_blocks(matrix, self.size) for matrix in matrices]
        above = choose_threshold(scores, sparsity)
        masks = [definitions.keep_blocks(matrix, self.size, above) for matrix in matrices]
        parameters = write_parameters(f"{self.size}x{self.size}", {"above": above})
        return Pruned(masks, {"above": above}, f"bsr{parameters}")


@dataclass(frozen=True)
class TileWise(Pruning):
    """TW; with `fixed` TW1; with `delta` TEW; with `inner`, an (N, M) along the rows that
    tiles keep, TVW. Scores are as published or, `evenly`, root mean squares."""

    granularity: int = 128
    fixed: bool = False
    delta: float = 0.0
    inner: tuple[int, int] | None = None
    evenly: bool = False

    def score_columns(self, matrix: np.ndarray) -> np.ndarray:
        score = definitions.score_columns_evenly if self.evenly else definitions.score_columns
        return score(matrix)

    def score_rows(self, matrix: np.ndarray, tile: definitions.Tile) -> np.ndarray:
        score = definitions.score_rows_evenly if self.evenly else definitions.score_rows
        return score(matrix, tile)

    def get_share(self, sparsity: float) -> float:
        """What tiles have to leave out beside the inner pattern. Where that alone leaves
        out more than is asked for, nothing."""
        density = self.inner[0] / self.inner[1] if self.inner else 1
        return max(0.0, (sparsity + self.delta - (1 - density)) / density)

    def cut(self, matrices: Matrices, share: float) -> tuple[list, dict[str, float]]:
        """The tiles of each matrix, and the threshold of its columns."""
        if self.fixed:
            widths = [matrix.shape[1] for matrix in matrices]
            return [definitions.cut_fixed_tiles(width, self.granularity) for width in widths], {}
        scores = [self.score_columns(matrix) for matrix in matrices]
        threshold = choose_threshold(scores, share)
        tiles = [definitions.cut_tiles(score > threshold, self.granularity) for score in scores]
        return tiles, {"columns": threshold}

    def write(self, thresholds: dict[str, float]) -> str:
        keyword = "tw1" if self.fixed else "tw"
        score = ["score = rms"] if self.evenly else []
        inner = f"*{write_terms([self.inner])}" if self.inner else ""
        return keyword + write_parameters(self.granularity, thresholds, *score) + inner

    def keep_tiles(self, matrices: Matrices, sparsity: float) -> Pruned:
        share = self.get_share(sparsity)
        # Columns and rows are left out alike.
        each = share if self.fixed else 1 - math.sqrt(1 - share)
        tiles, thresholds = self.cut(matrices, each)
        pairs = list(zip(matrices, tiles, strict=True))
        scores = [self.score_rows(matrix, tile) for matrix, parts in pairs for tile in parts]
        rows = choose_threshold(scores, each)
        masks = [
            definitions.keep_rows(matrix, parts, rows, self.inner, self.score_rows)
            for matrix, parts in pairs
        ]
        thresholds["rows"] = rows
        return Pruned(masks, thresholds, self.write(thresholds))

    def prune(self, matrices: Matrices, sparsity: float) -> Pruned:
        tiles = self.keep_tiles(matrices, sparsity)
        if not self.delta:
            return tiles
        # What is left out is scored; what is kept counts as 0.
        pairs = zip(matrices, tiles.masks, strict=True)
        residuals = [np.where(mask, 0, matrix) for matrix, mask in pairs]
        overlay = ElementWise().prune(residuals, 1 - self.delta)
        masks = [a | b for a, b in zip(tiles.masks, overlay.masks, strict=True)]
        thresholds = {**tiles.thresholds, **overlay.thresholds}
        return Pruned(masks, thresholds, f"{tiles.series}+{overlay.series}")


@dataclass(frozen=True)
class SeriesWise(Pruning):
    """The densest series that keeps no more than what was asked for, else the sparsest:
    each a list of (N, M)."""

    choices: tuple[Terms, ...]

    def choose(self, sparsity: float) -> Terms:
        densities = {terms: sum(n / m for n, m in terms) for terms in self.choices}
        fitting = [terms for terms in self.choices if densities[terms] <= 1 - sparsity + ROUNDING]
        if not fitting:
            return min(self.choices, key=densities.get)
        return max(fitting, key=densities.get)

    def prune(self, matrices: Matrices, sparsity: float) -> Pruned:
        terms = self.choose(sparsity)
        masks = [definitions.keep_series(matrix, terms) for matrix in matrices]
        return Pruned(masks, {}, write_terms(terms))


@dataclass(frozen=True)
class LayerByLayer(Pruning):
    """Each layer by itself, as sparse as all of them are to be."""

    pruning: Pruning

    def prune(self, matrices: Matrices, sparsity: float) -> Pruned:
        parts = [self.pruning.prune([matrix], sparsity) for matrix in matrices]
        # There is one series for each layer, so none for all.
        return Pruned([mask for part in parts for mask in part.masks], {}, "")
