# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Small networks with seeded weights, node for node as the usual exporters write
them: the blocks of ResNet, VGG, MobileNet, BERT and ViT."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Shape = Sequence[int | str]


@dataclass
class Network:
    """A graph that grows node by node; methods return the name of what they add."""

    opset: int = 17
    dtype: type = np.float32
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)
    inputs: list[onnx.ValueInfoProto] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(7)

    def input(self, name: str, shape: Shape, dtype: type | None = None) -> str:
        element = helper.np_dtype_to_tensor_dtype(np.dtype(dtype or self.dtype))
        self.inputs.append(helper.make_tensor_value_info(name, element, shape))
        return name

    def weights(self, *shape: int, scale: float | None = None) -> str:
        """Random values that keep what they multiply at its scale."""
        fan = int(np.prod(shape[1:])) or 1
        values = self.random.standard_normal(shape) * (scale or fan**-0.5)
        return self.constant(values.astype(self.dtype))

    def constant(self, value: object, dtype: type | None = None) -> str:
        name = f"constant_{len(self.constants)}"
        array = np.asarray(value, dtype) if dtype else np.asarray(value)
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def ints(self, *values: int) -> str:
        return self.constant(values, np.int64)

    def scalar(self, value: float) -> str:
        return self.constant(value, self.dtype)

    def __getattr__(self, op: str):
        """`network.Conv(x, w, strides=[2, 2])` adds a node; `outputs=2` of them."""
        if op.startswith("_") or not op[0].isupper():
            raise AttributeError(op)

        def add(*operands: str, outputs: int = 1, **attributes: object) -> str | list[str]:
            index = len(self.nodes)
            results = [f"value_{index}_{i}" for i in range(outputs)]
            node = helper.make_node(op, operands, results, name=f"/{op}_{index}", **attributes)
            self.nodes.append(node)
            return results[0] if outputs == 1 else results

        return add

    def finish(self, *outputs: str) -> onnx.ModelProto:
        described = [onnx.ValueInfoProto(name=name) for name in outputs]
        graph = helper.make_graph(self.nodes, "network", self.inputs, described, self.constants)
        opsets = [helper.make_opsetid("", self.opset)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
        return onnx.shape_inference.infer_shapes(model)

    # Blocks.

    def conv(self, x: str, channels: tuple[int, int], kernel: int = 1, **options: object) -> str:
        """A convolution with bias; `options` as those of Conv, plus `bias`."""
        group = int(options.get("group", 1))
        weights = self.weights(channels[1], channels[0] // group, kernel, kernel)
        operands = [x, weights]
        if options.pop("bias", True):
            operands.append(self.weights(channels[1], scale=0.1))
        pads = [kernel // 2] * 4
        return self.Conv(*operands, kernel_shape=[kernel, kernel], pads=pads, **options)

    def batch_norm(self, x: str, channels: int) -> str:
        scale = np.abs(self.random.standard_normal((2, channels))) + 0.5
        moments = [self.constant(scale[0].astype(self.dtype)), self.weights(channels, scale=0.1)]
        moments += [self.weights(channels, scale=0.1), self.constant(scale[1].astype(self.dtype))]
        return self.BatchNormalization(x, *moments, epsilon=1e-5)

    def linear(self, x: str, extents: tuple[int, int]) -> str:
        """PyTorch's Linear on three dimensions."""
        product = self.MatMul(x, self.weights(*extents, scale=extents[0] ** -0.5))
        return self.Add(self.weights(extents[1], scale=0.1), product)

    def layer_norm(self, x: str, extent: int) -> str:
        """As opset 17 has it."""
        return self.LayerNormalization(
            x, self.weights(extent, scale=1), self.weights(extent, scale=0.1), axis=-1, epsilon=1e-6
        )

    def split_layer_norm(self, x: str, extent: int) -> str:
        """As exporters wrote it before opset 17."""
        centered = self.Sub(x, self.ReduceMean(x, axes=[-1]))
        variance = self.ReduceMean(self.Pow(centered, self.scalar(2)), axes=[-1])
        deviation = self.Sqrt(self.Add(variance, self.scalar(1e-6)))
        scaled = self.Mul(self.Div(centered, deviation), self.weights(extent, scale=1))
        return self.Add(scaled, self.weights(extent, scale=0.1))

    def gelu(self, x: str) -> str:
        """As exporters write it before opset 20."""
        erf = self.Erf(self.Div(x, self.scalar(2**0.5)))
        return self.Mul(self.Mul(x, self.Add(erf, self.scalar(1))), self.scalar(0.5))


def resnet() -> onnx.ModelProto:
    """Stem, a basic block, a bottleneck with projection and stride, head; batch
    norms stand by themselves as in an export for training, and the batch is open."""
    net = Network(opset=13)
    x = net.input("input", ["batch", 3, 32, 32])
    x = net.Relu(net.batch_norm(net.conv(x, (3, 16), 7, strides=[2, 2], bias=False), 16))
    x = net.MaxPool(x, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    y = net.Relu(net.batch_norm(net.conv(x, (16, 16), 3, bias=False), 16))
    y = net.batch_norm(net.conv(y, (16, 16), 3, bias=False), 16)
    x = net.Relu(net.Add(y, x))
    y = net.Relu(net.batch_norm(net.conv(x, (16, 8)), 8))
    y = net.Relu(net.batch_norm(net.conv(y, (8, 8), 3, strides=[2, 2]), 8))
    y = net.batch_norm(net.conv(y, (8, 32)), 32)
    x = net.batch_norm(net.conv(x, (16, 32), strides=[2, 2], bias=False), 32)
    x = net.Flatten(net.GlobalAveragePool(net.Relu(net.Add(y, x))), axis=1)
    return net.finish(net.Gemm(x, net.weights(10, 32), net.weights(10, scale=0.1), transB=1))


def vgg() -> onnx.ModelProto:
    """Convolutions with bias, max pooling, dropout, three Gemms."""
    net = Network(opset=11)
    x = net.input("input", [1, 3, 16, 16])
    for channels in ((3, 16), (16, 32)):
        x = net.Relu(net.conv(x, channels, 3, strides=[1, 1], dilations=[1, 1]))
        x = net.MaxPool(x, kernel_shape=[2, 2], strides=[2, 2], ceil_mode=0)
    x = net.Flatten(net.AveragePool(x, kernel_shape=[2, 2], strides=[2, 2]), axis=1)
    for extents in ((128, 64), (64, 64)):
        x = net.Gemm(x, net.weights(*reversed(extents)), net.weights(extents[1]), transB=1)
        x = net.Dropout(net.Relu(x))
    return net.finish(net.Softmax(net.Gemm(x, net.weights(10, 64), net.weights(10), transB=1)))


def mobilenet_v2() -> onnx.ModelProto:
    """Inverted residuals with ReLU6 as Clip."""
    net = Network(opset=13)
    x = net.input("input", [1, 3, 32, 32])

    def relu6(x: str) -> str:
        return net.Clip(x, net.scalar(0), net.scalar(6))

    x = relu6(net.conv(x, (3, 16), 3, strides=[2, 2]))
    for stride in (1, 2):
        y = relu6(net.conv(x, (16, 48)))
        y = relu6(net.conv(y, (48, 48), 3, group=48, strides=[stride, stride]))
        y = net.conv(y, (48, 16))
        x = net.Add(x, y) if stride == 1 else y
    x = net.ReduceMean(relu6(net.conv(x, (16, 64))), axes=[2, 3], keepdims=0)
    return net.finish(net.Gemm(x, net.weights(10, 64), net.weights(10), transB=1))


def mobilenet_v3() -> onnx.ModelProto:
    """Squeeze and excitation, hard swish as one op and as several."""
    net = Network(opset=14)
    x = net.input("input", [1, 3, 32, 32])
    x = net.HardSwish(net.conv(x, (3, 16), 3, strides=[2, 2]))
    y = net.Relu(net.conv(x, (16, 48)))
    y = net.conv(y, (48, 48), 5, group=48)
    gate = net.Relu(net.conv(net.GlobalAveragePool(y), (48, 16)))
    gate = net.HardSigmoid(net.conv(gate, (16, 48)), alpha=1 / 6)
    x = net.Add(x, net.conv(net.Mul(gate, y), (48, 16)))
    y = net.Clip(net.Add(x, net.scalar(3)), net.scalar(0), net.scalar(6))
    x = net.Div(net.Mul(x, y), net.scalar(6))
    x = net.Flatten(net.GlobalAveragePool(x))
    x = net.Gemm(x, net.weights(32, 16), net.weights(32), transB=1)
    return net.finish(net.Gemm(net.Mul(x, net.Sigmoid(x)), net.weights(10, 32), transB=1))


def bert() -> onnx.ModelProto:
    """Embeddings, one encoder layer with an attention mask, pooling; with the shape
    computations of an export with open batch and length."""
    net = Network(opset=14)
    hidden, heads, words = 32, 4, 50
    ids = net.input("input_ids", ["batch", "length"], np.int64)
    mask = net.input("attention_mask", ["batch", "length"], np.int64)
    types = net.input("token_type_ids", ["batch", "length"], np.int64)
    length = net.Gather(net.Shape(ids), net.constant(1, np.int64), axis=0)
    ends = net.Unsqueeze(length, net.ints(0))
    positions = net.Slice(net.constant([range(64)], np.int64), net.ints(0), ends, net.ints(1))
    x = net.Gather(net.weights(words, hidden, scale=1), ids)
    x = net.Add(x, net.Gather(net.weights(2, hidden, scale=1), types))
    x = net.Add(x, net.Gather(net.weights(64, hidden, scale=1), positions))
    x = net.split_layer_norm(x, hidden)
    bias = net.Cast(net.Unsqueeze(mask, net.ints(1, 2)), to=TensorProto.FLOAT)
    bias = net.Mul(net.Sub(net.scalar(1), bias), net.scalar(-10000))
    x = net.split_layer_norm(net.Add(_attention(net, x, bias, hidden, heads), x), hidden)
    y = net.linear(net.gelu(net.linear(x, (hidden, 64))), (64, hidden))
    x = net.split_layer_norm(net.Add(y, x), hidden)
    first = net.Gather(x, net.constant(0, np.int64), axis=1)
    pooled = net.Tanh(net.Gemm(first, net.weights(hidden, hidden), net.weights(hidden), transB=1))
    return net.finish(x, pooled)


def _attention(net: Network, x: str, bias: str, hidden: int, heads: int) -> str:
    """Queries, keys and values from weights of their own."""
    shape = net.Shape(x)
    batch = net.Unsqueeze(net.Gather(shape, net.constant(0, np.int64)), net.ints(0))
    length = net.Unsqueeze(net.Gather(shape, net.constant(1, np.int64)), net.ints(0))
    split = net.Concat(batch, length, net.ints(heads), net.ints(hidden // heads), axis=0)
    parts = [net.Reshape(net.linear(x, (hidden, hidden)), split) for _ in range(3)]
    query = net.Transpose(parts[0], perm=[0, 2, 1, 3])
    key = net.Transpose(parts[1], perm=[0, 2, 3, 1])
    value = net.Transpose(parts[2], perm=[0, 2, 1, 3])
    scores = net.Div(net.MatMul(query, key), net.scalar((hidden / heads) ** 0.5))
    scores = net.Softmax(net.Add(scores, bias), axis=-1)
    context = net.Transpose(net.MatMul(scores, value), perm=[0, 2, 1, 3])
    joined = net.Concat(batch, length, net.ints(hidden), axis=0)
    return net.linear(net.Reshape(context, joined), (hidden, hidden))


def minilm() -> onnx.ModelProto:
    """What sentence transformers add: masked mean and normalization; masks by Where
    and Expand, attention from one product split in three."""
    net = Network(opset=18)
    hidden = 24
    ids = net.input("input_ids", [2, 12], np.int64)
    mask = net.input("attention_mask", [2, 12], np.int64)
    x = net.layer_norm(net.Gather(net.weights(40, hidden, scale=1), ids), hidden)
    attended = net.Expand(net.Unsqueeze(mask, net.ints(1, 2)), net.ints(2, 1, 12, 12))
    attended = net.Cast(attended, to=TensorProto.BOOL)
    joined = net.linear(x, (hidden, 3 * hidden))
    query, key, value = net.Split(joined, outputs=3, axis=-1, num_outputs=3)
    query, key, value = (
        net.Transpose(net.Reshape(part, net.ints(0, 0, 3, 8)), perm=[0, 2, 1, 3])
        for part in (query, key, value)
    )
    scores = net.MatMul(query, net.Transpose(key, perm=[0, 1, 3, 2]))
    scores = net.Where(attended, net.Mul(scores, net.scalar(8**-0.5)), net.scalar(-3.4e38))
    y = net.Transpose(net.MatMul(net.Softmax(scores, axis=-1), value), perm=[0, 2, 1, 3])
    x = net.Add(x, net.linear(net.Reshape(y, net.ints(2, 12, hidden)), (hidden, hidden)))
    weight = net.Expand(net.Cast(net.Unsqueeze(mask, net.ints(-1)), to=1), net.Shape(x))
    total = net.ReduceSum(net.Mul(x, weight), net.ints(1), keepdims=0)
    count = net.Clip(net.ReduceSum(weight, net.ints(1), keepdims=0), net.scalar(1e-9))
    mean = net.Div(total, count)
    norm = net.Clip(net.ReduceL2(mean, net.ints(1), keepdims=1), net.scalar(1e-12))
    return net.finish(net.Div(mean, net.Expand(norm, net.Shape(mean))))


def vit() -> onnx.ModelProto:
    """Patches, class token, an encoder layer with the ops of opset 20, head."""
    net = Network(opset=20)
    hidden, heads = 32, 2
    x = net.input("pixels", [1, 3, 16, 16])
    patches = [net.weights(hidden, 3, 4, 4), net.weights(hidden)]
    x = net.Conv(x, *patches, kernel_shape=[4, 4], strides=[4, 4])
    x = net.Transpose(net.Reshape(x, net.ints(1, hidden, -1)), perm=[0, 2, 1])
    x = net.Concat(net.Expand(net.weights(1, 1, hidden), net.ints(1, 1, hidden)), x, axis=1)
    x = net.Add(x, net.weights(1, 17, hidden, scale=0.1))
    y = net.linear(net.layer_norm(x, hidden), (hidden, 3 * hidden))
    y = net.Transpose(net.Reshape(y, net.ints(1, 17, 3, heads, 16)), perm=[2, 0, 3, 1, 4])
    query, key, value = (net.Gather(y, net.constant(i, np.int64), axis=0) for i in range(3))
    scores = net.Mul(net.MatMul(query, net.Transpose(key, perm=[0, 1, 3, 2])), net.scalar(0.25))
    y = net.Transpose(net.MatMul(net.Softmax(scores), value), perm=[0, 2, 1, 3])
    x = net.Add(x, net.linear(net.Reshape(y, net.ints(1, 17, hidden)), (hidden, hidden)))
    y = net.Gelu(net.linear(net.layer_norm(x, hidden), (hidden, 64)))
    x = net.layer_norm(net.Add(x, net.linear(y, (64, hidden))), hidden)
    first = net.Squeeze(net.Slice(x, net.ints(0), net.ints(1), net.ints(1)), net.ints(1))
    return net.finish(net.Gemm(first, net.weights(10, hidden), net.weights(10), transB=1))
