# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What tasder finds for networks: by each strategy, on each machine, on unseen inputs.

The searches are tasks of a sweep, whose results stay in a folder beside the networks, so
that those that are done are not done again. How long each took stands beside them.
"""

import json
import sys
import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tasd_import import environment
from tasd_import.progress import Progress
from tasd_import.tools import run_tool

from .evaluation import import_models, split_rows
from .tables import percent, table

Report = dict[str, Any]

BASELINE = "tc"
# The machine that strategies are compared on, and all that take series.
MACHINE = "ttc-vegeta-m8"
MACHINES = ("stc", "vegeta-m8", "ttc-stc-m4", "ttc-stc-m8", "ttc-vegeta-m4", MACHINE)
STRATEGIES = ("greedy", "sparsity", "optimal")
# Models with this after their name have channels in order for the network's ORDER, if it
# has one, and kept weights make up for those dropped.
COMPENSATED = "-compensated"
# Layers that most of what is left is in.
NUM_LAYERS = 12

COSTS = ("cycles left", "energy left", "EDP left")
SEARCH_COLUMNS = ("strategy", "weights", "quality", "unseen", *COSTS, "plans run", "seconds")
MACHINE_COLUMNS = ("machine", "unseen", "layers with a series", *COSTS, "EDP bound", "seconds")
LAYER_COLUMNS = ("layer", "series", "cycles", "dense", "energy uJ", "dense uJ", "bound by", "why dense")


def get_metric(network: ModuleType, folder: Path) -> str:
    """The network's own score by a program, where it has one."""
    if not hasattr(network, "score"):
        return network.METRIC
    script = environment.REPOSITORY / "utils" / "score-network.py"
    name = network.__name__.split(".")[-1]
    return f"command:'{sys.executable}' '{script}' {name} '{folder}' {{truth}}"


def get_seconds_file(result: Path) -> Path:
    """How long it took to make a result is beside it."""
    return result.with_suffix(".seconds")


class Sweeps:
    """The searches for the models of one network; files go to `work`."""

    def __init__(self, network: ModuleType, folder: Path, work: Path) -> None:
        self.network, self.folder, self.work = network, folder.absolute(), work
        self.progress = Progress()
        work.mkdir(parents=True, exist_ok=True)

    @cached_property
    def models(self) -> dict[str, Path]:
        """The modules by name."""
        return {model.stem: model for model in import_models(self.network, self.folder)}

    def order(self, model: Path) -> Path:
        """A model with its channels in order."""
        if not hasattr(self.network, "ORDER"):
            return model
        ordered = self.work / f"{model.stem}-ordered.mlirbc"
        option = f"--tasd-permute-reduction=series={self.network.ORDER}"
        run_tool("tasd-opt", model, option, "--emit-bytecode", "-o", ordered)
        return ordered

    @cached_property
    def data(self) -> dict[str, str]:
        """The files of inputs and labels, to search with and others, by the sweep's keys."""
        inputs = self.network.inputs(self.folder)
        files = {}
        parts = zip(("calibration", "test"), ("", "test_"), split_rows(self.network, inputs), strict=True)
        for key, prefix, rows in parts:
            arrays = {key: inputs[rows]}
            if hasattr(self.network, "labels"):
                arrays[f"{prefix}labels"] = self.network.labels(rows)
            for name, array in arrays.items():
                np.save(self.work / f"{name}.npy", array)
                files[name] = f"{name}.npy"
        return files

    def write(self, name: str, strategies: Sequence[str], machines: Sequence[str], ways: Sequence[str]) -> Path:
        """A sweep, in JSON, which is YAML too."""
        models = [
            {
                "name": model + way,
                "module": str(self.order(path) if way else path),
                "compensate": bool(way),
            }
            for model, path in self.models.items()
            for way in ways
        ]
        sweep = {
            "models": models,
            "machines": list(machines),
            "strategies": list(strategies),
            "min_qualities": [self.network.MIN_QUALITY],
            "baseline": BASELINE,
            "metric": get_metric(self.network, self.folder),
            **self.data,
        }
        path = self.work / f"{name}.yaml"
        path.write_text(json.dumps(sweep, indent=1) + "\n")
        return path

    def list_tasks(self, sweep: Path, results: Path) -> dict[str, Path]:
        """The tasks and the files of their results."""
        listed = run_tool("tasder", "sweep", sweep, "--results", results, "--list-tasks").out
        return {task: Path(path) for task, path in map(str.split, listed.splitlines())}

    def run(self, *sweep: Any) -> dict[str, Report]:
        """The tasks of a sweep by their names, with the seconds that each took."""
        path, results = self.write(*sweep), self.work / "results"
        tasks = self.list_tasks(path, results)
        for i, (task, result) in enumerate(tasks.items()):
            self.progress.show(f"task {i + 1} of {len(tasks)}: {task}")
            if not (result.exists() and get_seconds_file(result).exists()):
                start = time.monotonic()
                run_tool("tasder", "sweep", path, "--results", results, "--task", task)
                get_seconds_file(result).write_text(f"{time.monotonic() - start:.1f}\n")
        self.progress.clear()
        merged = self.work / "merged.json"
        run_tool("tasder", "sweep", path, "--results", results, "--merge", "--json", merged)
        found = {task["task"]: task for task in json.loads(merged.read_text())["tasks"]}
        for name, result in tasks.items():
            found[name]["seconds"] = float(get_seconds_file(result).read_text())
        return found


