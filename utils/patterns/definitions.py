# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What each pattern keeps of one matrix, its thresholds given.

Matrices are K x N: a column for each output, as in the publications on tile-wise
sparsity. All sums are of doubles, in ascending order, so that whoever adds in the same
order gets the same scores. What scores strictly more than a threshold is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


def compute_norms(matrix: np.ndarray) -> np.ndarray:
    """The L2 norm of each column; 0 of columns without elements."""
    if not len(matrix):
        return np.zeros(matrix.shape[1])
    # NumPy's own sums go pairwise.
    return np.sqrt(np.cumsum(np.square(matrix, dtype=np.float64), axis=0)[-1])


def score_columns(matrix: np.ndarray) -> np.ndarray:
    """TW: the L2 norm of each column, divided by K."""
    return compute_norms(matrix) / len(matrix)


@dataclass(frozen=True)
class Tile:
    """Surviving columns, and how many columns lay where they come from."""

    columns: np.ndarray
    width: int


def cut_tiles(kept: np.ndarray, granularity: int) -> list[Tile]:
    """TW: tiles of exactly `granularity` of the columns that `kept` holds, of the last
    the rest. A tile begins where the one before ends, after its last survivor; the last
    one ends with the matrix."""
    survivors = np.flatnonzero(kept)
    parts = [survivors[i : i + granularity] for i in range(0, len(survivors), granularity)]
    begins = [0, *(part[-1] + 1 for part in parts[:-1])]
    ends = [*begins[1:], len(kept)]
    return [Tile(part, int(ends[i] - begins[i])) for i, part in enumerate(parts)]


def cut_fixed_tiles(num_columns: int, granularity: int) -> list[Tile]:
    """TW1: tiles of `granularity` neighbours, of the last the rest."""
    return cut_tiles(np.ones(num_columns, bool), granularity)


def score_rows(matrix: np.ndarray, tile: Tile) -> np.ndarray:
    """TW: the L2 norm of each row over the tile's columns, divided by its width."""
    return compute_norms(matrix[:, tile.columns].T) / tile.width


def score_columns_evenly(matrix: np.ndarray) -> np.ndarray:
    """Not published, score = rms: the root mean square of each column, whatever K is."""
    return compute_norms(matrix) / np.sqrt(len(matrix))


def score_rows_evenly(matrix: np.ndarray, tile: Tile) -> np.ndarray:
    """Not published, score = rms: the root mean square of each row over the tile's columns."""
    return compute_norms(matrix[:, tile.columns].T) / np.sqrt(len(tile.columns))


def score_elements(matrix: np.ndarray) -> np.ndarray:
    """EW: the magnitude of each element."""
    return np.abs(matrix).astype(np.float64)


def keep_rows(
    matrix: np.ndarray,
    tiles: list[Tile],
    threshold: float,
    inner: tuple[int, int] | None = None,
    score: Callable[[np.ndarray, Tile], np.ndarray] = score_rows,
) -> np.ndarray:
    """The mask of the tiles' columns, rows left out tile by tile by their `score`. TVW: of
    the rows that a tile keeps, one after the other, `inner` (N, M) keeps some elements of
    each column."""
    mask = np.zeros(matrix.shape, bool)
    for tile in tiles:
        rows = np.flatnonzero(score(matrix, tile) > threshold)
        place = np.ix_(rows, tile.columns)
        mask[place] = keep_largest(matrix[place], *inner) if inner else True
    return mask


def keep_largest(matrix: np.ndarray, n: int, m: int) -> np.ndarray:
    """N:M along K, and VW: the mask of the `n` largest magnitudes of each `m` elements of a
    column, of equals the first."""
    return keep_series(matrix, [(n, m)])


def keep_series(matrix: np.ndarray, terms: list[tuple[int, int]]) -> np.ndarray:
    """The mask of a series: each (N, M) takes of what those before it left."""
    mask = np.zeros(matrix.shape, bool)
    for n, m in terms:
        # What is taken comes after all that is not.
        rest = np.where(mask, -1, score_elements(matrix))
        for begin in range(0, len(matrix), m):
            chosen = np.argsort(-rest[begin : begin + m], axis=0, kind="stable")[:n]
            np.put_along_axis(mask[begin : begin + m], chosen, True, axis=0)
    return mask


def score_blocks(matrix: np.ndarray, size: int) -> np.ndarray:
    """BW: of each block of `size` x `size` the L2 norm, divided by `size`; those at the
    edges may hold less. An output's elements are added up before the next one's."""
    starts = [range(0, extent, size) for extent in matrix.shape]
    scores = [
        [compute_norms(matrix[i : i + size, j : j + size].T.reshape(-1, 1))[0] for j in starts[1]]
        for i in starts[0]
    ]
    return np.array(scores) / size


def keep_blocks(matrix: np.ndarray, size: int, threshold: float) -> np.ndarray:
    """BW: the mask of the blocks that score more."""
    kept = np.repeat(score_blocks(matrix, size) > threshold, size, axis=0)
    return np.repeat(kept, size, axis=1)[: matrix.shape[0], : matrix.shape[1]]
