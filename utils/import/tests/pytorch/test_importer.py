# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""PyTorch models compute in linalg what they compute in PyTorch."""

import json
import os
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

import networks
import torch
from tasd_import import evaluation
from tasd_import.failure import Failure
from tasd_import.pytorch import importer
from tasd_import.tools import run_tool

LAYERS = {
    "stem.0": "2:4",
    "encoder.attention": "2:4",
    "encoder.attention#1": None,
    "encoder.attention#2": None,
    "encoder.attention#3": "2:4",
    "encoder.up": "2:4",
    "encoder.down": "2:4",
    "head": "2:4",
}


class Importer(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.output = Path(folder.name, "out.mlirbc")
        self.addCleanup(os.chdir, os.getcwd())
        # Factories are looked for where the command runs.
        os.chdir(Path(__file__).parent)

    def check_outputs(self, make: Callable = networks.make_network) -> None:
        network, arguments = make()
        with torch.no_grad():
            wanted = network.eval()(*arguments).numpy()
        got = evaluation.run_imported(self.output, [value.numpy() for value in arguments])
        (difference,) = evaluation.measure(got, [wanted])
        self.assertTrue(difference.is_within(2e-6), str(difference))

    def test_factory(self):
        importer.import_model("networks:make_network", self.output)
        self.check_outputs()
        passes = ("--tasd-plan=series=2:4", "--tasd-print-plan=json")
        rows = json.loads(run_tool("tasd-opt", self.output, *passes, "-o", "/dev/null").out)
        self.assertEqual({row["name"]: row["series"] for row in rows}, LAYERS)

    def test_constants_of_ops(self):
        importer.import_model("networks:make_grouped", self.output)
        self.check_outputs(networks.make_grouped)

    def test_same_bytes(self):
        importer.import_model("networks:make_network", self.output)
        first = self.output.read_bytes()
        importer.import_model("networks:make_network", self.output)
        self.assertEqual(self.output.read_bytes(), first)

    def test_exported_program(self):
        network, arguments = networks.make_network()
        path = self.output.with_name("network.pt2")
        torch.export.save(torch.export.export(network.eval(), arguments), path)
        importer.import_model(str(path), self.output)
        self.check_outputs()

    def test_bfloat16(self):
        importer.import_model("networks:make_bfloat16", self.output)
        text = run_tool("tasd-opt", self.output, "--mlir-elide-resource-strings-if-larger=1").out
        self.assertIn("dense_resource<stem.0.weight> : tensor<32x3x4x4xbf16>", text)

    def test_op_that_stays(self):
        with self.assertRaisesRegex(Failure, "'sort': torch-mlir cannot convert it: "):
            importer.import_model("networks:make_sorter", self.output)
        self.assertFalse(self.output.exists())

    def test_state(self):
        with self.assertRaisesRegex(Failure, r"without state but it writes to \['calls'\]"):
            importer.import_model("networks:make_counter", self.output)

    def test_no_such_model(self):
        for model, reason in {
            "networks": "expected FILE.pt2 or MODULE:FACTORY but got 'networks'",
            "networks:none": "has no attribute 'none'",
            "nowhere:make": "No module named 'nowhere'",
            "networks:make_nothing": "expected a module and its arguments",
            "networks:make_empty": "expected a module and its arguments",
            "networks:make_mistake": "networks:make_mistake: ValueError: mistake",
            "none.pt2": "none.pt2: No such file",
        }.items():
            with self.subTest(model), self.assertRaisesRegex(Failure, reason):
                importer.import_model(model, self.output)


if __name__ == "__main__":
    unittest.main()
