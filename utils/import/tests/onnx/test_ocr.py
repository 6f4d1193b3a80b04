# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A trained network, PP-OCRv4's text recogniser, and how its words are read."""

import subprocess
import sys
import unittest
from pathlib import Path

import numpy as np
from support import ImportTest
from tasd_import import command, environment, evaluation
from tasd_import.onnx import importer

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from networks import ocr


class Reading(unittest.TestCase):
    SYMBOLS = ["", "a", "b", " "]

    def read(self, *classes: int) -> str:
        return ocr.decode(np.eye(len(self.SYMBOLS))[list(classes)], self.SYMBOLS)

    def test_repetitions_merge(self):
        self.assertEqual(self.read(1, 1, 0, 1, 2, 2), "aab")

    def test_nothing(self):
        self.assertEqual(self.read(0, 0, 0), "")

    def test_spaces_fold(self):
        self.assertEqual(self.read(3, 1, 3, 0, 3, 2, 3), "a b")

    def test_edits(self):
        for got, wanted, edits in (
            ("abc", "abc", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("xabc", "abc", 1),
            ("abd", "abc", 1),
            ("kitten", "sitting", 3),
        ):
            with self.subTest(got=got, wanted=wanted):
                self.assertEqual(ocr.count_edits(got, wanted), edits)


class Recogniser(ImportTest):
    """The trained network, fetched."""

    def setUp(self) -> None:
        super().setUp()
        self.networks = environment.REPOSITORY / "build" / "networks"
        fetch = environment.REPOSITORY / "utils" / "fetch-networks.sh"
        done = subprocess.run(
            [fetch, "--dir", self.networks, "ocr"], stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode == environment.UNAVAILABLE:
            self.skipTest("the network ocr cannot be downloaded")
        self.assertEqual(done.returncode, 0)

    def test_words(self):
        self.source = Path(self.networks, ocr.MODEL)
        importer.import_model(self.source, self.output, [command.parse_shape(ocr.IMPORT[1])])
        words = ocr.inputs(self.networks)[:3]
        outputs = evaluation.run_imported(self.output, [words])
        original = evaluation.run_original("onnx", self.source, [words])
        (difference,) = evaluation.measure(outputs, original)
        self.assertTrue(difference.is_within(1e-4), str(difference))
        symbols = ocr.alphabet(self.networks)
        read = [ocr.decode(scores, symbols) for scores in outputs[0]]
        self.assertEqual(read, ocr.make_words()[:3])
        plans = self.plan_layers()
        self.assertEqual(len(plans), 51)
        self.assertEqual(sum(series == "2:4" for series in plans.values()), 33)


if __name__ == "__main__":
    unittest.main()
