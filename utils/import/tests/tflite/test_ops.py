# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Imported ops compute what the framework's interpreter computes."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from builder import Builder

from tasd_import import evaluation
from tasd_import.tflite import importer

# Of the largest value: sums are taken in another order.
TOLERANCE = 1e-5
SAME, VALID = schema.Padding.SAME, schema.Padding.VALID
RELU6 = schema.ActivationFunctionType.RELU6


def options(kind, **fields):
    result = getattr(schema, f"{kind}OptionsT")()
    for field, value in fields.items():
        assert hasattr(result, field), field
        setattr(result, field, value)
    return result


def random(*shape):
    return np.random.default_rng(3).uniform(-1, 1, shape).astype(np.float32)


class Ops(unittest.TestCase):
    """One op: inputs are random, constants follow them."""

    def check(self, kind, shapes, constants, outputs, settings=None, scale=1.0):
        """Imports the op and compares; all shapes and arrays as the op takes them."""
        builder = Builder()
        inputs = [builder.tensor(f"x{i}", shape) for i, shape in enumerate(shapes)]
        weights = [
            builder.constant(f"w{i}", np.asarray(array)) for i, array in enumerate(constants)
        ]
        results = [builder.tensor(f"y{i}", shape) for i, shape in enumerate(outputs)]
        builder.op(kind, inputs + weights, results, settings)
        self.compare(builder, inputs, results, [scale * random(*shape) for shape in shapes])

    def compare(self, builder, inputs, results, arrays):
        with tempfile.TemporaryDirectory() as folder:
            model = builder.write(Path(folder, "m.tflite"), inputs, results)
            module = Path(folder, "m.mlirbc")
            importer.import_model(model, module, [])
            got = evaluation.run_imported(module, arrays)
            wanted = evaluation.run_original("tflite", model, arrays)
        for difference in evaluation.measure(got, wanted):
            self.assertTrue(difference.is_within(TOLERANCE), str(difference))

    def test_conv(self):
        for padding, stride, dilation, extent in (
            (SAME, 1, 1, 8), (SAME, 2, 1, 4), (VALID, 1, 1, 6), (SAME, 1, 2, 8),
        ):  # fmt: skip
            with self.subTest(padding=padding, stride=stride, dilation=dilation):
                settings = options(
                    "Conv2D", padding=padding, strideH=stride, strideW=stride,
                    dilationHFactor=dilation, dilationWFactor=dilation,
                    fusedActivationFunction=RELU6,
                )  # fmt: skip
                weights = [random(5, 3, 3, 4), random(5)]
                self.check("CONV_2D", [(1, 8, 8, 4)], weights, [(1, extent, extent, 5)], settings)

    def test_depthwise_conv(self):
        for multiplier in (1, 2):
            with self.subTest(multiplier=multiplier):
                settings = options(
                    "DepthwiseConv2D", padding=SAME, strideH=2, strideW=2,
                    depthMultiplier=multiplier,
                )  # fmt: skip
                weights = [random(1, 3, 3, 4 * multiplier), random(4 * multiplier)]
                outputs = [(1, 4, 4, 4 * multiplier)]
                self.check("DEPTHWISE_CONV_2D", [(1, 8, 8, 4)], weights, outputs, settings)

    def test_transpose_conv(self):
        settings = options("TransposeConv", padding=SAME, strideH=2, strideW=2)
        builder = Builder()
        x, y = builder.tensor("x", (1, 4, 4, 3)), builder.tensor("y", (1, 8, 8, 2))
        shape = builder.constant("shape", np.array([1, 8, 8, 2], np.int32))
        weights = builder.constant("w", random(2, 3, 3, 3))
        builder.op("TRANSPOSE_CONV", [shape, weights, x], [y], settings)
        self.compare(builder, [x], [y], [random(1, 4, 4, 3)])

    def test_matrix_products(self):
        self.check(
            "FULLY_CONNECTED", [(2, 6)], [random(3, 6), random(3)], [(2, 3)],
            options("FullyConnected"),
        )  # fmt: skip
        self.check(
            "BATCH_MATMUL", [(2, 3, 4), (2, 4, 5)], [], [(2, 3, 5)], options("BatchMatMul")
        )

    def test_pooling(self):
        settings = options(
            "Pool2D", padding=SAME, strideH=2, strideW=2, filterHeight=3, filterWidth=3
        )
        for kind in ("AVERAGE_POOL_2D", "MAX_POOL_2D"):
            with self.subTest(kind):
                self.check(kind, [(1, 7, 7, 3)], [], [(1, 4, 4, 3)], settings)

    def test_arithmetic(self):
        for kind, name in (("ADD", "Add"), ("SUB", "Sub"), ("MUL", "Mul"), ("DIV", "Div")):
            with self.subTest(kind):
                right = [2 + random(4)]
                self.check(kind, [(2, 3, 4)], right, [(2, 3, 4)], options(name))

    def test_elementwise(self):
        for kind, settings in (
            ("RELU", None), ("RELU6", None), ("LOGISTIC", None), ("TANH", None),
            ("HARD_SWISH", options("HardSwish")), ("EXP", options("Exp")), ("ABS", options("Abs")),
            ("LEAKY_RELU", options("LeakyRelu", alpha=0.1)), ("NEG", options("Neg")),
            ("GELU", options("Gelu")), ("GELU", options("Gelu", approximate=True)),
            ("ELU", None), ("FLOOR", None),
        ):  # fmt: skip
            with self.subTest(kind):
                self.check(kind, [(2, 3, 5)], [], [(2, 3, 5)], settings, scale=5.0)

    def test_prelu(self):
        self.check("PRELU", [(1, 3, 3, 4)], [random(1, 1, 4)], [(1, 3, 3, 4)])

    def test_reductions(self):
        axes = [np.array([1, 2], np.int32)]
        for kind in ("MEAN", "SUM", "REDUCE_MAX"):
            with self.subTest(kind):
                settings = options("Reducer", keepDims=True)
                self.check(kind, [(2, 3, 4, 5)], axes, [(2, 1, 1, 5)], settings)

    def test_transformer_arithmetic(self):
        """What layer norms, attention masks and embeddings are exported as."""
        for kind, name in (
            ("SQUARED_DIFFERENCE", "SquaredDifference"), ("MAXIMUM", "MaximumMinimum"),
            ("MINIMUM", "MaximumMinimum"), ("POW", "Pow"),
        ):  # fmt: skip
            with self.subTest(kind):
                right = [np.full((1, 1, 4), 2, np.float32)]
                self.check(kind, [(2, 3, 4)], right, [(2, 3, 4)], options(name))
        for kind in ("RSQRT", "SQRT", "LOG"):
            with self.subTest(kind):
                builder = Builder()
                x, y = builder.tensor("x", (2, 3)), builder.tensor("y", (2, 3))
                builder.op(kind, [x], [y])
                self.compare(builder, [x], [y], [2 + random(2, 3)])

    def test_gather(self):
        builder = Builder()
        x, y = builder.tensor("x", (2, 5), np.int32), builder.tensor("y", (2, 5, 4))
        table = builder.constant("table", random(10, 4))
        builder.op("GATHER", [table, x], [y], options("Gather", axis=0))
        self.compare(builder, [x], [y], [np.arange(10, dtype=np.int32).reshape(2, 5)])

    def test_cast_and_select(self):
        builder = Builder()
        x, z = builder.tensor("x", (2, 5)), builder.constant("z", np.float32(0))
        mask, chosen = builder.tensor("mask", (2, 5), np.bool_), builder.tensor("c", (2, 5))
        numbers = builder.tensor("numbers", (2, 5))
        builder.op("GREATER", [x, z], [mask], options("Greater"))
        builder.op("SELECT_V2", [mask, x, z], [chosen], options("SelectV2"))
        builder.op("CAST", [mask], [numbers], options("Cast"))
        self.compare(builder, [x], [chosen, numbers], [random(2, 5)])

    def test_split_and_pack(self):
        builder = Builder()
        axis, x = builder.constant("axis", np.int32(1)), builder.tensor("x", (2, 6))
        parts = [builder.tensor(f"part{i}", (2, 3)) for i in range(2)]
        y = builder.tensor("y", (2, 2, 3))
        builder.op("SPLIT", [axis, x], parts, options("Split", numSplits=2))
        builder.op("PACK", parts, [y], options("Pack", axis=1, valuesCount=2))
        self.compare(builder, [x], [y], [random(2, 6)])

    def test_expand_and_squeeze(self):
        axis = [np.array([1], np.int32)]
        self.check("EXPAND_DIMS", [(2, 3)], axis, [(2, 1, 3)], options("ExpandDims"))
        settings = options("Squeeze", squeezeDims=[1])
        self.check("SQUEEZE", [(2, 1, 3)], [], [(2, 3)], settings)

    def test_softmax(self):
        self.check("SOFTMAX", [(3, 7)], [], [(3, 7)], options("Softmax", beta=1.0), scale=4.0)

    def test_shapes(self):
        self.check(
            "RESHAPE", [(2, 6)], [np.array([3, 4], np.int32)], [(3, 4)],
            options("Reshape", newShape=[3, 4]),
        )  # fmt: skip
        order = np.array([2, 0, 1], np.int32)
        self.check("TRANSPOSE", [(2, 3, 4)], [order], [(4, 2, 3)], options("Transpose"))
        self.check(
            "CONCATENATION", [(2, 3), (2, 4)], [], [(2, 7)], options("Concatenation", axis=1)
        )
        edges = np.array([[0, 0], [1, 2], [3, 0]], np.int32)
        self.check("PAD", [(1, 2, 3)], [edges], [(1, 5, 6)], options("Pad"))
        self.check("DEPTH_TO_SPACE", [(1, 2, 3, 8)], [], [(1, 4, 6, 2)],
                   options("DepthToSpace", blockSize=2))  # fmt: skip

    def test_slices(self):
        begin, size = np.array([0, 1, 2], np.int32), np.array([1, 2, 3], np.int32)
        self.check("SLICE", [(2, 4, 6)], [begin, size], [(1, 2, 3)], options("Slice"))
        end, steps = np.array([2, 4, 6], np.int32), np.array([1, 2, 2], np.int32)
        self.check(
            "STRIDED_SLICE", [(2, 4, 6)], [begin, end, steps], [(2, 2, 2)],
            options("StridedSlice"),
        )  # fmt: skip

    def test_resizing(self):
        size = [np.array([8, 8], np.int32)]
        for half, align in ((False, False), (True, False), (False, True)):
            with self.subTest(half=half, align=align):
                settings = options("ResizeBilinear", halfPixelCenters=half, alignCorners=align)
                self.check("RESIZE_BILINEAR", [(1, 4, 4, 3)], size, [(1, 8, 8, 3)], settings)

    def test_resizing_to_nearest(self):
        for half, align in ((False, False), (True, False), (False, True)):
            for old, new in ((4, 8), (4, 12), (6, 3)):
                with self.subTest(half=half, align=align, old=old, new=new):
                    settings = options(
                        "ResizeNearestNeighbor", halfPixelCenters=half, alignCorners=align
                    )
                    size = [np.array([new, new], np.int32)]
                    shapes = [(1, old, old, 2)], [(1, new, new, 2)]
                    self.check("RESIZE_NEAREST_NEIGHBOR", shapes[0], size, shapes[1], settings)


if __name__ == "__main__":
    unittest.main()
