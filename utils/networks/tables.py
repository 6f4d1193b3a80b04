# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tables that evaluate-networks.py prints, in Markdown."""

import math
from collections import Counter
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from tasd_import.markdown import table

from .evaluation import Run

Layers = Sequence[dict[str, Any]]


def count_weights(layer: dict[str, Any]) -> int:
    """None where a layer multiplies two activations."""
    return math.prod(map(int, layer["shape"].split("x"))) if layer["shape"] else 0


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def count_macs(layers: Layers) -> int:
    """Those of layers that take any number of rows count as none."""
    return sum(layer["macs"] or 0 for layer in layers)


def macs_left(layers: Layers) -> str:
    done = sum((layer["macs"] or 0) * layer["mac_share"] for layer in layers)
    return percent(done, count_macs(layers))


def layer_table(planned: Layers) -> str:
    """The kinds of layers, and which of them a uniform plan reaches."""
    kinds = Counter(layer["op"] for layer in planned)
    rows = []
    for op in kinds:
        same = [layer for layer in planned if layer["op"] == op]
        weights = [count_weights(layer) for layer in same]
        zeros = sum((layer["zero_share"] or 0) * n for layer, n in zip(same, weights, strict=True))
        rows.append(
            [
                f"`{op}`",
                str(len(same)),
                f"{sum(weights):,}",
                percent(zeros, sum(weights)),
                percent(count_macs(same), count_macs(planned)),
                str(sum(layer["series"] is not None for layer in same)),
            ]
        )
    return table(["op", "layers", "weights", "zeros", "share of MACs", "planned"], rows)


def quality_table(network: ModuleType, runs: Sequence[Run]) -> str:
    """A row for each plan: what it leaves of the work, and of the quality."""
    rows = []
    for run in runs:
        dropped = sum(layer["dropped_non_zeros"] or 0 for layer in run.layers)
        name = run.plan.name() if run.plan else "dense"
        count = f"{dropped:,}" if run.plan else "-"
        rows.append([name, macs_left(run.layers), count, *run.quality])
    return table(["plan", "MACs left", "dropped non-zeros", *network.METRICS], rows)


def report(network: ModuleType, runs: Sequence[Run]) -> str:
    """Everything about one network; the runs start with the dense one."""
    planned = next((run for run in runs if run.plan), runs[0])
    return f"{network.TITLE}.\n\n{layer_table(planned.layers)}\n{quality_table(network, runs)}"
