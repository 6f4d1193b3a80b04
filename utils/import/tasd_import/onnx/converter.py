# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From an ONNX graph to linalg on tensors, by torch-mlir.

Also a program: `python -m tasd_import.onnx.converter IN.onnx OUT.mlir`.
"""

import sys
from pathlib import Path

import onnx

from .. import torch_mlir
from ..failure import Failure


def convert(model: onnx.ModelProto, folder: Path) -> Path:
    """The file in `folder` that holds @main of `model` in linalg, as text."""
    source, linalg = folder / "model.onnx", folder / "model.mlir"
    onnx.save(model, source)
    try:
        torch_mlir.run(__name__, source, linalg)
    except torch_mlir.Rejected as error:
        name, reason = error.args
        ops = {node.name: node.op_type for node in model.graph.node}
        place = f"node '{name}' ({ops[name]})" if name in ops else f"'{name}'"
        raise Failure(f"{place}: torch-mlir cannot convert it: {reason}") from error
    return linalg


def _main(source: str, output: str) -> None:
    from torch_mlir import ir
    from torch_mlir.dialects import torch
    from torch_mlir.extras import onnx_importer

    model = onnx.load(source)
    with ir.Context() as context:
        torch.register_dialect(context)
        info = onnx_importer.ModelInfo(model)
        module = info.create_module(context)
        importer = onnx_importer.NodeImporter.define_function(info.main_graph, module.operation)
        importer.import_all()
        torch_mlir.lower(module, "torch-onnx-to-torch-backend-pipeline", Path(output))


if __name__ == "__main__":
    torch_mlir.serve(_main, *sys.argv[1:])
