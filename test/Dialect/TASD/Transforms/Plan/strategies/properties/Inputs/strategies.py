# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans a network by every strategy, and holds the strategies to what they promise.

usage: strategies.py NETWORK FOLDER TASD_OPT...
"""

import json
import pathlib
import re
import subprocess
import sys

OBJECTIVES = {"latency": "cycles", "energy": "energy_pj", "edp": "edp_pj_cycles"}
STRATEGIES = ["uniform", "sparsity", "greedy", "optimal"]
# (machine, objective, error model, bounds)
PROBLEMS = [
    ("ttc-vegeta-m8", "edp", "dropped-magnitude", [0, 0.3]),
    ("ttc-vegeta-m8", "latency", "dropped-non-zeros", [0.4]),
    ("ttc-stc-m4", "energy", "frobenius", [0.1]),
    ("ttc-vegeta-m4", "edp", "output-error", [0.02]),
    ("sa-128", "edp", "dropped-magnitude", [0.3]),
]


def plan(tasd_opt, network, folder, machine, objective, model, strategy, bound, *flags):
    """The planned module, what was said of it as a whole, and its costs."""
    table, module = folder / "cost.json", folder / "planned.mlir"
    options = f"machine={machine} objective={objective} dynamic-extent=64"
    weighing = f"strategy={strategy} max-error={bound} error-model={model}"
    result = subprocess.run(
        [
            *tasd_opt,
            network,
            "-o",
            module,
            f"--tasd-plan={options} {weighing}",
            f"--tasd-print-cost={options} json file={table}",
            "--remarks-filter=tasd",
            "--remark-format=emitRemark",
            *flags,
        ],
        check=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    totals = re.search(r"\[Analysis\] tasd-plan .*", result.stderr).group()
    totals = dict(re.findall(r"(\w+)=([^,\s]+)", totals))
    return module.read_bytes(), totals, json.loads(table.read_text())["layers"]


def check_layer(layer, objective):
    for key in ("cycles", "energy_pj", "outermost_words"):
        assert layer[key] <= layer["dense_" + key], f"{layer['name']}: worse in {key}"


def check(totals, layers, objective, bound):
    """Returns the objective of the model."""
    for layer in layers:
        check_layer(layer, objective)
    assert float(totals["error"]) <= bound, f"error {totals['error']} above {bound}"
    cycles = sum(layer["cycles"] for layer in layers)
    assert int(totals["cycles"]) == cycles, f"{totals['cycles']} cycles, not {cycles}"
    energy = sum(layer["energy_pj"] for layer in layers)
    said = float(totals["energy_pj"])
    assert abs(said - energy) <= 1e-6 * energy, f"{said} pJ, not {energy}"
    return {"latency": cycles, "energy": energy, "edp": cycles * energy}[objective]


def main():
    network, folder, *tasd_opt = sys.argv[1:]
    gains = 0
    for machine, objective, model, bounds in PROBLEMS:
        for bound in bounds:
            values = {}
            for strategy in STRATEGIES:
                arguments = (pathlib.Path(folder), machine, objective, model, strategy, bound)
                module, totals, layers = plan(tasd_opt, network, *arguments)
                values[strategy] = check(totals, layers, objective, bound)
            assert totals["gap_share"] == "0.000000e+00"
            again, _, _ = plan(tasd_opt, network, *arguments, "--mlir-disable-threading")
            assert module == again, "threads change the plan"
            for strategy, value in values.items():
                where = f"{machine} {objective} {bound}: optimal beside {strategy}"
                assert values["optimal"] <= value * (1 + 1e-9), where
                gains += values["optimal"] < 0.999 * value
    assert gains >= 6, f"expected optimal to gain over others often but it did {gains} times"


main()
