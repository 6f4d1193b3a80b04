# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes the shapes of all tensors static."""

from collections.abc import Sequence
from pathlib import Path

from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

from ..failure import Failure
from .model import name_of

# The name of an input, none if it is the only one, and its shape.
InputShape = tuple[str | None, tuple[int, ...]]


def _is_dynamic(tensor: schema.TensorT) -> bool:
    signature = tensor.shapeSignature
    return signature is not None and any(extent < 0 for extent in signature)


def _show(extents: Sequence[int]) -> str:
    return "x".join("?" if extent < 0 else str(extent) for extent in extents)


def _match(graph: schema.SubGraphT, shapes: Sequence[InputShape]) -> dict[int, tuple[int, ...]]:
    """The tensors of the inputs that shapes were given for."""
    names = {name_of(graph.tensors[i]): i for i in graph.inputs}
    matched = {}
    for name, shape in shapes:
        if name is None and len(names) > 1:
            raise Failure(f"expected the input of shape {_show(shape)} among {', '.join(names)}")
        name = next(iter(names)) if name is None else name
        if name not in names:
            raise Failure(f"expected an input among {', '.join(names)} but got '{name}'")
        matched[names[name]] = shape
    return matched


def _check(graph: schema.SubGraphT, given: dict[int, tuple[int, ...]]) -> None:
    """Each dynamic input has a shape, and each shape fits its input."""
    for i in graph.inputs:
        tensor = graph.tensors[i]
        wanted = tensor.shapeSignature if _is_dynamic(tensor) else tensor.shape
        if i not in given and _is_dynamic(tensor):
            raise Failure(
                f"input '{name_of(tensor)}': expected a static shape but got {_show(wanted)};"
                " give one by --input-shape"
            )
        shape = given.get(i, wanted)
        if len(shape) != len(wanted) or any(
            b not in (a, -1) for a, b in zip(shape, wanted, strict=True)
        ):
            raise Failure(
                f"input '{name_of(tensor)}': expected a shape like {_show(wanted)}"
                f" but got {_show(shape)}"
            )


def fix(model: schema.ModelT, path: Path, shapes: Sequence[InputShape]) -> None:
    """Gives the inputs these shapes, and every other tensor what follows from them."""
    graph = model.subgraphs[0]
    given = _match(graph, shapes)
    _check(graph, given)
    if not given:
        return
    try:
        # Delegates would leave out the shapes of what they take over.
        interpreter = Interpreter(
            str(path),
            experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        )
        for i, shape in given.items():
            interpreter.resize_tensor_input(i, shape)
        interpreter.allocate_tensors()
    except (RuntimeError, ValueError) as error:
        raise Failure(f"{path}: the framework cannot run it in that shape: {error}") from error
    for detail in interpreter.get_tensor_details():
        if detail["index"] < len(graph.tensors):
            tensor = graph.tensors[detail["index"]]
            tensor.shape, tensor.shapeSignature = detail["shape"].tolist(), None
