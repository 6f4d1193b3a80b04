# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From an exported program to linalg on tensors, its weights in files beside it.

Also a program: `python -m tasd_import.pytorch.converter MODEL FOLDER`.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from .. import torch_mlir
from ..failure import Failure
from . import program as programs

LINALG, NAMES = "model.mlir", "names.json"


def convert(model: str, folder: Path) -> tuple[Path, list[str], dict[str, np.ndarray]]:
    """Writes to `folder`; returns the file of @main in linalg, the names of its
    arguments, and the values of those that are weights, mapped to memory."""
    try:
        torch_mlir.run(__name__, model, folder)
    except torch_mlir.Rejected as error:
        name, reason = error.args
        raise Failure(f"'{name}': torch-mlir cannot convert it: {reason}") from error
    names = json.loads((folder / NAMES).read_text())
    weights = {
        name: np.load(path, mmap_mode="r")
        for index, name in enumerate(names)
        if (path := _file_of(folder, index)).exists()
    }
    return folder / LINALG, names, weights


def _file_of(folder: Path, index: int) -> Path:
    return folder / f"{index}.npy"


def _main(model: str, target: str) -> None:
    folder = Path(target)
    program = programs.decompose(programs.load(model))
    names = []
    for index, (name, value) in enumerate(programs.placeholders(program)):
        names.append(name)
        if value is not None:
            np.save(_file_of(folder, index), _to_numpy(value))
    (folder / NAMES).write_text(json.dumps(names))
    _lower(program, folder / LINALG)


def _to_numpy(value: torch.Tensor) -> np.ndarray:
    value = value.detach().contiguous()
    # numpy has no bfloat16: its bits are what counts.
    return (value.view(torch.int16) if value.dtype == torch.bfloat16 else value).numpy()


def _lower(program: torch.export.ExportedProgram, output: Path) -> None:
    from torch_mlir import ir
    from torch_mlir.dialects import torch as torch_dialect
    from torch_mlir.extras import fx_importer

    class NamedLocations(fx_importer.ContextCache):
        """Locations are the names of layers, instead of lines of Python."""

        def get_node_location(self, node: torch.fx.Node) -> ir.Location:
            return ir.Location.name(programs.layer_name(node), context=self._c)

    with ir.Context() as context:
        torch_dialect.register_dialect(context)
        importer = fx_importer.FxImporter(context=context)
        importer._cc = NamedLocations(context, py_attr_tracker=importer._py_attr_tracker)
        # Weights stay arguments, whose data no pass can copy.
        importer.import_stateless_graph(program.graph, func_name="main")
        pipeline = "torchdynamo-export-to-torch-backend-pipeline"
        torch_mlir.lower(importer.module, pipeline, output)


if __name__ == "__main__":
    torch_mlir.serve(_main, *sys.argv[1:])
