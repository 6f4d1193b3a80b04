# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The converter, and the passes that follow it."""

from pathlib import Path

from tosa_converter_for_tflite import (
    TosaConverterDebugInfo,
    TosaConverterOutputFormat,
    tflite_flatbuffer_to_tosa_mlir,
)

from ..failure import Failure

# From TOSA to linalg on tensors: what upstream's `tosa-to-linalg-pipeline` does, save
# that nothing is held against TOSA's levels, which limit ranks and sizes.
PASSES = (
    "func.func(tosa-optional-decompositions,canonicalize,tosa-infer-shapes,"
    "tosa-make-broadcastable,tosa-to-linalg-named,canonicalize,"
    "tosa-layerwise-constant-fold,tosa-make-broadcastable,"
    "tosa-to-linalg,tosa-to-tensor,tosa-to-arith{include-apply-rescale=true},tosa-to-scf)",
)


def convert_to_tosa(model: Path, output: Path) -> None:
    """Writes `model` as TOSA, in text and with the names of its tensors."""
    try:
        tflite_flatbuffer_to_tosa_mlir(
            str(model),
            str(output),
            TosaConverterOutputFormat.Text,
            TosaConverterDebugInfo.Enable,
        )
    except RuntimeError as error:
        raise Failure(str(error)) from error
