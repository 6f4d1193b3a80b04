# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Networks on the simulated accelerator: cycles, energy, and whether results hold."""

import json
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tasd_import.failure import Failure
from tasd_import.tools import run_tool

from .evaluation import import_network
from .tables import percent, table

MACHINE, BASELINE = "ttc-vegeta-m8", "tc"
SERIES = "1:8,2:8,2:8+1:8,4:8,4:8+1:8"
BOUNDS = ("0.02", "0.1")
COLUMNS = (
    "magnitude dropped at most",
    "layers with a series",
    "cycles",
    "dense cycles",
    "modelled cycles",
    "dense, modelled",
    "energy left",
    "EDP left",
    "rounding of a layer's sums, of the bound",
    "L2 error against the CPU",
)


def plan(module: Path, bound: str, planned: Path) -> dict[str, Any]:
    """Plans the network; what the cost model says of it."""
    modelled = run_tool(
        "tasd-opt",
        module,
        f"--tasd-plan=machine={MACHINE} series={SERIES} max-dropped-magnitude={bound}",
        f"--tasd-print-cost=machine={MACHINE} baseline={BASELINE} json=1",
        "--emit-bytecode",
        "-o",
        planned,
    )
    return json.loads(modelled.out)


def simulate(planned: Path, array: Path, folder: Path) -> tuple[dict[str, Any], float]:
    """What the simulator says, and how far its outputs are from the CPU's."""
    outputs = {}
    for name, options in {
        "ttc": ["--machine", MACHINE, "--baseline", BASELINE, "--rounding"]
        + ["--stats", folder / "stats.json"],
        "cpu": ["--baseline", "none", "--repeat", "1"],
    }.items():
        file = folder / f"{name}.npz"
        run_tool(
            "tasd-run", planned, "--backend", name, *options, "--input", array, "--output", file
        )
        with np.load(file) as results:
            outputs[name] = np.concatenate([results[key].ravel() for key in sorted(results)])
    error = np.linalg.norm(outputs["ttc"] - outputs["cpu"]) / np.linalg.norm(outputs["cpu"])
    return json.loads((folder / "stats.json").read_text()), float(error)


def get_rounding(stats: dict[str, Any]) -> float:
    """The largest of all layers; tasd-run fails where one is beyond the bound."""
    unmeasured = [layer["name"] for layer in stats["rounding"] if layer["reason"]]
    if unmeasured:
        raise Failure(f"the rounding of {', '.join(unmeasured)} was not measured")
    return max(layer["share_of_bound"] for layer in stats["rounding"])


def get_row(bound: str, modelled: dict[str, Any], stats: dict[str, Any], error: float) -> list[str]:
    planned = sum(layer["series"] is not None for layer in stats["layers"])
    return [
        f"{100 * float(bound):g} %",
        f"{planned} of {len(stats['layers'])}",
        f"{stats['cycles']:,}",
        f"{stats['dense_cycles']:,}",
        f"{modelled['cycles']:,}",
        f"{modelled['dense_cycles']:,}",
        percent(stats["energy_pj"], stats["dense_energy_pj"]),
        percent(stats["edp_pj_cycles"], stats["dense_edp_pj_cycles"]),
        f"{100 * get_rounding(stats):.2f} %",
        f"{error:.1e}",
    ]


def report(network: ModuleType, folder: Path) -> str:
    """A row for each bound, of the first input."""
    module = import_network(network, folder)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        np.save(work / "x.npy", network.inputs(folder)[:1])
        for bound in BOUNDS:
            modelled = plan(module, bound, work / "planned.mlirbc")
            rows.append(
                get_row(bound, modelled, *simulate(work / "planned.mlirbc", work / "x.npy", work))
            )
    return table(COLUMNS, rows)
