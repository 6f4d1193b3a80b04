# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a model in the framework's own interpreter."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from ..failure import Failure


def start(model: Path, shapes: Sequence[tuple[int, ...]]) -> Interpreter:
    """An interpreter whose inputs have these shapes."""
    interpreter = Interpreter(str(model), num_threads=1)
    details = interpreter.get_input_details()
    if len(details) != len(shapes):
        raise Failure(f"{model}: expected {len(details)} inputs but got {len(shapes)}")
    for detail, shape in zip(details, shapes, strict=True):
        if tuple(detail["shape"]) != tuple(shape):
            interpreter.resize_tensor_input(detail["index"], shape)
    interpreter.allocate_tensors()
    return interpreter


def open_run(model: Path, inputs: Sequence[np.ndarray]) -> Callable[[], object]:
    """What runs the model on `inputs` again."""
    interpreter = start(model, [array.shape for array in inputs])
    for detail, array in zip(interpreter.get_input_details(), inputs, strict=True):
        interpreter.set_tensor(detail["index"], array)
    return interpreter.invoke


def run(model: Path, inputs: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The outputs of `model` for `inputs`, both in the model's order."""
    interpreter = start(model, [array.shape for array in inputs])
    for detail, array in zip(interpreter.get_input_details(), inputs, strict=True):
        interpreter.set_tensor(detail["index"], array)
    interpreter.invoke()
    return [interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()]
