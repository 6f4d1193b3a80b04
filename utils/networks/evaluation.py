# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Imports a network, plans it, runs it, and measures what is left of its quality."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tasd_import import environment
from tasd_import.evaluation import run_imported, run_original
from tasd_import.failure import Failure
from tasd_import.progress import Progress
from tasd_import.tools import run_tool


@dataclass(frozen=True)
class Plan:
    """A uniform plan: the series, the layers left dense, and what that leaves."""

    series: str
    skip: str = ""
    note: str = "all layers"

    def option(self) -> str:
        """The pass of tasd-opt that plans so."""
        return f"--tasd-plan=series={self.series}" + (f" skip={self.skip}" if self.skip else "")

    def name(self) -> str:
        return f"{self.series}, {self.note}"


@dataclass(frozen=True)
class Run:
    """One row of the table: a plan, or none."""

    plan: Plan | None
    layers: list[dict[str, Any]]
    quality: list[str]


def import_network(network: ModuleType, folder: Path, batch: int | None = None) -> Path:
    """The network as linalg: in bytecode beside its model, or as it is in the tree; if a
    batch is given, for as many rows."""
    if network.KIND is None:
        return environment.REPOSITORY / (network.MODEL if batch is None else network.TIMED)
    suffix = "" if batch is None else f"-{batch}"
    options = network.IMPORT if batch is None else network.BATCHES[batch]
    output = folder / f"{Path(network.MODEL).stem}{suffix}.mlirbc"
    command = [sys.executable, environment.IMPORT / f"import-{network.KIND}.py"]
    done = subprocess.run([*command, folder / network.MODEL, "-o", output, *options], check=False)
    if done.returncode != 0:
        raise Failure(f"the import of {network.MODEL} failed")
    return output


def import_models(network: ModuleType, folder: Path) -> list[Path]:
    """The network as linalg in all its forms, more or less pruned."""
    others = [environment.REPOSITORY / model for model in getattr(network, "PRUNED", [])]
    return [import_network(network, folder), *others]


def collect_layers(module: Path) -> list[dict[str, Any]]:
    printed = run_tool("tasd-opt", module, "--tasd-print-plan=json=1", "-o", "/dev/null")
    return json.loads(printed.out)


def run_originals(network: ModuleType, folder: Path, inputs: np.ndarray) -> list[np.ndarray]:
    """The framework's own outputs, row by row as the network was exported; where there
    is none, those of the dense network."""
    if network.KIND is None:
        return run_imported(environment.REPOSITORY / network.MODEL, [inputs])
    model = folder / network.MODEL
    rows = [run_original(network.KIND, model, [row[None]]) for row in inputs]
    return [np.concatenate(outputs) for outputs in zip(*rows, strict=True)]


def split_rows(network: ModuleType, inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the rows to calibrate with, and of the others."""
    is_seen = np.zeros(len(inputs), bool)
    is_seen[network.CALIBRATION] = True
    return np.flatnonzero(is_seen), np.flatnonzero(~is_seen)


class Evaluation:
    """The runs of one network."""

    def __init__(self, network: ModuleType, folder: Path, backend: str) -> None:
        self.network, self.folder, self.backend = network, folder, backend
        self.progress = Progress()
        self.module = import_network(network, folder)
        self.inputs = network.inputs(folder)
        self.progress.show("running the original")
        self.original = run_originals(network, folder, self.inputs)

    def run(self, plan: Plan | None) -> Run:
        self.progress.show(f"running the network planned {plan.name()}" if plan else "running it")
        passes = [plan.option()] if plan else []
        with tempfile.TemporaryDirectory() as folder:
            planned = Path(folder, "planned.mlirbc")
            run_tool("tasd-opt", self.module, *passes, "--emit-bytecode", "-o", planned)
            outputs = run_imported(planned, [self.inputs], self.backend)
            layers = collect_layers(planned)
        return Run(plan, layers, self.network.quality(outputs, self.original, self.folder))
