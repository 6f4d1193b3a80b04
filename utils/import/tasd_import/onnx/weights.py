# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Carries large constants outside the graph, so that no tool copies their data."""

import math
from pathlib import Path

import numpy as np
import onnx
from onnx import external_data_helper, helper, numpy_helper

from ..failure import Failure
from . import graph as graphs

# Constants with fewer elements stay: shapes and scalars decide how ops are
# converted.
LEAST_ELEMENTS = 256

Weights = dict[str, np.ndarray]


def detach(model: onnx.ModelProto, folder: Path, kept: set[str], weights: Weights) -> None:
    """Turns large initializers into inputs of the graph and adds them to `weights`;
    those in `kept` stay. Data in other files are looked for in `folder`."""
    graph = model.graph
    initializers = list(graph.initializer)
    del graph.initializer[:]
    for tensor in initializers:
        if tensor.name not in kept and math.prod(tensor.dims) >= LEAST_ELEMENTS:
            weights[tensor.name] = read_tensor(tensor, folder)
            graphs.add_input(graph, tensor.name, tensor.data_type, tuple(tensor.dims))
            continue
        if external_data_helper.uses_external_data(tensor):
            tensor.CopyFrom(numpy_helper.from_array(read_tensor(tensor, folder), tensor.name))
        graph.initializer.append(tensor)


def read_tensor(tensor: onnx.TensorProto, folder: Path) -> np.ndarray:
    """The values of `tensor`; those in another file are mapped, not read."""
    if not external_data_helper.uses_external_data(tensor):
        try:
            return numpy_helper.to_array(tensor)
        except (TypeError, ValueError) as error:
            raise Failure(f"tensor '{tensor.name}': {error}") from error
    where = external_data_helper.ExternalDataInfo(tensor)
    path = _locate(tensor, folder, where.location)
    dtype = helper.tensor_dtype_to_np_dtype(tensor.data_type)
    expected = math.prod(tensor.dims) * dtype.itemsize
    if where.length not in (None, expected):
        raise Failure(
            f"tensor '{tensor.name}': expected {expected} bytes in {path} but got {where.length}"
        )
    try:
        return np.memmap(path, dtype, "r", where.offset or 0, tuple(tensor.dims))
    except OSError as error:
        raise Failure(f"tensor '{tensor.name}': {path}: {error.strerror}") from error
    except ValueError as error:
        raise Failure(f"tensor '{tensor.name}': {path}: {error}") from error


def _locate(tensor: onnx.TensorProto, folder: Path, location: str) -> Path:
    """The file of `tensor`; a model must not name what lies outside of its folder,
    though the folder may have links that lead there."""
    if Path(location).is_absolute() or ".." in Path(location).parts:
        raise Failure(
            f"tensor '{tensor.name}': expected data beside the model but got '{location}'"
        )
    return folder / location


def drop_unused(graph: onnx.GraphProto, weights: Weights) -> None:
    """Forgets weights that no node reads any more."""
    used = {name for node in graph.node for name in node.input}
    used.update(output.name for output in graph.output)
    for name in weights.keys() - used:
        del weights[name]
        graphs.keep(graph.input, lambda value, name=name: value.name != name)
