# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The searches for plans of networks, as tasks of sweeps whose results stay in a folder.

Those that are done are not done again: there is a folder for each tasder and each way to
score.
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

Report = dict[str, Any]

BASELINE = "tc"
# Models with this after their name have channels in order for the network's ORDER, if it
# has one, and kept weights make up for those dropped.
COMPENSATED = "-compensated"


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
