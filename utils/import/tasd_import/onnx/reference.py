# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs an ONNX model by onnxruntime."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from ..failure import Failure


def open_session(model: Path | bytes, optimized: bool = True) -> onnxruntime.InferenceSession:
    """Of a file or of a model's bytes; one thread, as tasd-run has."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    if not optimized:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def open_run(model: Path, inputs: Sequence[np.ndarray]) -> Callable[[], object]:
    """What runs the optimized model on `inputs` again."""
    session = open_session(model)
    names = [value.name for value in session.get_inputs()]
    feed = dict(zip(names, inputs, strict=True))
    return lambda: session.run(None, feed)


def run(model: Path, inputs: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The outputs of `model` for its `inputs`, in its order, as the model says:
    optimized, onnxruntime multiplies in fewer bits where weights are quantized."""
    session = open_session(model, optimized=False)
    names = [value.name for value in session.get_inputs()]
    if len(names) != len(inputs):
        raise Failure(f"{model}: expected {len(names)} inputs but got {len(inputs)}")
    return session.run(None, dict(zip(names, inputs, strict=True)))
