# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Better terms of the network of handwritten digits, which nothing has to be fetched for."""

import sys
import tempfile
import unittest
from pathlib import Path

from tasd_import import environment

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from networks import digits, evaluation, terms


class Digits(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.measurement = terms.Measurement(digits, digits.DATA, Path(folder.name))

    def test_rows(self):
        """What is measured was not profiled."""
        images = digits.inputs(digits.DATA)
        seen, unseen = evaluation.split_rows(digits, images)
        self.assertEqual((len(seen), len(unseen)), (300, 900))
        self.assertFalse(set(seen) & set(unseen))

    def test_documented(self):
        """What docs/BetterTerms.md says of 2:4 is what is measured."""
        document = (environment.REPOSITORY / "docs" / "BetterTerms.md").read_text().splitlines()
        for each in terms.ALL_TERMS:
            with self.subTest(each.name):
                row = self.measurement.get_row(evaluation.Plan("2:4"), each)
                self.assertIn(f"| {' | '.join(row)} |", document)

    def test_orders_and_profiles_are_made_once(self):
        ordered = self.measurement.order("2:4")
        self.assertIs(self.measurement.order("2:4"), ordered)
        profiles = [self.measurement.profile(dense) for dense in (ordered, self.measurement.module)]
        self.assertNotEqual(*profiles)
        self.assertIs(self.measurement.profile(ordered), profiles[0])


if __name__ == "__main__":
    unittest.main()
