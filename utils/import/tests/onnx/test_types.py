# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Half precision and quantized models keep their numbers."""

import unittest

import numpy as np
from blocks import Network
from support import ImportTest, make_inputs


class Halves(ImportTest):
    def test_half_precision(self):
        net = Network(dtype=np.float16)
        x = net.Relu(net.conv(net.input("x", [1, 3, 16, 16]), (3, 16), 3))
        x = net.Gemm(net.Flatten(net.GlobalAveragePool(x)), net.weights(24, 16), transB=1)
        model = net.finish(net.gelu(x))
        self.import_model(model)
        # Products of f16 are rounded after every sum.
        self.check_outputs(make_inputs(model), 4e-3)
        self.assertEqual(self.plan_layers(), {"/Conv_0": "2:4", "/Gemm_4": "2:4"})

    def test_half_weights(self):
        net = Network()
        x = net.input("x", [2, 5, 32])
        half = net.constant(net.random.standard_normal((32, 16)), np.float16)
        model = net.finish(net.MatMul(x, net.Cast(half, to=1)))
        self.import_model(model)
        self.check_outputs(make_inputs(model), 1e-6)
        self.assertEqual(self.plan_layers(), {"/MatMul_1": "2:4"})


class Quantized(ImportTest):
    """The difference allowed is a rounding of the last quantization."""

    def setUp(self) -> None:
        super().setUp()
        self.net = Network()

    def point(self, scale: object, zero: object) -> tuple[str, str]:
        return self.net.constant(scale, np.float32), self.net.constant(zero)

    def quantize(self, x: str, scale: float, zero: np.generic) -> str:
        point = self.point(scale, zero)
        return self.net.DequantizeLinear(self.net.QuantizeLinear(x, *point), *point)

    def quantized_weights(self, shape: tuple[int, ...], axis: int | None = None) -> str:
        random = self.net.random
        values = self.net.constant(random.integers(-127, 128, shape), np.int8)
        if axis is None:
            return self.net.DequantizeLinear(values, *self.point(0.01, np.int8(0)))
        scales = 0.001 + 0.01 * random.random(shape[axis])
        point = self.point(scales, np.zeros(shape[axis], np.int8))
        return self.net.DequantizeLinear(values, *point, axis=axis)

    def check(self, output: str, tolerance: float, plans: dict[str, str]) -> None:
        model = self.net.finish(output)
        self.import_model(model)
        self.check_outputs(make_inputs(model), tolerance)
        self.assertEqual(self.plan_layers(), plans)

    def test_scale_for_each_tensor(self):
        x = self.quantize(self.net.input("x", [4, 32]), 0.03, np.int8(-10))
        y = self.net.MatMul(x, self.quantized_weights((32, 16)))
        self.check(self.quantize(y, 0.1, np.int8(3)), 1 / 100, {"/MatMul_3": "2:4"})

    def test_scale_for_each_channel(self):
        x = self.quantize(self.net.input("x", [1, 3, 16, 16]), 0.03, np.uint8(100))
        x = self.net.Conv(x, self.quantized_weights((16, 3, 3, 3), 0), kernel_shape=[3, 3])
        x = self.quantize(self.net.GlobalAveragePool(self.net.Relu(x)), 0.005, np.uint8(0))
        y = self.net.MatMul(self.net.Flatten(x), self.quantized_weights((16, 10), 1))
        plans = {"/Conv_3": "2:4", "/MatMul_10": "2:4"}
        self.check(self.quantize(y, 0.01, np.uint8(128)), 1 / 50, plans)

    def test_weights_alone(self):
        x = self.net.input("x", [2, 5, 32])
        y = self.net.MatMul(x, self.quantized_weights((32, 16)))
        self.check(y, 1e-6, {"/MatMul_1": "2:4"})

    def test_dynamic(self):
        net = self.net
        values, scale, zero = net.DynamicQuantizeLinear(net.input("x", [4, 32]), outputs=3)
        weights = net.constant(net.random.integers(-127, 128, (32, 16)), np.int8)
        y = net.MatMulInteger(values, weights, zero, net.constant(np.int8(0)))
        y = net.Mul(net.Cast(y, to=1), net.Mul(scale, net.scalar(0.01)))
        self.check(y, 1e-6, {"/MatMulInteger_1": "2:4"})

    def test_operators(self):
        net = self.net
        point = self.point(0.03, np.uint8(5))
        weights = net.constant(net.random.integers(-127, 128, (8, 3, 3, 3)), np.int8)
        result = self.point(0.2, np.uint8(128))
        x = net.QuantizeLinear(net.input("x", [1, 3, 8, 8]), *point)
        y = net.QLinearConv(x, *point, weights, *self.point(0.01, np.int8(0)), *result)
        self.check(net.DequantizeLinear(y, *result), 1 / 100, {"/QLinearConv_1": "2:4"})


if __name__ == "__main__":
    unittest.main()
