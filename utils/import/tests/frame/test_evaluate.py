# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The options of utils/evaluate-networks.py."""

import argparse
import importlib.util
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

from tasd_import import environment, markdown
from tasd_import.failure import Failure

SCRIPT = environment.REPOSITORY / "utils" / "evaluate-networks.py"


def load_script():
    """Its name is none that an import statement takes."""
    spec = importlib.util.spec_from_file_location("evaluate_networks", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load_script()


class Plans(unittest.TestCase):
    SERIES = ("2:4", "4:8", "2:4")

    def choose(self, short=False, series=None):
        network = SimpleNamespace(PLANS=[SimpleNamespace(series=name) for name in self.SERIES])
        options = argparse.Namespace(short=short, series=series)
        return [plan.series for plan in script.choose_plans(network, options)]

    def test_all(self):
        self.assertEqual(self.choose(), ["2:4", "4:8", "2:4"])

    def test_short(self):
        self.assertEqual(self.choose(short=True), ["2:4"])

    def test_series(self):
        self.assertEqual(self.choose(series=["2:4"]), ["2:4", "2:4"])

    def test_unknown_series(self):
        with self.assertRaisesRegex(Failure, "a series among 2:4, 4:8 but got '1:3'"):
            self.choose(series=["2:4", "1:3"])


class Tables(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.document = Path(folder.name, "d.md")

    def test_around(self):
        self.document.write_text("a\n<!-- begin pose -->\nold\n<!-- end pose -->\nb\n")
        around = ("a\n<!-- begin pose -->\n", "<!-- end pose -->\nb\n")
        self.assertEqual(markdown.find_tables(self.document, "pose"), around)

    def test_no_place(self):
        table = "<!-- begin pose -->\n<!-- end pose -->\n"
        for text in ("", "<!-- end pose -->\n<!-- begin pose -->\n", table + table):
            self.document.write_text(text)
            with (
                self.subTest(text),
                self.assertRaisesRegex(Failure, "expected one <!-- begin pose"),
            ):
                markdown.find_tables(self.document, "pose")

    def test_no_document(self):
        with self.assertRaisesRegex(Failure, "d.md: No such file or directory"):
            markdown.find_tables(self.document, "pose")


if __name__ == "__main__":
    unittest.main()
