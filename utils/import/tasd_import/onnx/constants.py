# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Computes once, by onnxruntime, what depends on weights alone."""

import math

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

from ..failure import Failure
from . import graph as graphs
from .weights import Weights

# A node whose result is larger than its operands by more than this factor stays:
# copies of weights would be all that it adds.
LARGEST_GROWTH = 4


class Folder:
    """Replaces nodes of a graph by weights."""

    def __init__(self, model: onnx.ModelProto, weights: Weights) -> None:
        self.model, self.graph, self.weights = model, model.graph, weights
        self.small = {tensor.name: tensor for tensor in self.graph.initializer}
        self.sizes = {value.name: _count(value) for value in self.graph.value_info}
        self.quantized = _quantized_inputs(self.graph)

    def fold(self) -> None:
        """Computes nodes in order, so that one may use what another gave."""
        nodes = []
        for node in self.graph.node:
            if self._is_foldable(node):
                self._compute(node)
            else:
                self._transpose_gemm(node)
                self._drop_zero_point(node)
                nodes.append(node)
        del self.graph.node[:]
        self.graph.node.extend(nodes)

    def _is_foldable(self, node: onnx.NodeProto) -> bool:
        if not all(not name or self._is_constant(name) for name in node.input):
            return False
        if node.op_type == "DequantizeLinear":
            return node.output[0] not in self.quantized
        # onnxsim has folded what is small.
        sizes = [self.weights[name].size for name in node.input if name in self.weights]
        most = LARGEST_GROWTH * max(sizes, default=0)
        return all(self.sizes.get(name, math.inf) <= most for name in node.output if name)

    def _is_constant(self, name: str) -> bool:
        return name in self.weights or name in self.small

    def _compute(self, node: onnx.NodeProto) -> None:
        values = {name: self._value(name) for name in node.input if name}
        inputs = [_describe(name, array) for name, array in values.items()]
        outputs = [onnx.ValueInfoProto(name=name) for name in node.output if name]
        graph = helper.make_graph([node], "constant", inputs, outputs)
        single = helper.make_model(
            graph, opset_imports=self.model.opset_import, ir_version=self.model.ir_version
        )
        try:
            session = onnxruntime.InferenceSession(single.SerializeToString())
            results = session.run(None, values)
        except Exception as error:  # pylint: disable=broad-except
            # onnxruntime has no common base of what it raises.
            raise Failure(f"node '{node.name}' ({node.op_type}): {error}") from error
        for output, array in zip(outputs, results, strict=True):
            self._add(output.name, np.asarray(array))

    def _value(self, name: str) -> np.ndarray:
        if name in self.weights:
            return self.weights[name]
        return numpy_helper.to_array(self.small[name])

    def _add(self, name: str, array: np.ndarray) -> None:
        self.weights[name] = array
        self.graph.input.append(_describe(name, array))

    def _transpose_gemm(self, node: onnx.NodeProto) -> None:
        """Stores the weights of a Gemm as it multiplies them."""
        if node.op_type != "Gemm" or node.input[1] not in self.weights:
            return
        transposed = next((attr for attr in node.attribute if attr.name == "transB"), None)
        if transposed is None or not transposed.i:
            return
        name = f"{node.input[1]}.transposed"
        if name not in self.weights:
            self._add(name, self.weights[node.input[1]].T)
        node.input[1] = name
        transposed.i = 0

    def _drop_zero_point(self, node: onnx.NodeProto) -> None:
        """Weights that nothing is subtracted from stay visible."""
        if node.op_type not in ("ConvInteger", "MatMulInteger") or len(node.input) < 4:
            return
        point = self.small.get(node.input[3])
        if point is not None and not numpy_helper.to_array(point).any():
            del node.input[3]


def _describe(name: str, array: np.ndarray) -> onnx.ValueInfoProto:
    element = helper.np_dtype_to_tensor_dtype(array.dtype)
    return helper.make_tensor_value_info(name, element, array.shape)


def _count(value: onnx.ValueInfoProto) -> float:
    if graphs.open_dims(value):
        return math.inf
    return math.prod(dim.dim_value for dim in value.type.tensor_type.shape.dim)


def _quantized_inputs(graph: onnx.GraphProto) -> set[str]:
    """What layers multiply as integers: both operands are dequantized, with one
    scale for the whole tensor. The converter computes others in floats."""
    scalars = {tensor.name for tensor in graph.initializer if math.prod(tensor.dims) == 1}
    dequantized = {
        node.output[0]
        for node in graph.node
        if node.op_type == "DequantizeLinear" and node.input[1] in scalars
    }
    return {
        name
        for node in graph.node
        if node.op_type in ("Conv", "ConvTranspose", "Gemm", "MatMul")
        and dequantized.issuperset(node.input[:2])
        for name in node.input
    }
