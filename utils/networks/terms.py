# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans of networks with better terms: channels in order, kept weights compensated.

The network is put in order and profiled dense, before any plan: moments that a planned
network measures are those of inputs that its plans have already moved.
"""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np

from tasd_import.evaluation import run_imported
from tasd_import.progress import Progress
from tasd_import.tools import run_tool

from .evaluation import Plan, import_network, run_originals, split_rows
from .tables import table


@dataclass(frozen=True)
class Terms:
    """What is done for a plan's terms."""

    name: str
    is_ordered: bool
    is_compensated: bool


ALL_TERMS = (
    Terms("as they are", False, False),
    Terms("in order", True, False),
    Terms("compensated", False, True),
    Terms("in order and compensated", True, True),
)


class Measurement:
    """The plans of one network; files go to `work`."""

    def __init__(self, network: ModuleType, folder: Path, work: Path) -> None:
        self.network, self.folder, self.work = network, folder, work
        self.progress = Progress()
        self.module = import_network(network, folder)
        inputs = network.inputs(folder)
        seen, self.unseen = split_rows(network, inputs)
        self.inputs = inputs[self.unseen]
        self.calibration = work / "calibration.npy"
        np.save(self.calibration, inputs[seen])
        self.progress.show("running the original")
        self.original = run_originals(network, folder, self.inputs)
        self.order, self.profile = cache(self._order), cache(self._profile)

    def _order(self, series: str) -> Path:
        """The dense network with its channels in an order for `series`."""
        self.progress.show(f"putting channels in order for {series}")
        ordered = self.work / f"ordered-{series}.mlirbc"
        option = f"--tasd-permute-reduction=series={series}"
        run_tool("tasd-opt", self.module, option, "--emit-bytecode", "-o", ordered)
        return ordered

    def _profile(self, dense: Path) -> Path:
        """The second moments of the inputs of its layers."""
        self.progress.show("profiling the network")
        instrumented = self.work / "instrumented.mlirbc"
        option = "--tasd-instrument=second-moments=full"
        run_tool("tasd-opt", dense, option, "--emit-bytecode", "-o", instrumented)
        profile = self.work / f"{dense.stem}.json"
        run_tool("tasd-run", instrumented, "--input", self.calibration, "--profile", profile)
        return profile

    def plan(self, plan: Plan, terms: Terms) -> Path:
        """The network planned."""
        dense = self.order(plan.series) if terms.is_ordered else self.module
        passes = [plan.option()]
        if terms.is_compensated:
            passes.append(f"--tasd-compensate=file={self.profile(dense)}")
        planned = self.work / "planned.mlirbc"
        run_tool("tasd-opt", dense, *passes, "--emit-bytecode", "-o", planned)
        return planned

    def measure(self, module: Path) -> list[str]:
        """The quality on inputs that were not profiled."""
        outputs = run_imported(module, [self.inputs])
        return self.network.quality(outputs, self.original, self.folder, self.unseen)

    def get_row(self, plan: Plan, terms: Terms) -> list[str]:
        planned = self.plan(plan, terms)
        self.progress.show(f"running the network planned {plan.name()}, {terms.name}")
        return [plan.name(), terms.name, *self.measure(planned)]


def report(network: ModuleType, folder: Path) -> str:
    """A row for the dense network, and one for each plan and what is done for its terms."""
    with tempfile.TemporaryDirectory() as name:
        measurement = Measurement(network, folder, Path(name))
        rows = [["dense", "-", *measurement.measure(measurement.module)]]
        rows += [measurement.get_row(plan, terms) for plan in network.TERMS for terms in ALL_TERMS]
    measurement.progress.clear()
    return table(("plan", "terms", *network.METRICS), rows)
