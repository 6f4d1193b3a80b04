# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tests of the ONNX importer share."""

import json
import tempfile
import unittest
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import helper
from tasd_import import evaluation
from tasd_import.onnx import importer
from tasd_import.tools import run_tool

Shapes = Sequence[tuple[str | None, tuple[int, ...]]]


class ImportTest(unittest.TestCase):
    """A test with a folder of its own, in which a model is imported and run."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.source, self.output = self.folder / "model.onnx", self.folder / "model.mlirbc"

    def import_model(self, model: onnx.ModelProto, shapes: Shapes = ()) -> None:
        onnx.save(model, self.source)
        importer.import_model(self.source, self.output, shapes)

    def check_outputs(self, inputs: Sequence[np.ndarray], tolerance: float) -> None:
        """The imported module computes what onnxruntime does."""
        wanted = evaluation.run_original("onnx", self.source, inputs)
        got = evaluation.run_imported(self.output, inputs)
        self.assertGreater(len(wanted), 0)
        for difference in evaluation.measure(got, wanted):
            self.assertTrue(difference.is_within(tolerance), str(difference))
        for array in wanted:
            self.assertGreater(np.ptp(array.astype(np.float64)), 0, "a constant proves nothing")

    def plan_layers(self) -> dict[str, str]:
        """The names of the layers and the series of each; empty where left dense."""
        passes = ("--tasd-plan=series=2:4", "--tasd-print-plan=json")
        rows = json.loads(run_tool("tasd-opt", self.output, *passes, "-o", "/dev/null").out)
        return {row["name"]: row["series"] or "" for row in rows}


def make_inputs(model: onnx.ModelProto, shapes: Shapes = ()) -> list[np.ndarray]:
    """Random arguments: floats, or words and masks of zeros and ones by name."""
    random = np.random.default_rng(1)
    given = dict(shapes)
    inputs = []
    for value in model.graph.input:
        tensor = value.type.tensor_type
        shape = given.get(value.name) or tuple(dim.dim_value for dim in tensor.shape.dim)
        dtype = helper.tensor_dtype_to_np_dtype(tensor.elem_type)
        if np.issubdtype(dtype, np.integer):
            array = random.integers(0, 40 if value.name.endswith("input_ids") else 2, shape)
            array[:, 0] = 1
        else:
            array = random.standard_normal(shape)
        inputs.append(array.astype(dtype))
    return inputs
