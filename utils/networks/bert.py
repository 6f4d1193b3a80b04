# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A network in the shape of BERT's base model, with generated weights.

Twelve blocks of attention and of two linear layers, on 128 tokens of 768 features that
embeddings would give. Of the weights, which are normal, the smaller 90 % are zero: what
unstructured pruning leaves. It has no job, and so no quality: of a plan only the share of
the magnitude that it keeps can be said.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

KIND = "onnx"
MODEL = "bert-shaped.onnx"
TITLE = "A network in the shape of BERT-base, of generated weights that are 90 % zero"

BATCHES = {batch: ["--input-shape", f"tokens={batch}x128x768"] for batch in (1, 32)}
MIN_QUALITY = 0.99

BLOCKS, WIDTH, INNER, HEADS, TOKENS = 12, 768, 3072, 12, 128
SPARSITY = 0.9
INPUT = "tokens"


def draw_weights(source: np.random.Generator, inputs: int, outputs: int) -> np.ndarray:
    """Normal numbers, the smaller of which are zero, [inputs, outputs]."""
    weights = source.standard_normal((inputs, outputs), np.float32)
    kept = np.abs(weights) >= np.quantile(np.abs(weights), SPARSITY)
    # As large that features keep their variance.
    weights *= kept
    return weights / np.float32(np.sqrt(inputs * np.mean(weights**2)))


class Writer:
    """The nodes and weights of a graph, one after the other."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.source = np.random.default_rng(1)

    def add_constant(self, name: str, array: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def add(self, op: str, name: str, *inputs: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [name], name, **attributes))
        return name

    def add_scalar(self, op: str, name: str, value: str, number: float) -> str:
        constant = self.add_constant(f"{name}.constant", np.float32(number))
        return self.add(op, name, value, constant)

    def add_linear(self, name: str, value: str, inputs: int, outputs: int) -> str:
        weights = self.add_constant(f"{name}.weights", draw_weights(self.source, inputs, outputs))
        bias = self.add_constant(f"{name}.bias", np.zeros(outputs, np.float32))
        return self.add("Add", f"{name}.biased", self.add("MatMul", name, value, weights), bias)

    def add_norm(self, name: str, value: str) -> str:
        scale = self.add_constant(f"{name}.scale", np.ones(WIDTH, np.float32))
        shift = self.add_constant(f"{name}.shift", np.zeros(WIDTH, np.float32))
        return self.add("LayerNormalization", name, value, scale, shift, axis=-1, epsilon=1e-12)

    def add_heads(self, name: str, value: str, order: Sequence[int]) -> str:
        """The features of a linear layer, split by heads."""
        shape = self.add_constant(f"{name}.shape", np.array([0, TOKENS, HEADS, WIDTH // HEADS]))
        features = self.add_linear(name, value, WIDTH, WIDTH)
        split = self.add("Reshape", f"{name}.split", features, shape)
        return self.add("Transpose", f"{name}.heads", split, perm=order)

    def add_attention(self, name: str, value: str) -> str:
        query = self.add_heads(f"{name}.query", value, (0, 2, 1, 3))
        key = self.add_heads(f"{name}.key", value, (0, 2, 3, 1))
        values = self.add_heads(f"{name}.value", value, (0, 2, 1, 3))
        scores = self.add("MatMul", f"{name}.scores", query, key)
        scaled = self.add_scalar("Div", f"{name}.scaled", scores, np.sqrt(WIDTH // HEADS))
        shares = self.add("Softmax", f"{name}.shares", scaled, axis=-1)
        mixed = self.add("MatMul", f"{name}.mixed", shares, values)
        rows = self.add("Transpose", f"{name}.rows", mixed, perm=(0, 2, 1, 3))
        shape = self.add_constant(f"{name}.shape", np.array([0, TOKENS, WIDTH]))
        joined = self.add("Reshape", f"{name}.joined", rows, shape)
        return self.add_linear(f"{name}.output", joined, WIDTH, WIDTH)

    def add_gelu(self, name: str, value: str) -> str:
        scaled = self.add_scalar("Div", f"{name}.scaled", value, np.sqrt(2))
        error = self.add("Erf", f"{name}.erf", scaled)
        share = self.add_scalar("Add", f"{name}.share", error, 1)
        half = self.add_scalar("Mul", f"{name}.half", value, 0.5)
        return self.add("Mul", name, half, share)

    def add_block(self, name: str, value: str) -> str:
        attended = self.add("Add", f"{name}.attended", value, self.add_attention(name, value))
        value = self.add_norm(f"{name}.norm1", attended)
        inner = self.add_gelu(f"{name}.gelu", self.add_linear(f"{name}.up", value, WIDTH, INNER))
        outer = self.add_linear(f"{name}.down", inner, INNER, WIDTH)
        return self.add_norm(f"{name}.norm2", self.add("Add", f"{name}.added", value, outer))


def generate(folder: Path) -> None:
    """Writes the model, for any number of sequences."""
    writer, value = Writer(), INPUT
    for block in range(BLOCKS):
        value = writer.add_block(f"block{block}", value)
    shape = ["sequences", TOKENS, WIDTH]
    graph = helper.make_graph(
        writer.nodes,
        "bert-shaped",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(value, TensorProto.FLOAT, shape)],
        writer.constants,
    )
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), folder / MODEL)


def inputs(_folder: Path) -> np.ndarray:
    """Normal features, of as many sequences as are run at once."""
    return np.random.default_rng(2).standard_normal((32, TOKENS, WIDTH), np.float32)
