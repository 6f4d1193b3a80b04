# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs an ONNX model by onnxruntime."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from ..failure import Failure


def open_session(model: Path, optimized: bool = True) -> onnxruntime.InferenceSession:
    """One thread, as tasd-run has."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    if not optimized:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def run(model: Path, inputs: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The outputs of `model` for its `inputs`, in its order, as the model says:
    optimized, onnxruntime multiplies in fewer bits where weights are quantized."""
    session = open_session(model, optimized=False)
    names = [value.name for value in session.get_inputs()]
    if len(names) != len(inputs):
        raise Failure(f"{model}: expected {len(names)} inputs but got {len(inputs)}")
    return session.run(None, dict(zip(names, inputs, strict=True)))
