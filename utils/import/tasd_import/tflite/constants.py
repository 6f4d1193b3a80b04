# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Turns constants that the converter cannot read into plain dense ones.

Sparse constants are decoded, and DENSIFY and DEQUANTIZE of constants are carried out:
what they would compute each time is stored instead.
"""

from collections.abc import Callable

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from ..failure import Failure
from .model import dtype_of, name_of, op_name, raw_values, set_values
from .sparsity import decode


def decode_sparse(
    model: schema.ModelT, show: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Makes every sparse constant dense."""
    sparse = [
        tensor for graph in model.subgraphs for tensor in graph.tensors if tensor.sparsity
    ]
    for i, tensor in enumerate(sparse):
        show(i, len(sparse))
        values = raw_values(model, tensor)
        if values is None:
            raise Failure(f"tensor '{name_of(tensor)}': expected data for a sparse constant")
        try:
            set_values(model, tensor, decode(tensor.shape, tensor.sparsity, values))
        except Failure as error:
            raise Failure(f"tensor '{name_of(tensor)}': {error}") from error


def dequantize(tensor: schema.TensorT, values: np.ndarray) -> np.ndarray:
    """What DEQUANTIZE gives: half precision widened, or scale * (q - zero point)."""
    quantization = tensor.quantization
    scale = quantization.scale if quantization is not None else None
    if values.dtype.kind == "f" or scale is None or len(scale) == 0:
        return values.astype(np.float32)
    if quantization.detailsType:
        raise Failure(f"tensor '{name_of(tensor)}': unsupported kind of quantization")
    shape = np.ones(values.ndim, np.int64)
    if len(scale) > 1:
        shape[quantization.quantizedDimension] = len(scale)
    zero = quantization.zeroPoint
    zero = np.zeros(len(scale), np.int64) if zero is None or len(zero) == 0 else np.asarray(zero)
    centered = values.astype(np.int64) - zero.reshape(shape)
    return centered.astype(np.float32) * np.asarray(scale, np.float32).reshape(shape)


def fold(model: schema.ModelT) -> None:
    """Carries out DENSIFY and DEQUANTIZE of dense constants."""
    for graph in model.subgraphs:
        kept = []
        # Operators stand in the order of execution.
        for op in graph.operators:
            if not _fold_op(model, graph, op):
                kept.append(op)
        graph.operators = kept


def _fold_op(model: schema.ModelT, graph: schema.SubGraphT, op: schema.OperatorT) -> bool:
    kind = op_name(model, op)
    if kind not in ("DENSIFY", "DEQUANTIZE"):
        return False
    source, result = graph.tensors[op.inputs[0]], graph.tensors[op.outputs[0]]
    values = raw_values(model, source)
    if values is None:
        return False
    values = values.reshape(source.shape)
    if kind == "DEQUANTIZE":
        values = dequantize(source, values)
    set_values(model, result, values.astype(dtype_of(result)))
    return True
