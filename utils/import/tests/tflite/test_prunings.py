# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Thresholds and masks of several layers that are pruned together."""

import itertools
import sys
import unittest

import numpy as np

from tasd_import import environment

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from patterns import definitions
from patterns.prunings import (
    BlockWise,
    ElementWise,
    LayerByLayer,
    SeriesWise,
    TileWise,
    VectorWise,
    choose_threshold,
)


def make_matrices(*shapes):
    rng = np.random.default_rng(0)
    return [rng.standard_normal(shape).astype(np.float32) for shape in shapes]


class Thresholds(unittest.TestCase):
    def test_between_scores(self):
        self.assertEqual(choose_threshold([np.array([4.0, 1.0]), np.array([2.0])], 0.25), 1.5)

    def test_no_share(self):
        self.assertEqual(choose_threshold([np.array([4.0, 1.0])], 0), 0)

    def test_no_scores(self):
        self.assertEqual(choose_threshold([], 0.5), 0)


class TilesByHand(unittest.TestCase):
    # Columns score 5/2, 0, 1/2 and 1/2, 2/2, 0.
    MATRICES = [
        np.array([[3.0, 0.0, 0.0], [4.0, 0.0, 1.0]]),
        np.array([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0]]),
    ]

    def test_columns_then_rows(self):
        """Of 0.4375 each dimension leaves out 0.25: the first of the scores 0, 0, 1/2, 1/2,
        1, 5/2 of columns up to 1/8, and the first of 1/3, 2/3, 3/3, sqrt(17)/3 of rows up to
        7/12."""
        pruned = TileWise(128).prune(self.MATRICES, 0.4375)
        self.assertEqual(pruned.thresholds["columns"], 0.125)
        self.assertAlmostEqual(pruned.thresholds["rows"], 7 / 12)
        kept = [mask.astype(int).tolist() for mask in pruned.masks]
        self.assertEqual(kept, [[[1, 0, 1], [1, 0, 1]], [[0, 0, 0], [1, 1, 0]]])

    def test_rows_alone(self):
        """Half of the scores 1/3, 2/3, 1, sqrt(17)/3."""
        pruned = TileWise(128, fixed=True).prune(self.MATRICES, 0.5)
        self.assertEqual(list(pruned.thresholds), ["rows"])
        self.assertAlmostEqual(pruned.thresholds["rows"], 5 / 6)
        kept = [mask.astype(int).tolist() for mask in pruned.masks]
        self.assertEqual(kept, [[[1, 1, 1], [1, 1, 1]], [[0, 0, 0], [0, 0, 0]]])

    def test_overlay_gives_the_largest_back(self):
        """The tiles leave out one non-zero, and an eighth of 12 elements may come back."""
        pruned = TileWise(128, delta=0.125).prune(self.MATRICES, 0.3125)
        self.assertEqual(pruned.masks[1].astype(int).tolist(), [[1, 0, 0], [1, 1, 0]])
        self.assertEqual(pruned.thresholds["above"], 0)

    def test_non_zeros_are_kept(self):
        """Without a share to leave out, all-zero columns and rows alone go."""
        pruned = TileWise(2).prune(self.MATRICES, 0)
        for matrix, mask in zip(self.MATRICES, pruned.masks, strict=True):
            self.assertFalse(np.any(matrix[~mask]))
            self.assertFalse(np.any(mask[:, ~matrix.any(axis=0)]))


