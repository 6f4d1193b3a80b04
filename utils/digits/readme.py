# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The figures of examples/digits/README.md.

All of them are computed from the files beside it, never from what a training
run remembers, so that --check can recompute them.
"""

import hashlib
import math
from pathlib import Path

import numpy as np

from .data import Part
from .export import read_parameters
from .network import (
    IMAGE_SHAPE,
    LAYERS,
    PARAMETER_SHAPES,
    STEPS,
    WEIGHT_NAMES,
    Parameters,
    count_correct,
    describe,
    output_shape,
    weight_name,
)

NETWORKS = ("dense", "80", "90", "95")
BEGIN = "<!-- figures: written by utils/train-digits.py -->"
END = "<!-- end of figures -->"

# The 97.5 % point of the normal distribution.
Z_95 = 1.959964

Row = list[str]


def network_path(folder: Path, network: str) -> Path:
    return folder / f"digits-{network}.mlir"


def read_part(folder: Path, name: str) -> Part:
    return Part(np.load(folder / f"{name}-images.npy"), np.load(folder / f"{name}-labels.npy"))


def wilson_interval(hits: int, trials: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share."""
    share = hits / trials
    centre = share + Z_95**2 / (2 * trials)
    half = Z_95 * math.sqrt(share * (1 - share) / trials + Z_95**2 / (4 * trials**2))
    scale = 1 + Z_95**2 / trials
    return (centre - half) / scale, (centre + half) / scale


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def table(header: Row, rows: list[Row]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def by_cross(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape))


def network_table() -> str:
    """Every step with its shapes; the totals last."""
    rows, weights, macs, shape = [], 0, 0, IMAGE_SHAPE
    for step in STEPS:
        shape = output_shape(step, shape)
        row = ["", describe(step), by_cross(shape), "", "", ""]
        if step in LAYERS:
            count = math.prod(step.shape)
            work = count * math.prod(shape[:-1])
            row = [f"`{step.name}`", *row[1:3], by_cross(step.shape), f"{count:,}", f"{work:,}"]
            weights, macs = weights + count, macs + work
        rows.append(row)
    rows.append(["total", "", "", "", f"{weights:,}", f"{macs:,}"])
    return table(["layer", "kind", "output", "weight", "weights", "MACs an image"], rows)


def accuracy_row(network: str, parameters: Parameters, parts: dict[str, Part]) -> Row:
    weights = np.concatenate([np.ravel(parameters[name]) for name in WEIGHT_NAMES])
    counts = {
        name: count_correct(parameters, part.images, part.labels) for name, part in parts.items()
    }
    hits, trials = counts["test"], len(parts["test"])
    low, high = wilson_interval(hits, trials)
    return [
        f"`digits-{network}.mlir`",
        f"{np.sum(weights == 0):,}",
        percent(np.mean(weights == 0)),
        f"{hits}/{trials}",
        f"{percent(hits / trials)} ({percent(low)} to {percent(high)})",
        f"{counts['calibration']}/{len(parts['calibration'])}",
    ]


def sparsity_table(networks: dict[str, Parameters]) -> str:
    rows = [
        [f"`{layer.name}`"]
        + [percent(np.mean(p[weight_name(layer)] == 0)) for p in networks.values()]
        for layer in LAYERS
    ]
    return table(["layer", *(f"`digits-{name}`" for name in networks)], rows)


def file_table(folder: Path) -> str:
    paths = sorted([*folder.glob("*.mlir"), *folder.glob("*.npy")])
    rows = [
        [
            f"`{path.name}`",
            f"{path.stat().st_size:,}",
            f"`{hashlib.sha256(path.read_bytes()).hexdigest()}`",
        ]
        for path in paths
    ]
    return table(["file", "bytes", "SHA-256"], rows)


def figures(folder: Path) -> str:
    """What stands between the markers, computed from the files in `folder`."""
    networks = {name: read_parameters(network_path(folder, name)) for name in NETWORKS}
    parts = {name: read_part(folder, name) for name in ("test", "calibration")}
    header = [
        "network",
        "zeros",
        "sparsity",
        "test",
        "test accuracy (95 % interval)",
        "calibration",
    ]
    accuracies = [accuracy_row(name, networks[name], parts) for name in NETWORKS]
    biases = sum(math.prod(s) for n, s in PARAMETER_SHAPES.items() if n not in WEIGHT_NAMES)
    return "\n".join(
        [
            "### Layers\n",
            network_table(),
            f"Biases, {biases:,} in all, are not counted as weights and not pruned.\n",
            "### Accuracy\n",
            table(header, accuracies),
            "### Sparsity of the weights\n",
            sparsity_table(networks),
            "### Files\n",
            file_table(folder),
        ]
    )


def split_readme(text: str) -> tuple[str, str, str]:
    """What stands before, between and after the markers."""
    before, rest = text.split(BEGIN)
    between, after = rest.split(END)
    return before, between, after


def with_figures(text: str, folder: Path) -> str:
    """`text` with the figures of `folder` between its markers."""
    before, _, after = split_readme(text)
    return f"{before}{BEGIN}\n\n{figures(folder)}\n{END}{after}"
