# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What patterns keep of a matrix, against examples computed by hand."""

import math
import sys
import unittest

import numpy as np

from tasd_import import environment

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from patterns import definitions


def rows(mask):
    """A mask as text: a row of the matrix each."""
    return ["".join("x" if kept else "." for kept in row) for row in mask]


class Scores(unittest.TestCase):
    def test_columns(self):
        matrix = np.array([[3.0, 0.0], [-4.0, 0.0], [0.0, 2.0], [0.0, 0.0]])
        self.assertEqual(definitions.score_columns(matrix).tolist(), [5 / 4, 2 / 4])

    def test_sums_ascend(self):
        """Added in another order, the small ones would count."""
        small = 2.0**-27
        matrix = np.array([[1.0]] + [[small]] * 64)
        self.assertEqual(definitions.compute_norms(matrix)[0], 1.0)
        self.assertGreater(definitions.compute_norms(matrix[::-1])[0], 1.0)

    def test_sums_are_double(self):
        matrix = np.full((2, 1), 2.0**100, np.float32)
        self.assertEqual(definitions.compute_norms(matrix)[0], math.sqrt(2) * 2.0**100)

    def test_rows_of_a_tile(self):
        """Over the survivors alone, divided by all that lay where they come from."""
        matrix = np.array([[3.0, 100.0, 4.0, 100.0]])
        tile = definitions.Tile(np.array([0, 2]), width=4)
        self.assertEqual(definitions.score_rows(matrix, tile).tolist(), [5 / 4])

    def test_even_scores(self):
        """Neither K nor the width counts."""
        matrix = np.array([[3.0, 100.0, 4.0, 100.0]])
        tile = definitions.Tile(np.array([0, 2]), width=4)
        root = math.sqrt(2)
        self.assertEqual(definitions.score_rows_evenly(matrix, tile).tolist(), [5 / root])
        columns = np.array([[3.0], [4.0]])
        self.assertEqual(definitions.score_columns_evenly(columns).tolist(), [5 / root])

    def test_blocks(self):
        """Those at the edges are divided by as much."""
        matrix = np.array([[3.0, 0.0, 5.0], [0.0, 4.0, 0.0], [0.0, 0.0, -7.0]])
        scores = [[5 / 2, 5 / 2], [0.0, 7 / 2]]
        self.assertEqual(definitions.score_blocks(matrix, 2).tolist(), scores)


class Tiles(unittest.TestCase):
    def cut(self, kept, granularity):
        tiles = definitions.cut_tiles(np.array([c == "x" for c in kept]), granularity)
        return [(tile.columns.tolist(), tile.width) for tile in tiles]

    def test_of_survivors(self):
        self.assertEqual(self.cut(".x.xx.x..", 2), [([1, 3], 4), ([4, 6], 5)])

    def test_rest(self):
        self.assertEqual(self.cut("xxxxx", 2), [([0, 1], 2), ([2, 3], 2), ([4], 1)])

    def test_larger_than_the_matrix(self):
        self.assertEqual(self.cut("x..x.", 128), [([0, 3], 5)])

    def test_single(self):
        self.assertEqual(self.cut(".xx.", 1), [([1], 2), ([2], 2)])

    def test_no_survivors(self):
        self.assertEqual(self.cut("...", 2), [])

    def test_fixed(self):
        tiles = definitions.cut_fixed_tiles(5, 3)
        self.assertEqual(
            [(tile.columns.tolist(), tile.width) for tile in tiles], [([0, 1, 2], 3), ([3, 4], 2)]
        )

    def test_cover(self):
        """Each survivor is in one tile; the widths are those of the matrix."""
        rng = np.random.default_rng(0)
        for _ in range(200):
            kept = rng.random(rng.integers(1, 40)) < rng.random()
            tiles = definitions.cut_tiles(kept, int(rng.integers(1, 12)))
            columns = [column for tile in tiles for column in tile.columns]
            self.assertEqual(columns, np.flatnonzero(kept).tolist())
            self.assertEqual(sum(tile.width for tile in tiles), len(kept) if tiles else 0)


class Masks(unittest.TestCase):
    MATRIX = np.array([[9.0, 1.0, 3.0], [0.0, 2.0, 3.0], [8.0, 1.0, 0.0], [1.0, 1.0, 4.0]])

    def test_rows_are_left_out_by_tile(self):
        tiles = definitions.cut_tiles(np.array([True, False, True]), 1)
        mask = definitions.keep_rows(self.MATRIX, tiles, 1.0)
        self.assertEqual(rows(mask), ["x.x", "..x", "x..", "..x"])

    def test_thresholds_are_strict(self):
        tiles = definitions.cut_fixed_tiles(3, 1)
        mask = definitions.keep_rows(self.MATRIX, tiles, 3.0)
        self.assertEqual(rows(mask), ["x..", "...", "x..", "..x"])

    def test_inner_blocks_run_along_kept_rows(self):
        """Rows 0, 2 and 3 are kept: the first block is 0 and 2, the last one 3 alone."""
        tiles = definitions.cut_fixed_tiles(1, 1)
        matrix = np.array([[9.0], [0.0], [8.0], [1.0]])
        mask = definitions.keep_rows(matrix, tiles, 0.0, inner=(1, 2))
        self.assertEqual(rows(mask), ["x", ".", ".", "x"])

    def test_largest(self):
        matrix = np.array([[1.0], [-3.0], [2.0], [0.5], [0.0]])
        mask = definitions.keep_largest(matrix, 2, 4)
        self.assertEqual(rows(mask), [".", "x", "x", ".", "x"])

    def test_ties_go_to_the_first(self):
        mask = definitions.keep_largest(np.array([[2.0], [-2.0], [2.0]]), 1, 3)
        self.assertEqual(rows(mask), ["x", ".", "."])
        mask = definitions.keep_largest(np.full((64, 1), -1.0), 3, 64)
        self.assertEqual(np.flatnonzero(mask).tolist(), [0, 1, 2])

    def test_series_goes_on_with_the_rest(self):
        """1:2 takes 4 and 9; of 3, 1, 0 and 8 in one block of four, 1:4 takes 8."""
        matrix = np.array([[3.0], [4.0], [9.0], [8.0]])
        mask = definitions.keep_series(matrix, [(1, 2), (1, 4)])
        self.assertEqual(rows(mask), [".", "x", "x", "x"])

    def test_series_takes_nothing_twice(self):
        mask = definitions.keep_series(np.zeros((4, 1)), [(1, 4), (1, 4)])
        self.assertEqual(rows(mask), ["x", "x", ".", "."])

    def test_sums_of_one_block_size_are_one_pattern(self):
        matrix = np.random.default_rng(0).standard_normal((37, 5))
        mask = definitions.keep_series(matrix, [(2, 8), (1, 8)])
        np.testing.assert_array_equal(mask, definitions.keep_largest(matrix, 3, 8))

    def test_blocks(self):
        mask = definitions.keep_blocks(self.MATRIX, 2, 2.5)
        self.assertEqual(rows(mask), ["xx.", "xx.", "xx.", "xx."])


if __name__ == "__main__":
    unittest.main()