def find(tasks: dict[str, Report], model: str, machine: str, strategy: str) -> Report:
    (task,) = (
        task
        for task in tasks.values()
        if (task["model"], task["machine"]) == (model, machine)
        and (task["budget"] or {"strategy": "dense"})["strategy"] == strategy
    )
    return task


def get_quality(report: Report, data: str) -> str:
    (score,) = (score for score in report["scores"] if score["data"] == data)
    return f"{score['score'] / score['dense_score']:.4f}"


def get_costs(report: Report, baseline: Report) -> list[str]:
    return [percent(report[key], baseline[f"dense_{key}"]) for key in ("cycles", "energy_pj", "edp_pj_cycles")]


def get_bound(report: Report, baseline: Report) -> str:
    """What is left of the energy-delay product if all layers that have candidates were free."""
    fixed = [
        layer
        for layer in report["layers"]
        if layer["cycles"] is not None
        and not layer["weight_candidates"]
        and not layer["activation_candidates"]
    ]
    cycles, energy = (sum(layer[key] for layer in fixed) for key in ("dense_cycles", "dense_energy_pj"))
    return percent(cycles * energy, baseline["dense_edp_pj_cycles"])


def get_search_table(tasks: dict[str, Report], model: str, compensated: str) -> str:
    """`compensated` is what was done for terms where that was."""
    baseline = find(tasks, model, BASELINE, "dense")["report"]
    rows = []
    for way, strategy in (("", "optimal"), *((COMPENSATED, strategy) for strategy in STRATEGIES)):
        task = find(tasks, model + way, MACHINE, strategy)
        report = task["report"]
        rows.append(
            [
                strategy,
                compensated if way else "as they are",
                *(get_quality(report, data) for data in ("calibration", "test")),
                *get_costs(report, baseline),
                str(report["plans_evaluated"]),
                f"{task['seconds']:.0f}",
            ]
        )
    return table(SEARCH_COLUMNS, rows)


def get_machine_table(tasks: dict[str, Report], model: str) -> str:
    model += COMPENSATED
    baseline = find(tasks, model, BASELINE, "dense")["report"]
    rows = []
    for machine in MACHINES:
        task = find(tasks, model, machine, "optimal")
        report = task["report"]
        planned = sum(layer["series"] is not None for layer in report["layers"])
        rows.append(
            [
                f"`{machine}`",
                get_quality(report, "test"),
                f"{planned} of {len(report['layers'])}",
                *get_costs(report, baseline),
                get_bound(report, baseline),
                f"{task['seconds']:.0f}",
            ]
        )
    return table(MACHINE_COLUMNS, rows)


def get_layer_table(tasks: dict[str, Report], model: str) -> str:
    """The layers that have most of what is left."""
    report = find(tasks, model + COMPENSATED, MACHINE, "optimal")["report"]
    layers = [layer for layer in report["layers"] if layer["cycles"] is not None]
    totals = {key: sum(layer[key] for layer in layers) for key in ("cycles", "energy_pj")}
    layers.sort(key=lambda layer: -sum(layer[key] / totals[key] for key in totals))
    rows = [
        [
            f"`{layer['name']}`",
            layer["series"] or "-",
            f"{layer['cycles']:,}",
            f"{layer['dense_cycles']:,}",
            f"{layer['energy_pj'] / 1e6:.1f}",
            f"{layer['dense_energy_pj'] / 1e6:.1f}",
            layer["binding_level"],
            "-" if layer["series"] else (layer["reason"] or "-").split(":")[0],
        ]
        for layer in layers[:NUM_LAYERS]
    ]
    return table(LAYER_COLUMNS, rows)


def report(network: ModuleType, folder: Path) -> str:
    """For each model of the network a table of strategies and one of machines; for the
    last, the layers that most of what is left is in."""
    sweeps = Sweeps(network, folder, folder / "results" / network.__name__.split(".")[-1])
    searched = {
        **sweeps.run("trained", ("optimal",), (MACHINE,), ("",)),
        **sweeps.run("strategies", STRATEGIES, (MACHINE,), (COMPENSATED,)),
    }
    machines = sweeps.run("machines", ("optimal",), MACHINES, (COMPENSATED,))
    compensated = "in order, compensated" if hasattr(network, "ORDER") else "compensated"
    parts = []
    for model in sweeps.models:
        parts.append(f"### {model}\n\n{get_search_table(searched, model, compensated)}")
        parts.append(get_machine_table(machines, model))
    parts.append(get_layer_table(machines, model))
    return "\n".join(parts)
