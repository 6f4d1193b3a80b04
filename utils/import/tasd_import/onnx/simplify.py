# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fixes the shapes of a graph, and lets onnxsim fold what follows from them."""

from collections.abc import Sequence

import onnx
import onnxsim

from ..failure import Failure
from . import graph as graphs

Shapes = Sequence[tuple[str | None, tuple[int, ...]]]

# Results of folding that are larger stay ops.
LARGEST_FOLDED = "16MB"


def fix_shapes(graph: onnx.GraphProto, shapes: Shapes) -> None:
    """Gives the inputs of `graph` the `shapes`, by name; expects static ones after."""
    for name, shape in shapes:
        _fix_shape(_find_input(graph, name), shape)
    for value in graph.input:
        if graphs.open_dims(value):
            raise Failure(
                f"expected a static shape for input '{value.name}' but got"
                f" {graphs.shape_text(value)}; give one by --input-shape {value.name}=..."
            )
    # What was inferred before may contradict.
    del graph.value_info[:]
    for value in graph.output:
        for dim in value.type.tensor_type.shape.dim:
            if dim.dim_value <= 0:
                dim.Clear()


def _find_input(graph: onnx.GraphProto, name: str | None) -> onnx.ValueInfoProto:
    names = [value.name for value in graph.input]
    if name is None and len(names) != 1:
        raise Failure(f"expected NAME=SHAPE for one of the inputs {names}")
    if name is not None and name not in names:
        raise Failure(f"expected one of the inputs {names} but got '{name}'")
    return graph.input[names.index(name) if name else 0]


def _fix_shape(value: onnx.ValueInfoProto, shape: tuple[int, ...]) -> None:
    wanted = "x".join(map(str, shape))
    tensor = value.type.tensor_type
    dims = tensor.shape.dim
    if not tensor.HasField("shape"):
        dims.extend(onnx.TensorShapeProto.Dimension() for _ in shape)
    fits = len(dims) == len(shape) and all(
        dim.dim_value <= 0 or dim.dim_value == extent
        for dim, extent in zip(dims, shape, strict=True)
    )
    if not fits:
        raise Failure(
            f"expected a shape that fits {graphs.shape_text(value)}"
            f" for input '{value.name}' but got {wanted}"
        )
    for dim, extent in zip(dims, shape, strict=True):
        dim.dim_value = extent


def simplify(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with computations of shapes folded, batch norms merged into
    convolutions and every type inferred."""
    try:
        simplified, _ = onnxsim.simplify(
            model, tensor_size_threshold=LARGEST_FOLDED, certify=False
        )
        return onnx.shape_inference.infer_shapes(simplified, strict_mode=True, data_prop=True)
    except Exception as error:  # pylint: disable=broad-except
        # onnxsim and onnx raise whatever their C++ threw.
        raise Failure(f"cannot infer shapes: {str(error).strip()}") from error


def feeds_batch_norm(graph: onnx.GraphProto) -> set[str]:
    """The constants of layers that a batch norm follows, for onnxsim to merge."""
    producers = {output: node for node in graph.node for output in node.output}
    constants: set[str] = set()
    for node in graph.node:
        if node.op_type == "BatchNormalization" and node.input[0] in producers:
            constants.update(producers[node.input[0]].input[1:])
    return constants
