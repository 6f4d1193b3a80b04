# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads ONNX models and brings them into one form."""

from collections.abc import Callable, MutableSequence
from pathlib import Path

import onnx
import onnx.inliner
import onnx.version_converter
from google.protobuf.message import DecodeError, Message
from onnx import helper

from ..failure import Failure

# The converter reads ops of this version and above; softmax had other semantics
# before 13, and layer normalization became an op in 17.
OPSET = 17


def read(path: Path) -> onnx.ModelProto:
    """The model in `path`; tensors in files beside it are not read."""
    try:
        # Else the format follows from the file's name.
        model = onnx.load(path, format="protobuf", load_external_data=False)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error
    except DecodeError as error:
        raise Failure(f"{path}: expected an ONNX model") from error
    if not model.graph.node or not model.opset_import:
        raise Failure(f"{path}: expected an ONNX model with at least one node")
    return model


def normalize(model: onnx.ModelProto) -> None:
    """Gives every node a name, lists no constant as input, and keeps constants as
    initializers."""
    graph = model.graph
    graph.name = "main"
    constants = {initializer.name for initializer in graph.initializer}
    keep(graph.input, lambda value: value.name not in constants)
    keep(graph.node, lambda node: not _move_constant(graph, node))
    _name_nodes(graph)


def keep(messages: MutableSequence[Message], wanted: Callable[[Message], bool]) -> None:
    """Drops the other messages."""
    kept = [message for message in messages if wanted(message)]
    del messages[:]
    messages.extend(kept)


def _move_constant(graph: onnx.GraphProto, node: onnx.NodeProto) -> bool:
    """Makes an initializer of a Constant node that holds a tensor; whether it did."""
    if node.op_type != "Constant" or node.attribute[0].name != "value":
        return False
    tensor = graph.initializer.add()
    tensor.CopyFrom(node.attribute[0].t)
    tensor.name = node.output[0]
    node.attribute[0].ClearField("t")
    return True


def _name_nodes(graph: onnx.GraphProto) -> None:
    """Names become those of layers, so they have to be unique."""
    taken: set[str] = set()
    for index, node in enumerate(graph.node):
        if not node.name or node.name in taken:
            node.name = f"{node.name or node.op_type}_{index}"
        taken.add(node.name)


def inline(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model without functions of its own, and with ops of ONNX alone: the
    converter knows ops by their names, which other domains may share."""
    if model.functions:
        model = onnx.inliner.inline_local_functions(model)
    if any(map(_is_gelu_by_tanh, model.graph.node)):
        model = onnx.inliner.inline_selected_functions(
            model, [("", "Gelu")], inline_schema_functions=True
        )
    for node in model.graph.node:
        if node.domain not in ("", "ai.onnx"):
            raise Failure(
                f"node '{node.name}': expected an op of ONNX"
                f" but got '{node.op_type}' of '{node.domain}'"
            )
    return model


def _is_gelu_by_tanh(node: onnx.NodeProto) -> bool:
    """torch-mlir rounds the factor inside to four digits."""
    return node.op_type == "Gelu" and any(
        attr.name == "approximate" and attr.s == b"tanh" for attr in node.attribute
    )


def upgrade(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with ops of a version that the converter knows."""
    version = opset(model)
    if version >= OPSET:
        return model
    try:
        return onnx.version_converter.convert_version(model, OPSET)
    except (RuntimeError, onnx.version_converter.ConvertError) as error:
        reason = str(error).strip().splitlines()[-1]
        raise Failure(f"cannot bring opset {version} to {OPSET}: {reason}") from error


def opset(model: onnx.ModelProto) -> int:
    """The version of the ops that belong to ONNX itself."""
    versions = {entry.domain: entry.version for entry in model.opset_import}
    return versions.get("") or versions.get("ai.onnx") or 1


def open_dims(value: onnx.ValueInfoProto) -> bool:
    """Whether the shape of `value` is not known in full."""
    tensor = value.type.tensor_type
    return not tensor.HasField("shape") or any(
        not dim.HasField("dim_value") or dim.dim_value < 0 for dim in tensor.shape.dim
    )


def shape_text(value: onnx.ValueInfoProto) -> str:
    """The shape as `1x3x?x?`."""
    dims = value.type.tensor_type.shape.dim
    return "x".join(str(dim.dim_value) if dim.dim_value > 0 else "?" for dim in dims)


def add_input(graph: onnx.GraphProto, name: str, element: int, shape: tuple[int, ...]) -> None:
    graph.input.append(helper.make_tensor_value_info(name, element, shape))
