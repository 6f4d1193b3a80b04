# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A `.tflite` file as Python objects, and its constants as arrays."""

from pathlib import Path

import ml_dtypes
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.tools import flatbuffer_utils

from ..failure import Failure

IDENTIFIER = b"TFL3"

# Element types whose elements are whole bytes.
DTYPES = {
    schema.TensorType.FLOAT16: np.float16,
    schema.TensorType.BFLOAT16: ml_dtypes.bfloat16,
    schema.TensorType.FLOAT32: np.float32,
    schema.TensorType.FLOAT64: np.float64,
    schema.TensorType.INT8: np.int8,
    schema.TensorType.INT16: np.int16,
    schema.TensorType.INT32: np.int32,
    schema.TensorType.INT64: np.int64,
    schema.TensorType.UINT8: np.uint8,
    schema.TensorType.UINT16: np.uint16,
    schema.TensorType.UINT32: np.uint32,
    schema.TensorType.UINT64: np.uint64,
    schema.TensorType.BOOL: np.bool_,
}


def read(path: Path) -> schema.ModelT:
    """The model in `path`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error
    if data[4:8] != IDENTIFIER:
        raise Failure(f"{path}: expected a TensorFlow Lite model")
    try:
        return flatbuffer_utils.read_model_from_bytearray(bytearray(data))
    except Exception as error:  # whatever reading garbage raises
        raise Failure(f"{path}: expected a TensorFlow Lite model but it is damaged") from error


def write(model: schema.ModelT, path: Path) -> None:
    path.write_bytes(flatbuffer_utils.convert_object_to_bytearray(model))


def name_of(tensor: schema.TensorT) -> str:
    """The tensor's name, for messages."""
    name = tensor.name or b""
    return name.decode(errors="replace") if isinstance(name, bytes) else name


def op_name(model: schema.ModelT, op: schema.OperatorT) -> str:
    """What the schema calls the op, as CONV_2D, or the name of a custom one."""
    code = model.operatorCodes[op.opcodeIndex]
    name = flatbuffer_utils.opcode_to_name(model, op.opcodeIndex)
    if name == "CUSTOM":
        return f"CUSTOM {(code.customCode or b'').decode(errors='replace')}"
    return name or f"op {code.builtinCode}"


def describe(model: schema.ModelT, graph: schema.SubGraphT, op: schema.OperatorT) -> str:
    """The op and the tensor that it produces, for messages."""
    outputs = [f"'{name_of(graph.tensors[i])}'" for i in op.outputs]
    return f"{op_name(model, op)} of {', '.join(outputs) or 'no tensor'}"


def dtype_of(tensor: schema.TensorT) -> np.dtype:
    if tensor.type not in DTYPES:
        kind = flatbuffer_utils.type_to_name(tensor.type)
        raise Failure(f"tensor '{name_of(tensor)}': unsupported element type {kind}")
    return np.dtype(DTYPES[tensor.type])


def raw_values(model: schema.ModelT, tensor: schema.TensorT) -> np.ndarray | None:
    """The elements as they lie in the file, one-dimensional; None if not constant."""
    data = model.buffers[tensor.buffer].data
    if data is None or len(data) == 0 or tensor.isVariable:
        return None
    dtype = dtype_of(tensor)
    data = bytes(data)
    if len(data) % dtype.itemsize:
        raise Failure(
            f"tensor '{name_of(tensor)}': expected a multiple of {dtype.itemsize} bytes"
            f" but got {len(data)}"
        )
    return np.frombuffer(data, dtype.newbyteorder("<") if dtype.kind in "iuf" else dtype)


def set_values(model: schema.ModelT, tensor: schema.TensorT, values: np.ndarray) -> None:
    """Makes `tensor` the dense constant `values`."""
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(np.ascontiguousarray(values).tobytes(), np.uint8)
    tensor.buffer = len(model.buffers)
    tensor.sparsity = None
    model.buffers.append(buffer)
