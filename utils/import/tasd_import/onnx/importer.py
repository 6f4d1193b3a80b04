# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The steps of importing an ONNX model."""

import tempfile
from pathlib import Path

import onnx

from .. import lowering
from ..progress import Progress
from . import bind, converter, graph, simplify
from .constants import Folder
from .simplify import Shapes
from .weights import Weights, detach, drop_unused


def import_model(path: Path, output: Path, shapes: Shapes) -> None:
    """Writes the model in `path` to `output` as linalg; a Failure names what is
    wrong with it."""
    progress = Progress()
    progress.show("reading the model")
    model = graph.read(path)
    weights: Weights = {}
    model = _make_light(model, path.parent, shapes, weights, progress)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        progress.show("converting to linalg")
        linalg = converter.convert(model, folder)
        progress.show("writing weights")
        bound = folder / "bound.mlirbc"
        bind.bind(linalg, bound, [value.name for value in model.graph.input], weights)
        lowering.write_linalg(bound, output, [], progress)


def _make_light(
    model: onnx.ModelProto, folder: Path, shapes: Shapes, weights: Weights, progress: Progress
) -> onnx.ModelProto:
    """Static shapes, nothing computed from constants, and `weights` outside."""
    graph.normalize(model)
    simplify.fix_shapes(model.graph, shapes)
    detach(model, folder, simplify.feeds_batch_norm(model.graph), weights)
    progress.show("fixing shapes")
    model = simplify.simplify(graph.upgrade(graph.inline(model)))
    graph.normalize(model)
    detach(model, folder, set(), weights)
    progress.show("folding constants")
    Folder(model, weights).fold()
    drop_unused(model.graph, weights)
    return model
