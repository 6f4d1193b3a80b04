# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds small `.tflite` models, op by op."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from tasd_import.tflite import model as files

TYPES = {np.dtype(dtype): kind for kind, dtype in files.DTYPES.items()}


def quantization(scale: Sequence[float], zero_point: Sequence[int], dim: int = 0) -> Any:
    parameters = schema.QuantizationParametersT()
    parameters.scale = list(scale)
    parameters.zeroPoint = list(zero_point)
    parameters.quantizedDimension = dim
    return parameters


class Builder:
    """One graph; tensors are their indices."""

    def __init__(self) -> None:
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.operatorCodes = []
        self.model.buffers = [schema.BufferT()]
        self.graph = schema.SubGraphT()
        self.graph.name = b"main"
        self.graph.tensors, self.graph.operators = [], []
        self.model.subgraphs = [self.graph]

    def tensor(
        self, name: str, shape: Sequence[int], dtype: Any = np.float32, **fields: Any
    ) -> int:
        tensor = schema.TensorT()
        tensor.name, tensor.shape = name.encode(), list(shape)
        tensor.type = TYPES[np.dtype(dtype)]
        for field, value in fields.items():
            setattr(tensor, field, value)
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def constant(self, name: str, values: np.ndarray, **fields: Any) -> int:
        index = self.tensor(name, values.shape, values.dtype, **fields)
        files.set_values(self.model, self.graph.tensors[index], values)
        return index

    def sparse(self, name: str, shape: Sequence[int], sparsity: Any, values: np.ndarray) -> int:
        """A constant stored sparse: `values` are those the encoding has."""
        index = self.constant(name, values)
        self.graph.tensors[index].shape = list(shape)
        self.graph.tensors[index].sparsity = sparsity
        return index

    def op(self, kind: str, inputs: Sequence[int], outputs: Sequence[int], options: Any = None):
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, kind)
        code.deprecatedBuiltinCode = min(code.builtinCode, 127)
        code.version = 1
        op = schema.OperatorT()
        op.opcodeIndex = len(self.model.operatorCodes)
        op.inputs, op.outputs = list(inputs), list(outputs)
        if options is not None:
            name = type(options).__name__.removesuffix("T")
            op.builtinOptionsType = getattr(schema.BuiltinOptions, name)
            op.builtinOptions = options
        self.model.operatorCodes.append(code)
        self.graph.operators.append(op)
        return code

    def write(self, path: Path, inputs: Sequence[int], outputs: Sequence[int]) -> Path:
        self.graph.inputs, self.graph.outputs = list(inputs), list(outputs)
        files.write(self.model, path)
        return path
