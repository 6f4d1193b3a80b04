# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What tasder finds for networks: by each strategy, on each machine, on unseen inputs."""

import math
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from .searches import BASELINE, COMPENSATED, Report, Sweeps
from .tables import percent, table

# The machine that strategies are compared on, and all that know sparsity.
MACHINE = "ttc-vegeta-m8"
MACHINES = ("stc", "vegeta-m8", "dstc", "ttc-stc-m4", "ttc-stc-m8", "ttc-vegeta-m4", MACHINE)
STRATEGIES = ("greedy", "sparsity", "optimal")
# Layers that most of what is left is in.
NUM_LAYERS = 12

COSTS = ("cycles left", "energy left", "EDP left")
EFFORT = ("plans run", "processor s")
SEARCH_COLUMNS = (
    "strategy",
    "weights",
    "quality",
    "unseen",
    *COSTS,
    "found by",
    "gap",
    *EFFORT,
)
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


def find(tasks: dict[str, Report], model: str, machine: str, strategy: str) -> Report:
    (task,) = (
        task
        for task in tasks.values()
        if (task["model"], task["machine"]) == (model, machine)
        and (task["strategy"] or "dense") == strategy
    )
    return task


def get_quality(report: Report, data: str) -> str:
    """As a share of the dense one, never rounded up to a bound that it misses."""
    (score,) = (score for score in report["scores"] if score["data"] == data)
    return f"{math.floor(1e4 * score['score'] / score['dense_score'] + 1e-9) / 1e4:.4f}"


def get_finder(report: Report) -> str:
    """The strategy that proposed what was chosen."""
    (chosen,) = (plan for plan in report["plans"] if plan["chosen"])
    return chosen["strategy"]


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
    machine, eligible = report["machine"], len(free)
    return (
        f"Dense on `{machine}`, the {len(fixed)} layers that take no series have {shares[0]} of "
        f"the cycles and {shares[1]} of the energy. Of the other {eligible}, {bound} are bound by "
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
                get_finder(report),
                percent(report["gap_share"], 1) if report["gap_share"] is not None else "-",
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
