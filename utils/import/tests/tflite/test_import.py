# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whole imports: names, shapes, quantization, determinism, and what is refused."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from builder import Builder, quantization

from tasd_import import evaluation, tools
from tasd_import.failure import Failure
from tasd_import.tflite import importer


class Import(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.model = Path(folder.name, "m.tflite")
        self.module = Path(folder.name, "m.mlirbc")
        self.rng = np.random.default_rng(11)

    def run_import(self, builder, inputs, outputs, shapes=()):
        builder.write(self.model, inputs, outputs)
        importer.import_model(self.model, self.module, list(shapes))

    def text(self):
        return tools.run_tool("tasd-opt", "--mlir-print-debuginfo", self.module).out

    def differences(self, *arrays):
        got = evaluation.run_imported(self.module, arrays)
        return evaluation.measure(got, evaluation.run_original("tflite", self.model, arrays))

    def linear(self, name="relu;linear", **fields):
        builder = Builder()
        x = builder.tensor("x", (2, 8), **fields)
        weights = builder.constant("w", self.rng.uniform(-1, 1, (4, 8)).astype(np.float32))
        y = builder.tensor(name, (2, 4))
        builder.op("FULLY_CONNECTED", [x, weights], [y], schema.FullyConnectedOptionsT())
        return builder, x, y

    def test_names(self):
        builder, x, y = self.linear()
        self.run_import(builder, [x], [y])
        self.assertIn('loc("relu"', self.text())
        self.assertNotIn(str(self.model.parent), self.text())

    def test_names_that_would_clash(self):
        builder, x, y = self.linear("relu;a")
        z = builder.tensor("relu;b", (2, 4))
        builder.op("RELU", [y], [z])
        self.run_import(builder, [x], [z])
        self.assertIn('loc("relu;a"', self.text())
        self.assertIn('loc("relu;b"', self.text())

    def test_same_bytes(self):
        builder, x, y = self.linear()
        self.run_import(builder, [x], [y])
        first = self.module.read_bytes()
        self.run_import(builder, [x], [y])
        self.assertEqual(self.module.read_bytes(), first)

    def test_order_of_results(self):
        builder, x, y = self.linear()
        z = builder.tensor("z", (2, 8))
        builder.op("RELU", [x], [z])
        self.run_import(builder, [x], [z, y])
        for difference in self.differences(self.rng.uniform(-1, 1, (2, 8)).astype(np.float32)):
            self.assertTrue(difference.is_within(1e-6), str(difference))

    def test_half_precision_weights(self):
        builder = Builder()
        x, y = builder.tensor("x", (2, 8)), builder.tensor("y", (2, 4))
        half = builder.constant("half", self.rng.uniform(-1, 1, (4, 8)).astype(np.float16))
        weights = builder.tensor("w", (4, 8))
        builder.op("DEQUANTIZE", [half], [weights], schema.DequantizeOptionsT())
        builder.op("FULLY_CONNECTED", [x, weights], [y], schema.FullyConnectedOptionsT())
        self.run_import(builder, [x], [y])
        self.assertIn("arith.constant dense_resource<", self.text())
        self.assertNotIn("f16", self.text())
        (difference,) = self.differences(self.rng.uniform(-1, 1, (2, 8)).astype(np.float32))
        self.assertTrue(difference.is_within(1e-6), str(difference))

    def test_integer_weights_dequantized(self):
        for scales, zeros in (([0.1, 0.2, 0.3, 0.4], [0] * 4), ([0.1], [7])):
            with self.subTest(scales=scales):
                self.check_dequantized(quantization(scales, zeros))

    def check_dequantized(self, scales):
        builder = Builder()
        x, y = builder.tensor("x", (2, 8)), builder.tensor("y", (2, 4))
        values = self.rng.integers(-127, 128, (4, 8)).astype(np.int8)
        stored = builder.constant("q", values, quantization=scales)
        weights = builder.tensor("w", (4, 8))
        builder.op("DEQUANTIZE", [stored], [weights], schema.DequantizeOptionsT()).version = 5
        builder.op("FULLY_CONNECTED", [x, weights], [y], schema.FullyConnectedOptionsT())
        self.run_import(builder, [x], [y])
        self.assertNotIn("i8", self.text())
        (difference,) = self.differences(self.rng.uniform(-1, 1, (2, 8)).astype(np.float32))
        self.assertTrue(difference.is_within(1e-6), str(difference))

    def test_integer_convolution(self):
        """Per-channel int8: within one unit of the interpreter's own rounding."""
        builder, scales = Builder(), self.rng.uniform(1e-3, 1e-2, 8)
        x = builder.tensor("x", (1, 8, 8, 16), np.int8, quantization=quantization([0.05], [3]))
        y = builder.tensor("y", (1, 8, 8, 8), np.int8, quantization=quantization([0.1], [-5]))
        weights = builder.constant(
            "w",
            self.rng.integers(-127, 128, (8, 3, 3, 16)).astype(np.int8),
            quantization=quantization(scales, [0] * 8),
        )
        bias = builder.constant(
            "b",
            self.rng.integers(-1000, 1000, 8).astype(np.int32),
            quantization=quantization(scales * 0.05, [0] * 8),
        )
        settings = schema.Conv2DOptionsT()
        settings.strideH = settings.strideW = 1
        builder.op("CONV_2D", [x, weights, bias], [y], settings).version = 3
        self.run_import(builder, [x], [y])
        data = self.rng.integers(-128, 128, (1, 8, 8, 16)).astype(np.int8)
        (got,) = evaluation.run_imported(self.module, [data])
        (wanted,) = evaluation.run_original("tflite", self.model, [data])
        self.assertEqual(got.dtype, np.int8)
        self.assertLessEqual(np.abs(got.astype(int) - wanted).max(), 1)

    def test_dynamic_batch(self):
        builder, x, y = self.linear(shapeSignature=[-1, 8])
        self.run_import(builder, [x], [y], [("x", (3, 8))])
        (difference,) = self.differences(self.rng.uniform(-1, 1, (3, 8)).astype(np.float32))
        self.assertTrue(difference.is_within(1e-6), str(difference))

    def refuse(self, message, builder, inputs, outputs, shapes=()):
        with self.assertRaisesRegex(Failure, message):
            self.run_import(builder, inputs, outputs, shapes)
        self.assertFalse(self.module.exists())

    def test_shapes_that_do_not_fit(self):
        builder, x, y = self.linear(shapeSignature=[-1, 8])
        self.refuse("input 'x': expected a static shape but got \\?x8", builder, [x], [y])
        for shape, message in (
            (("x", (3, 9)), "expected a shape like \\?x8 but got 3x9"),
            (("x", (3,)), "expected a shape like \\?x8 but got 3"),
            (("z", (3, 8)), "expected an input among x but got 'z'"),
        ):
            with self.subTest(shape=shape):
                self.refuse(message, builder, [x], [y], [shape])

    def test_unsupported_op(self):
        builder = Builder()
        x, y = (builder.tensor(name, (1, 2, 2, 8)) for name in "xy")
        settings = schema.LocalResponseNormalizationOptionsT()
        builder.op("LOCAL_RESPONSE_NORMALIZATION", [x], [y], settings)
        self.refuse("unsupported op LOCAL_RESPONSE_NORMALIZATION of 'y'", builder, [x], [y])

    def test_custom_op(self):
        builder = Builder()
        x, y = builder.tensor("x", (2,)), builder.tensor("y", (2,))
        builder.op("CUSTOM", [x], [y]).customCode = b"mine"
        self.refuse("unsupported op CUSTOM mine of 'y'", builder, [x], [y])

    def test_dynamic_range_quantization(self):
        builder = Builder()
        x, y = builder.tensor("x", (2, 8)), builder.tensor("y", (2, 4))
        values = self.rng.integers(-127, 128, (4, 8)).astype(np.int8)
        weights = builder.constant("w", values, quantization=quantization([0.1], [0]))
        builder.op("FULLY_CONNECTED", [x, weights], [y], schema.FullyConnectedOptionsT())
        self.refuse("FULLY_CONNECTED of 'y': .* of tensor 'w'", builder, [x], [y])

    def test_resize_that_rounds(self):
        builder = Builder()
        x, y = builder.tensor("x", (1, 4, 4, 1)), builder.tensor("y", (1, 7, 7, 1))
        size = builder.constant("size", np.array([7, 7], np.int32))
        settings = schema.ResizeNearestNeighborOptionsT()
        builder.op("RESIZE_NEAREST_NEIGHBOR", [x, size], [y], settings)
        self.refuse("RESIZE_NEAREST_NEIGHBOR of 'y': expected a size", builder, [x], [y])

    def test_op_that_contradicts_itself(self):
        builder = Builder()
        x, y = builder.tensor("x", (2, 4)), builder.tensor("y", (2, 5))
        builder.op("RELU", [x], [y])
        self.refuse("converter to TOSA failed: 'y': 'tfl.relu'", builder, [x], [y])

    def test_no_model(self):
        for data in (b"", b"hello, world", b"\0\0\0\0TFL3garbage"):
            with self.subTest(data=data):
                self.model.write_bytes(data)
                with self.assertRaisesRegex(Failure, "expected a TensorFlow Lite model"):
                    importer.import_model(self.model, self.module, [])
        self.model.unlink()
        with self.assertRaisesRegex(Failure, "No such file"):
            importer.import_model(self.model, self.module, [])


if __name__ == "__main__":
    unittest.main()
