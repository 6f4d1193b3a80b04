# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The blocks of common networks compute what onnxruntime does, and every layer with
weights can be planned."""

import unittest

import blocks
from support import ImportTest, make_inputs

SHAPES = {
    "resnet": [("input", (2, 3, 32, 32))],
    "bert": [
        (name, (2, 12)) for name in ("input_ids", "attention_mask", "token_type_ids")
    ],
}

# Products of two activations, and depthwise convolutions, which stay dense.
DENSE = {
    "mobilenet_v2": {"/Conv_4", "/Conv_10"},
    "mobilenet_v3": {"/Conv_4"},
    "bert": {"/MatMul_40", "/MatMul_44"},
    "minilm": {"/MatMul_15", "/MatMul_19"},
    "vit": {"/MatMul_15", "/MatMul_18"},
}
LAYERS = {
    "resnet": 8,
    "vgg": 5,
    "mobilenet_v2": 9,
    "mobilenet_v3": 8,
    "bert": 9,
    "minilm": 4,
    "vit": 8,
}

# Relative to the largest output; float32 has 6e-8 for one rounding.
TOLERANCE = 2e-6


class Networks(ImportTest):
    def check(self, name: str) -> None:
        model = getattr(blocks, name)()
        shapes = SHAPES.get(name, [])
        self.import_model(model, shapes)
        self.check_outputs(make_inputs(model, shapes), TOLERANCE)
        plans = self.plan_layers()
        self.assertEqual(len(plans), LAYERS[name])
        dense = {layer for layer, series in plans.items() if not series}
        self.assertEqual(dense, DENSE.get(name, set()))
        self.assertLessEqual(set(plans), {node.name for node in model.graph.node})

    def test_resnet(self):
        self.check("resnet")

    def test_vgg(self):
        self.check("vgg")

    def test_mobilenet_v2(self):
        self.check("mobilenet_v2")

    def test_mobilenet_v3(self):
        self.check("mobilenet_v3")

    def test_bert(self):
        self.check("bert")

    def test_minilm(self):
        self.check("minilm")

    def test_vit(self):
        self.check("vit")


if __name__ == "__main__":
    unittest.main()
