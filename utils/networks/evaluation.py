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
    """A uniform plan: the series, the layers left dense, and what that leaves; and
    whether channels are put in an order in which the series keep more."""

    series: str
    skip: str = ""
    note: str = "all layers"
    is_ordered: bool = False

    def passes(self) -> list[str]:
        plan = f"--tasd-plan=series={self.series}" + (f" skip={self.skip}" if self.skip else "")
        return [plan, "--tasd-permute-reduction"] if self.is_ordered else [plan]

    def name(self) -> str:
        return f"{self.series}, {self.note}" + (", in order" if self.is_ordered else "")


@dataclass(frozen=True)
class Run:
    """One row of the table: a plan, or none."""

    plan: Plan | None
    layers: list[dict[str, Any]]
    quality: list[str]


def import_network(network: ModuleType, folder: Path) -> Path:
    """The network as linalg in bytecode, beside its model."""
    output = folder / f"{Path(network.MODEL).stem}.mlirbc"
    command = [sys.executable, environment.IMPORT / f"import-{network.KIND}.py"]
    done = subprocess.run(
        [*command, folder / network.MODEL, "-o", output, *network.IMPORT], check=False
    )
    if done.returncode != 0:
        raise Failure(f"the import of {network.MODEL} failed")
    return output


def collect_layers(module: Path) -> list[dict[str, Any]]:
    printed = run_tool("tasd-opt", module, "--tasd-print-plan=json=1", "-o", "/dev/null")
    return json.loads(printed.out)


class Evaluation:
    """The runs of one network."""

    def __init__(self, network: ModuleType, folder: Path, backend: str) -> None:
        self.network, self.folder, self.backend = network, folder, backend
        self.progress = Progress()
        self.module = import_network(network, folder)
        self.inputs = network.inputs(folder)
        self.progress.show("running the original")
        self.original = self._run_original()

    def _run_original(self) -> list[np.ndarray]:
        """The framework's own outputs, row by row as the network was exported."""
        model = self.folder / self.network.MODEL
        rows = [run_original(self.network.KIND, model, [row[None]]) for row in self.inputs]
        return [np.concatenate(outputs) for outputs in zip(*rows, strict=True)]

    def run(self, plan: Plan | None) -> Run:
        self.progress.show(f"running the network planned {plan.name()}" if plan else "running it")
        passes = plan.passes() if plan else []
        with tempfile.TemporaryDirectory() as folder:
            planned = Path(folder, "planned.mlirbc")
            run_tool("tasd-opt", self.module, *passes, "--emit-bytecode", "-o", planned)
            outputs = run_imported(planned, [self.inputs], self.backend)
            layers = collect_layers(planned)
        return Run(plan, layers, self.network.quality(outputs, self.original, self.folder))
