# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs torch-mlir: from an ONNX graph to linalg on tensors, as text.

A program of its own, since torch-mlir holds another version of MLIR than the one
that reads its result: `python -m tasd_import.onnx.converter IN.onnx OUT.mlir`.
"""

import subprocess
import sys
from pathlib import Path

import onnx

from .. import environment
from ..failure import Failure
from ..torch_mlir import lower, report


def convert(model: onnx.ModelProto, folder: Path) -> Path:
    """The file in `folder` that holds @main of `model` in linalg."""
    source, linalg = folder / "model.onnx", folder / "model.mlir"
    onnx.save(model, source)
    done = subprocess.run(
        [sys.executable, "-m", __name__, source, linalg],
        cwd=environment.IMPORT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise Failure(done.stderr.strip().splitlines()[-1])
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
        lower(module, "torch-onnx-to-torch-backend-pipeline", Path(output))


if __name__ == "__main__":
    report(_main, *sys.argv[1:])
