# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What tasder finds for networks: by each strategy, on each machine, on unseen inputs.

The searches are tasks of sweeps, whose results stay in a folder beside the networks, so
that those that are done are not done again: one for each tasder and each way to score.
"""

import hashlib
import json
import resource
import shutil
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tasd_import import environment
from tasd_import.files import atomic_output
from tasd_import.progress import Progress
from tasd_import.tools import find_tool, run_tool

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
EFFORT = ("plans run", "processor s")
SEARCH_COLUMNS = ("strategy", "weights", "quality", "unseen", *COSTS, *EFFORT)
MACHINE_COLUMNS = ("machine", "unseen", "layers with a series", *COSTS, "EDP bound", *EFFORT)
LAYER_COLUMNS = (
    "layer",
    "series",
    "cycles",
    "dense",
    "energy uJ",
    "dense uJ",
    "bound by",
    "why dense",
)


def get_metric(network: ModuleType, folder: Path) -> str:
    """The network's own score by a program, where it has one."""
    if not hasattr(network, "score"):
        return network.METRIC
    script = environment.REPOSITORY / "utils" / "score-network.py"
    name = network.__name__.split(".")[-1]
    return f"command:'{sys.executable}' '{script}' {name} '{folder}' {{truth}}"


def get_digest(network: ModuleType) -> str:
    """Of what results depend on beside what tasder itself tells apart."""
    digest = hashlib.sha256()
    for path in (find_tool("tasder"), network.__file__):
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:16]


class Times:
    """The processor time of searches, in seconds by the files of their results, in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds: dict[str, float] = json.loads(path.read_text()) if path.exists() else {}

    def add(self, result: str, seconds: float) -> None:
        self.seconds[result] = seconds
        with atomic_output(self.path) as part:
            part.write_text(json.dumps(self.seconds, indent=1) + "\n")


def get_children_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
        parts = zip(
            ("calibration", "test"), ("", "test_"), split_rows(self.network, inputs), strict=True
        )
        for key, prefix, rows in parts:
            arrays = {key: inputs[rows]}
            if hasattr(self.network, "labels"):
                arrays[f"{prefix}labels"] = self.network.labels(rows)
            for name, array in arrays.items():
                np.save(self.work / f"{name}.npy", array)
                files[name] = f"{name}.npy"
        return files

    def write(
        self, name: str, strategies: Sequence[str], machines: Sequence[str], ways: Sequence[str]
    ) -> Path:
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

    @cached_property
    def results(self) -> Path:
        folder = self.work / get_digest(self.network)
        folder.mkdir(exist_ok=True)
        return folder

    @cached_property
    def times(self) -> Times:
        return Times(self.results / "times.json")

    def search(self, sweep: Path, task: str, result: str) -> None:
        """Runs a task, once. It finds no evaluations of others, so that its time is its own."""
        if result in self.times.seconds and Path(result).exists():
            return
        shutil.rmtree(self.results / "evaluations", ignore_errors=True)
        Path(result).unlink(missing_ok=True)
        begin = get_children_time()
        run_tool("tasder", "sweep", sweep, "--results", self.results, "--task", task)
        self.times.add(result, get_children_time() - begin)

    def run(self, *sweep: Any) -> dict[str, Report]:
        """The tasks of a sweep by their names, each with the seconds it took."""
        path, merged = self.write(*sweep), self.work / "merged.json"
        results = ("--results", self.results)
        listed = run_tool("tasder", "sweep", path, *results, "--list-tasks").out.splitlines()
        found = dict(line.split(maxsplit=1) for line in listed)
        for i, (task, result) in enumerate(found.items()):
            self.progress.show(f"task {i + 1} of {len(found)}: {task}")
            self.search(path, task, result)
        self.progress.clear()
        run_tool("tasder", "sweep", path, *results, "--merge", "--json", merged)
        tasks = {task["task"]: task for task in json.loads(merged.read_text())["tasks"]}
        for name, task in tasks.items():
            task["seconds"] = self.times.seconds[found[name]]
        return tasks


def find(tasks: dict[str, Report], model: str, machine: str, strategy: str) -> Report:
    (task,) = (
        task
        for task in tasks.values()
        if (task["model"], task["machine"]) == (model, machine)
        and (task["strategy"] or "dense") == strategy
    )
    return task


def get_quality(report: Report, data: str) -> str:
    (score,) = (score for score in report["scores"] if score["data"] == data)
    return f"{score['score'] / score['dense_score']:.4f}"


def get_costs(report: Report, baseline: Report) -> list[str]:
    return [
        percent(report[key], baseline[f"dense_{key}"])
        for key in ("cycles", "energy_pj", "edp_pj_cycles")
    ]


def get_effort(task: Report) -> list[str]:
    """The plans that the search ran the module with, and its processor time."""
    return [str(task["report"]["plans_evaluated"]), f"{task['seconds']:,.1f}"]


def split_layers(report: Report) -> tuple[list[Report], list[Report]]:
    """The layers that the machine computes: those without series to choose from, and those with."""
    layers = [layer for layer in report["layers"] if layer["cycles"] is not None]
    free = [
        layer for layer in layers if layer["weight_candidates"] or layer["activation_candidates"]
    ]
    return [layer for layer in layers if layer not in free], free


def add_up(layers: Sequence[Report], key: str) -> float:
    return sum(layer[key] for layer in layers)


def get_bound(report: Report, baseline: Report) -> str:
    """What is left of the energy-delay product if all layers that have candidates were free."""
    fixed, _ = split_layers(report)
    product = add_up(fixed, "dense_cycles") * add_up(fixed, "dense_energy_pj")
    return percent(product, baseline["dense_edp_pj_cycles"])


def describe_limits(report: Report) -> str:
    """What of the dense network series cannot reach."""
    fixed, free = split_layers(report)
    shares = [
        percent(add_up(fixed, key), add_up([*fixed, *free], key))
        for key in ("dense_cycles", "dense_energy_pj")
    ]
    bound = sum(layer["dense_binding_level"] == "DRAM" for layer in free)
    energy = sum(
        level["energy_pj"]
        for layer in free
        for level in layer["dense_energy_by_level"]
        if level["name"] == "DRAM"
    )
    return (
        f"Dense on `{report['machine']}`, the {len(fixed)} layers that take no series have {shares[0]} "
        f"of the cycles and {shares[1]} of the energy. Of the other {len(free)}, {bound} are bound by "
        f"DRAM, which takes {percent(energy, add_up(free, 'dense_energy_pj'))} of their energy. "
        f"The layers that most of what is left is in:\n"
    )


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
                *get_effort(task),
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
                *get_effort(task),
            ]
        )
    return table(MACHINE_COLUMNS, rows)


def get_layer_table(tasks: dict[str, Report], model: str) -> str:
    """The layers that have most of what is left."""
    report = find(tasks, model + COMPENSATED, MACHINE, "optimal")["report"]
    layers = [layer for part in split_layers(report) for layer in part]
    totals = {key: add_up(layers, key) for key in ("cycles", "energy_pj")}
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
    return describe_limits(report) + "\n" + table(LAYER_COLUMNS, rows)


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