class Properties(unittest.TestCase):
    MATRICES = make_matrices((96, 160), (160, 96), (33, 7), (1, 40), (40, 1))
    PRUNINGS = [
        ElementWise(),
        VectorWise(),
        BlockWise(8),
        TileWise(16),
        TileWise(128),
        TileWise(16, evenly=True),
        TileWise(16, fixed=True),
        TileWise(16, delta=0.05),
        TileWise(16, inner=(2, 4)),
        SeriesWise((((1, 4), (2, 8)), ((2, 8),), ((1, 8),))),
    ]

    def test_sparsity(self):
        """Of layers of one size, near to what was asked for."""
        matrices = make_matrices(*[(128, 128)] * 3)
        for pruning, sparsity in itertools.product(self.PRUNINGS, (0.5, 0.75, 0.875)):
            achieved = pruning.prune(matrices, sparsity).sparsity
            with self.subTest(pruning, sparsity=sparsity):
                self.assertAlmostEqual(achieved, sparsity, delta=0.03)

    def test_layers_of_more_rows_go_first(self):
        """Norms of as large elements grow with the root of K, and are divided by K."""
        small, large = make_matrices((64, 64), (1024, 64))
        pruned = TileWise(64).prune([small, large], 0.75)
        self.assertTrue(pruned.masks[0].any())
        self.assertFalse(pruned.masks[1].any())

    def test_even_scores_treat_layers_alike(self):
        matrices = make_matrices((64, 64), (1024, 64))
        pruned = TileWise(64, evenly=True).prune(matrices, 0.75)
        self.assertTrue(all(mask.any() for mask in pruned.masks))
        self.assertTrue(pruned.series.endswith(", score = rms)"))

    def test_layer_by_layer(self):
        pruned = LayerByLayer(TileWise(16)).prune(self.MATRICES, 0.75)
        for matrix, mask in zip(self.MATRICES, pruned.masks, strict=True):
            alone = TileWise(16).prune([matrix], 0.75)
            np.testing.assert_array_equal(mask, alone.masks[0])

    def test_tiles_are_rectangles(self):
        """Columns of one tile agree in the rows that they keep."""
        for matrix, mask in zip(
            self.MATRICES, TileWise(16).prune(self.MATRICES, 0.75).masks, strict=True
        ):
            columns = np.flatnonzero(mask.any(axis=0))
            for start in range(0, len(columns), 16):
                tile = mask[:, columns[start : start + 16]]
                np.testing.assert_array_equal(tile, np.tile(tile[:, :1], (1, tile.shape[1])))

    def test_tiles_of_the_whole_matrix_are_rows_and_columns(self):
        matrix = self.MATRICES[0]
        (mask,) = TileWise(128).prune([matrix[:, :128]], 0.75).masks
        np.testing.assert_array_equal(mask, np.outer(mask.any(axis=1), mask.any(axis=0)))

    def test_inner_pattern_is_inside_tiles(self):
        outer = TileWise(16).prune(self.MATRICES, 0.5)
        inner = TileWise(16, inner=(2, 4)).prune(self.MATRICES, 0.75)
        self.assertEqual(outer.thresholds, inner.thresholds)
        for a, b in zip(inner.masks, outer.masks, strict=True):
            self.assertFalse(np.any(a & ~b))

    def test_overlay_adds_its_share(self):
        tiles = TileWise(16).prune(self.MATRICES, 0.75 + 0.05)
        both = TileWise(16, delta=0.05).prune(self.MATRICES, 0.75)
        self.assertAlmostEqual(tiles.sparsity - both.sparsity, 0.05, delta=1e-4)
        left = [
            np.abs(matrix[~mask]) for matrix, mask in zip(self.MATRICES, both.masks, strict=True)
        ]
        given = [
            np.abs(matrix[a & ~b])
            for matrix, a, b in zip(self.MATRICES, both.masks, tiles.masks, strict=True)
        ]
        self.assertLessEqual(np.concatenate(left).max(), np.concatenate(given).min())

    def test_elements_keep_the_most(self):
        """No mask of as many elements keeps more of the magnitude."""
        elements = ElementWise().prune(self.MATRICES, 0.75)
        self.assertLessEqual(
            definitions.score_elements(self.MATRICES[0])[~elements.masks[0]].max(),
            elements.thresholds["above"],
        )

    def test_densest_series_that_fits(self):
        pruning = SeriesWise((((1, 4), (2, 8)), ((2, 8),), ((1, 8),)))
        chosen = [pruning.choose(sparsity) for sparsity in (0.5, 0.6, 0.75, 0.8, 0.95)]
        self.assertEqual(chosen, [((1, 4), (2, 8)), ((2, 8),), ((2, 8),), ((1, 8),), ((1, 8),)])


if __name__ == "__main__":
    unittest.main()
