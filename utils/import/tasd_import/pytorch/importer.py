# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The steps of importing a PyTorch model."""

import tempfile
from pathlib import Path

from .. import bind, lowering, torch_mlir
from ..progress import Progress
from . import converter


def import_model(model: str, output: Path) -> None:
    """Writes `model`, FILE.pt2 or MODULE:FACTORY, to `output` as linalg; a Failure
    names what is wrong with it."""
    progress = Progress()
    progress.show("exporting and converting to linalg")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        linalg, names, weights = converter.convert(_locate(model), folder)
        progress.show("writing weights")
        bound = folder / "bound.mlirbc"
        bind.bind(linalg, bound, names, weights)
        lowering.write_linalg(bound, output, torch_mlir.PASSES, progress)


def _locate(model: str) -> str:
    """The converter runs in another folder."""
    return str(Path(model).absolute()) if model.endswith(".pt2") else model
