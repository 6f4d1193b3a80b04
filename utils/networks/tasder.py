# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans that tasder finds for networks, by each strategy, judged on unseen inputs."""

import json
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tasd_import import environment
from tasd_import.evaluation import run_imported
from tasd_import.progress import Progress
from tasd_import.tools import run_tool

from .evaluation import import_network, run_originals, split_rows
from .tables import percent, table

MACHINE = "ttc-vegeta-m8"
STRATEGIES = ("greedy", "sparsity", "optimal")
COLUMNS = (
    "strategy",
    "layers with a series",
    "plans run",
    "cycles left",
    "energy left",
    "EDP left",
    "quality",
)


def get_metric(network: ModuleType, folder: Path) -> str:
    """The network's own score by a command, where it has one."""
    if hasattr(network, "METRIC"):
        return network.METRIC
    script = environment.REPOSITORY / "utils" / "score-network.py"
    return f"command:'{sys.executable}' '{script}' {network.__name__.split('.')[-1]} '{folder}'"


def search(
    network: ModuleType, strategy: str, module: Path, array: Path, folder: Path, work: Path
) -> dict[str, Any]:
    """Runs tasder; its report, with the time it took."""
    start = time.monotonic()
    run_tool(
        "tasder",
        module,
        *("--machine", MACHINE, "--calibration", array, "--strategy", strategy),
        *("--metric", get_metric(network, folder), "--min-quality", str(network.MIN_QUALITY)),
        *("--json", work / "report.json", "-o", work / "planned.mlirbc"),
    )
    found = json.loads((work / "report.json").read_text())
    return {**found, "seconds": time.monotonic() - start}


def get_row(strategy: str, found: dict[str, Any], quality: list[str]) -> list[str]:
    layers = found["layers"]
    score = found["scores"][0]
    return [
        strategy,
        f"{sum(layer['series'] is not None for layer in layers)} of {len(layers)}",
        str(found["plans_evaluated"]),
        *(
            percent(found[key], found[f"dense_{key}"])
            for key in ("cycles", "energy_pj", "edp_pj_cycles")
        ),
        f"{score['score'] / score['dense_score']:.4f}",
        *quality,
        f"{found['seconds']:.0f}",
    ]


def report(network: ModuleType, folder: Path) -> str:
    """A row for each strategy: what is left of the costs, and the quality, as a share
    of the dense network's on the inputs searched with, and in full on the others."""
    module = import_network(network, folder)
    inputs = network.inputs(folder)
    seen, unseen = split_rows(network, inputs)
    progress = Progress()
    progress.show("running the original")
    original = run_originals(network, folder, inputs[unseen])
    rows = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        np.save(work / "x.npy", inputs[seen])
        for strategy in STRATEGIES:
            progress.show(f"searching with {strategy}")
            found = search(network, strategy, module, work / "x.npy", folder, work)
            outputs = run_imported(work / "planned.mlirbc", [inputs[unseen]], "cpu")
            quality = network.quality(outputs, original, folder, unseen)
            rows.append(get_row(strategy, found, quality))
    progress.clear()
    return table((*COLUMNS, *network.METRICS, "seconds"), rows)
