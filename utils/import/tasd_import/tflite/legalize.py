# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Rewrites ops that the converter gets wrong, and refuses those nothing gets right."""

from collections.abc import Callable

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from ..failure import Failure
from .model import describe, name_of, op_name, set_values

# A custom op that `convert` turns into `tosa.erf`: the framework has none.
ERF = "tasd.erf"
QUANTIZED = (schema.TensorType.INT8, schema.TensorType.UINT8, schema.TensorType.INT4)
# These only read or look up values.
READERS = ("DEQUANTIZE", "GATHER", "EMBEDDING_LOOKUP")


class Rewriter:
    """Builds ops in place of one op of a graph."""

    def __init__(self, model: schema.ModelT, graph: schema.SubGraphT, like: schema.TensorT):
        self.model, self.graph, self.like = model, graph, like
        self.ops: list[schema.OperatorT] = []

    def tensor(self) -> int:
        """A tensor of the type, shape and name of the one that is replaced."""
        tensor = schema.TensorT()
        for field in ("shape", "type", "name", "shapeSignature", "hasRank"):
            setattr(tensor, field, getattr(self.like, field))
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def scalar(self, value: float) -> int:
        index = self.tensor()
        tensor = self.graph.tensors[index]
        tensor.shape, tensor.shapeSignature = [], None
        tensor.name = name_of(self.like).encode() + b"/constant"
        set_values(self.model, tensor, np.float32(value))
        return index

    def op(self, kind: str, inputs: list[int], result: int, options: object = None) -> int:
        """A builtin op, or a custom one where there is none of that name."""
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, kind, schema.BuiltinOperator.CUSTOM)
        code.deprecatedBuiltinCode = min(code.builtinCode, 127)
        code.customCode = kind.encode() if not hasattr(schema.BuiltinOperator, kind) else None
        code.version = 1
        self.model.operatorCodes.append(code)
        op = schema.OperatorT()
        op.opcodeIndex = len(self.model.operatorCodes) - 1
        op.inputs, op.outputs = inputs, [result]
        if options is not None:
            kind = type(options).__name__.removesuffix("T")
            op.builtinOptionsType = getattr(schema.BuiltinOptions, kind)
            op.builtinOptions = options
        self.ops.append(op)
        return result


def _rewrite_gelu(
    model: schema.ModelT, graph: schema.SubGraphT, op: schema.OperatorT
) -> list[schema.OperatorT]:
    """The converter takes every GELU for the approximation by tanh."""
    if op.builtinOptions is not None and op.builtinOptions.approximate:
        return [op]
    x, y = op.inputs[0], op.outputs[0]
    to = Rewriter(model, graph, graph.tensors[y])
    multiply, add = schema.MulOptionsT, schema.AddOptionsT
    scaled = to.op("MUL", [x, to.scalar(0.5**0.5)], to.tensor(), multiply())
    erf = to.op(ERF, [scaled], to.tensor())
    weight = to.op("ADD", [erf, to.scalar(1.0)], to.tensor(), add())
    half = to.op("MUL", [x, to.scalar(0.5)], to.tensor(), multiply())
    to.op("MUL", [half, weight], y, multiply())
    return to.ops


def _rewrite_resize(
    model: schema.ModelT, graph: schema.SubGraphT, op: schema.OperatorT
) -> list[schema.OperatorT]:
    """The converter rounds where this op rounds down.

    Where the size is a multiple of the input's, taking the centres of pixels gives the
    same; where it is a divisor, nothing is rounded.
    """
    settings = op.builtinOptions
    if settings is not None and (settings.halfPixelCenters or settings.alignCorners):
        return [op]
    old = np.asarray(graph.tensors[op.inputs[0]].shape[1:3])
    new = np.asarray(graph.tensors[op.outputs[0]].shape[1:3])
    if not (new % old).any():
        op.builtinOptionsType = schema.BuiltinOptions.ResizeNearestNeighborOptions
        op.builtinOptions = schema.ResizeNearestNeighborOptionsT()
        op.builtinOptions.halfPixelCenters = True
    elif (old % new).any():
        raise Failure(
            f"{describe(model, graph, op)}: expected a size that is a multiple or a divisor"
            f" of the input's but got {new.tolist()} of {old.tolist()}"
        )
    return [op]


def _reject_custom(
    model: schema.ModelT, graph: schema.SubGraphT, op: schema.OperatorT
) -> None:
    if op_name(model, op).startswith("CUSTOM"):
        raise Failure(f"unsupported op {describe(model, graph, op)}")


def _reject_hybrid(
    model: schema.ModelT, graph: schema.SubGraphT, op: schema.OperatorT
) -> None:
    """The framework would quantize the activations at run time, each time anew."""
    if op_name(model, op) in READERS or not len(op.outputs):
        return
    if graph.tensors[op.outputs[0]].type != schema.TensorType.FLOAT32:
        return
    for i in op.inputs:
        tensor = graph.tensors[i] if i >= 0 else None
        if tensor is not None and tensor.type in QUANTIZED and _is_constant(model, tensor):
            raise Failure(
                f"{describe(model, graph, op)}: unsupported dynamic-range quantization of"
                f" tensor '{name_of(tensor)}'"
            )


def _is_constant(model: schema.ModelT, tensor: schema.TensorT) -> bool:
    data = model.buffers[tensor.buffer].data
    return data is not None and len(data) > 0


Rewrite = Callable[
    [schema.ModelT, schema.SubGraphT, schema.OperatorT], list[schema.OperatorT]
]
REWRITES: dict[str, Rewrite] = {
    "GELU": _rewrite_gelu,
    "RESIZE_NEAREST_NEIGHBOR": _rewrite_resize,
}


def legalize(model: schema.ModelT) -> None:
    """Rewrites every graph; a Failure names the op that cannot be converted."""
    for graph in model.subgraphs:
        operators: list[schema.OperatorT] = []
        for op in graph.operators:
            _reject_custom(model, graph, op)
            _reject_hybrid(model, graph, op)
            rewrite = REWRITES.get(op_name(model, op))
            operators += rewrite(model, graph, op) if rewrite else [op]
        graph.operators = operators
