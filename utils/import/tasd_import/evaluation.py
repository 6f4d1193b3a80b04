# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a network in its framework and by tasd-run, and compares the results."""

import importlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .failure import Failure
from .tools import run_tool

Arrays = Sequence[np.ndarray]


@dataclass(frozen=True)
class Difference:
    """How far an output is from what it should be, relative to that."""

    largest: float
    norm: float

    def is_within(self, tolerance: float) -> bool:
        # False for NaN too.
        return self.largest <= tolerance and self.norm <= tolerance

    def __str__(self) -> str:
        return f"largest difference {self.largest:.2e}, L2 norm of it {self.norm:.2e}"


def load_input(path: Path) -> np.ndarray:
    """The array in a .npy file."""
    try:
        array = np.load(path)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror or error}") from error
    except (ValueError, EOFError) as error:
        raise Failure(f"{path}: expected a .npy file") from error
    if not isinstance(array, np.ndarray):
        raise Failure(f"{path}: expected a .npy file")
    return array


def run_original(kind: str, model: Path, inputs: Arrays) -> list[np.ndarray]:
    """The outputs of `model` in its framework, in the model's order."""
    reference = importlib.import_module(f".{kind}.reference", __package__)
    try:
        return reference.run(model, inputs)
    except Failure:
        raise
    except Exception as error:  # pylint: disable=broad-except
        # The frameworks have no common base of what they raise.
        reason = " ".join(str(error).split())
        raise Failure(f"{model}: its framework cannot run it: {reason}") from error


def open_original(kind: str, model: Path, inputs: Arrays) -> Callable[[], object]:
    """What runs `model` on `inputs` again, as fast as its framework does on one thread."""
    return importlib.import_module(f".{kind}.reference", __package__).open_run(model, inputs)


def run_imported(module: Path, inputs: Arrays, backend: str = "cpu") -> list[np.ndarray]:
    """The results of the module's entry, run by tasd-run."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = []
        for i, array in enumerate(inputs):
            path = Path(folder, f"arg{i}.npy")
            np.save(path, array)
            arguments += ["--input", path]
        output = Path(folder, "results.npz")
        run_tool(
            "tasd-run", module, f"--backend={backend}", "--repeat=1", "--baseline=none",
            *arguments, "--output", output,
        )  # fmt: skip
        with np.load(output) as results:
            return [results[f"result{i}"] for i in range(len(results))]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else part


def measure(got: Arrays, wanted: Arrays) -> list[Difference]:
    """The difference of each output; expects the same shapes."""
    if [array.shape for array in got] != [array.shape for array in wanted]:
        raise Failure(
            f"expected outputs of shape {[array.shape for array in wanted]}"
            f" but got {[array.shape for array in got]}"
        )
    return [_measure(*pair) for pair in zip(got, wanted, strict=True)]


def _measure(got: np.ndarray, wanted: np.ndarray) -> Difference:
    got, wanted = got.astype(np.float64), wanted.astype(np.float64)
    difference = got - wanted
    return Difference(
        _ratio(np.abs(difference).max(initial=0), np.abs(wanted).max(initial=0)),
        _ratio(np.linalg.norm(difference), np.linalg.norm(wanted)),
    )
