# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The reference selection as a command, and the tables of comparisons."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

from tasd_import import environment

UTILS = environment.REPOSITORY / "utils"
sys.path.insert(0, str(UTILS))

from patterns import comparison
from patterns.comparison import Comparison, Outcome


class Select(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name, "w.npy")
        np.save(self.file, np.array([[3.0, 0.0, 1.0], [4.0, 0.0, 2.0]], np.float32))

    def run_script(self, way, *options):
        return subprocess.run(
            [sys.executable, UTILS / "select-patterns.py", way, self.file, *options],
            capture_output=True,
            text=True,
            check=False,
        )

    def select(self, way, *options):
        done = self.run_script(way, *options)
        self.assertEqual(done.stderr, "")
        return json.loads(done.stdout)

    def fail_with(self, message, way, *options):
        done = self.run_script(way, *options)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(done.stderr, f"select-patterns.py: error: {message}\n")

    def test_outputs_last(self):
        report = self.select("element-wise", "--sparsity=0.5")
        self.assertEqual(report["series"], "csr(above = 1.5)")
        self.assertEqual(report["thresholds"], {"above": 1.5})
        self.assertEqual(report["sparsity"], 0.5)
        self.assertEqual(report["layers"][0]["mask"], ["11", "00", "01"])

    def test_outputs_first(self):
        report = self.select("element-wise", "--sparsity=0.5", "--outputs=first")
        self.assertEqual(report["layers"][0]["mask"], ["100", "101"])

    def test_tiles(self):
        """All that tiles leave out is the column of zeros."""
        report = self.select("tile-wise", "--sparsity=0.5", "--granularity=1", "--inner=1:2")
        self.assertEqual(report["series"], "tw(1, columns = 0, rows = 0)*1:2")
        self.assertEqual(report["layers"][0]["mask"], ["01", "00", "01"])

    def test_fixed_tiles(self):
        report = self.select("tile-wise-columns", "--sparsity=0.5", "--granularity=3")
        self.assertRegex(report["series"], r"^tw1\(3, rows = 1\.\d+\)$")
        self.assertEqual(report["layers"][0]["mask"], ["01", "01", "01"])

    def test_overlay(self):
        report = self.select("tile-wise", "--sparsity=0.5", "--granularity=3", "--delta=0.2")
        self.assertRegex(report["series"], r"^tw\(3, columns = .*, rows = .*\)\+csr\(above = 1\)$")

    def test_blocks(self):
        report = self.select("block-wise", "--sparsity=0.5", "--granularity=2")
        self.assertRegex(report["series"], r"^bsr\(2x2, above = 1\.\d+\)$")
        self.assertEqual(report["layers"][0]["mask"], ["11", "11", "00"])

    def test_vectors(self):
        report = self.select("vector-wise", "--sparsity=0.5", "--granularity=2")
        self.assertEqual(report["series"], "1:2")
        self.assertEqual(report["layers"][0]["mask"], ["01", "10", "01"])

    def test_option_without_use(self):
        self.fail_with(
            "--delta: expected none for block-wise", "block-wise", "--sparsity=0", "--delta=0"
        )

    def test_share(self):
        message = "--sparsity: expected at least 0 and below 1 but got 1.0"
        self.fail_with(message, "element-wise", "--sparsity=1")

    def test_inner_pattern_is_sparser(self):
        message = (
            "--sparsity: expected at least 0.5, which the inner pattern has anyway, but got 0.25"
        )
        self.fail_with(message, "tile-wise", "--sparsity=0.25", "--inner=2:4")

    def test_integers(self):
        np.save(self.file, np.arange(4))
        message = f"{self.file}: expected floats of two dimensions or more but got int64 4"
        self.fail_with(message, "element-wise", "--sparsity=0.5")

    def test_not_finite(self):
        np.save(self.file, np.array([[1.0, np.nan]]))
        message = f"{self.file}: expected elements that are finite"
        self.fail_with(message, "element-wise", "--sparsity=0.5")

    def test_no_array(self):
        self.file.write_text("")
        message = f"{self.file}: expected a .npy file of numbers"
        self.fail_with(message, "element-wise", "--sparsity=0.5")


def make_outcomes(*answers):
    return [Outcome(np.array(list(text)) == "x", 0.5, 0.25) for text in answers]


class Compare(unittest.TestCase):
    def test_interval(self):
        """Differences by image 1, 0, 1/2, 0 and by seed 1/2, 1/4: their variances, of 3 and
        of 1 degree of freedom, are 11/48 and 1/32."""
        interval = comparison.compare(
            make_outcomes("xxxx", "xx.."),
            make_outcomes(".x.x", ".x.."),
        )
        self.assertEqual(interval.mean, 0.375)
        self.assertAlmostEqual(interval.half, 1.959964 * (11 / 48 / 4 + 1 / 32 / 2) ** 0.5)

    def test_same(self):
        outcomes = make_outcomes("x.x.", "xx..")
        interval = comparison.compare(outcomes, outcomes)
        self.assertEqual((interval.mean, interval.half), (0, 0))

    def test_one_seed(self):
        interval = comparison.compare(make_outcomes("xx"), make_outcomes("x."))
        self.assertAlmostEqual(interval.half, 1.959964 * (1 / 2 / 2) ** 0.5)

    def test_table(self):
        once = Outcome(np.array([True, False]), 0.5, 0.25)
        reference = Comparison("TW", "each", once, make_outcomes("xx", "x."))
        row = comparison.format_row(reference, reference)
        self.assertEqual(
            row,
            ["TW", "each", "50.0 %", "50.0 %", "50.0 %", "25.0 %", "75.00 % (50.0 to 100.0)", "-"],
        )
        text = comparison.write_table([reference], reference)
        self.assertTrue(text.endswith(f"| {' | '.join(row)} |\n"))


if __name__ == "__main__":
    unittest.main()
