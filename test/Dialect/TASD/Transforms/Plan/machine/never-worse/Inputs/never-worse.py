# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans a network for machines and objectives, and holds each layer against dense.

usage: never-worse.py NETWORKS FOLDER TASD_OPT...
"""

import json
import pathlib
import subprocess
import sys

OBJECTIVES = {"latency": "cycles", "energy": "energy_pj", "edp": "edp_pj_cycles"}
# (machine, candidates, bound, objectives); the last two machines drop nothing.
PLANS = [
    ("ttc-vegeta-m8", "1:8,2:8,2:8+1:8,4:8,8:8", 0.3, ["latency", "energy", "edp"]),
    ("ttc-stc-m4", "2:4,2:4+2:4", 0.3, ["latency", "edp"]),
    ("vegeta-m8", "1:8,2:8,4:8,8:8", 0, ["edp"]),
    ("sa-128", "1:8,2:8,4:8", 0, ["edp"]),
]


def plan(tasd_opt, network, folder, machine, series, bound, objective, *flags):
    """The planned module's text, and the costs as JSON."""
    table, module = folder / "cost.json", folder / "planned.mlir"
    options = f"machine={machine} objective={objective} dynamic-extent=64"
    subprocess.run(
        [
            *tasd_opt,
            network,
            "-o",
            module,
            f"--tasd-plan={options} series={series} max-dropped-magnitude={bound}",
            f"--tasd-print-cost={options} json file={table}",
            *flags,
        ],
        check=True,
    )
    return module.read_bytes(), json.loads(table.read_text())


def check(layer, objective):
    where = f"{layer['name']}: {layer['series']}"
    for key in ("cycles", "energy_pj", "outermost_words"):
        assert layer[key] <= layer["dense_" + key], f"{where}: worse in {key}"
    key = OBJECTIVES[objective]
    if layer["series"]:
        assert layer[key] < layer["dense_" + key], f"{where}: no better in {key}"
    else:
        assert layer[key] == layer["dense_" + key], f"{where}: not as dense in {key}"


def main():
    networks, folder, *tasd_opt = sys.argv[1:]
    planned = 0
    for machine, series, bound, objectives in PLANS:
        for objective in objectives:
            network = pathlib.Path(networks) / "digits-95.mlir"
            arguments = (network, pathlib.Path(folder), machine, series, bound, objective)
            module, cost = plan(tasd_opt, *arguments)
            if objective == "edp":
                again, _ = plan(tasd_opt, *arguments, "--mlir-disable-threading")
                assert module == again, "threads change the plan"
            assert len(cost["layers"]) == 7
            for layer in cost["layers"]:
                check(layer, objective)
                planned += layer["series"] is not None
    assert planned >= 15, f"expected many of 49 layers to gain but only {planned} do"


main()
