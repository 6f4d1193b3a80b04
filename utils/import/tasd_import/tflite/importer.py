# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From a `.tflite` file to linalg: plain constants, short names, TOSA, linalg."""

import tempfile
from pathlib import Path

from ..lowering import write_linalg
from ..progress import Progress
from . import constants, model, names
from .convert import PASSES, convert_to_tosa


def import_model(
    path: Path, output: Path, shapes: list[tuple[str | None, tuple[int, ...]]]
) -> None:
    """Writes the model in `path` to `output` as linalg in bytecode."""
    progress = Progress()
    progress.show("reading the model")
    network = model.read(path)
    constants.decode_sparse(
        network, lambda done, total: progress.show("decoding sparse constants", done, total)
    )
    constants.fold(network)
    names.shorten(network)
    with tempfile.TemporaryDirectory() as folder:
        plain, tosa = Path(folder, "model.tflite"), Path(folder, "model.mlir")
        model.write(network, plain)
        progress.show("converting to TOSA")
        convert_to_tosa(plain, tosa)
        write_linalg(tosa, output, PASSES, progress)
