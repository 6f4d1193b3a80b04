# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Networks in ONNX, pruned: which weights, in which order, and what is left."""

import sys
import unittest

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tasd_import import environment

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from networks import prunings
from patterns.prunings import SeriesWise


def make_model() -> onnx.ModelProto:
    """Convolutions of 2x3x5x5, the second of them depthwise, and a product."""
    rng = np.random.default_rng(0)
    weights = {
        "first": rng.random((4, 3, 3, 3)),
        "depthwise": rng.random((4, 1, 3, 3)),
        "pruned": rng.random((6, 4, 1, 2)),
        "last": rng.random((6, 5, 1, 1)).reshape(5, 6, 1, 1),
    }
    nodes = [
        helper.make_node("Conv", ["x", "first"], ["a"], name="0", pads=[1, 1, 1, 1]),
        helper.make_node("Conv", ["a", "depthwise"], ["b"], name="1", group=4),
        helper.make_node("Conv", ["b", "pruned"], ["c"], name="2"),
        helper.make_node("Conv", ["c", "last"], ["y"], name="3"),
    ]
    graph = helper.make_graph(
        nodes,
        "main",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 3, 5, 5])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 5, 3, 2])],
        [
            numpy_helper.from_array(array.astype(np.float32), name)
            for name, array in weights.items()
        ],
    )
    model = helper.make_model(graph)
    return onnx.shape_inference.infer_shapes(model, strict_mode=True)


class Prunings(unittest.TestCase):
    def test_layers(self):
        """Neither the first nor the last nor the depthwise one; six positions of an input."""
        (layer,) = prunings.find_layers(make_model())
        self.assertEqual(layer, prunings.Layer("pruned", (2, 3, 1, 0), 6))

    def test_transposed_product(self):
        node = helper.make_node("Gemm", ["x", "w"], ["y"], transB=1)
        self.assertEqual(prunings.get_order(node, 2), (1, 0))
        node = helper.make_node("MatMul", ["x", "w"], ["y"])
        self.assertEqual(prunings.get_order(node, 2), (0, 1))
        self.assertIsNone(prunings.get_order(node, 3))

    def test_matrix(self):
        """A column of each output, of windows and then channels."""
        array = np.arange(48).reshape(6, 4, 1, 2)
        matrix = prunings.get_matrix(array, (2, 3, 1, 0))
        self.assertEqual(matrix.shape, (8, 6))
        self.assertEqual(matrix[:, 0].tolist(), [0, 2, 4, 6, 1, 3, 5, 7])

    def test_mask(self):
        array = np.arange(48, dtype=np.float32).reshape(6, 4, 1, 2)
        matrix = prunings.get_matrix(array, (2, 3, 1, 0))
        left = prunings.get_weights(matrix % 3 == 0, array, (2, 3, 1, 0))
        np.testing.assert_array_equal(left, np.where(array % 3 == 0, array, 0))

    def test_series_keep_no_more(self):
        for sparsity, texts in prunings.SERIES.items():
            for text in texts:
                pruning = prunings.make_series(text).pruning
                self.assertIsInstance(pruning, SeriesWise)
                self.assertLess(
                    pruning.prune([np.ones((32, 1))], 0).masks[0].mean(), 1.07 - sparsity
                )


if __name__ == "__main__":
    unittest.main()
