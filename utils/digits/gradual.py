# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Gradual pruning: stages of rising sparsity, with fine-tuning after each.

The schedule is that of the publications on tile-wise sparsity, of which every stage
chooses its masks anew by what training has made of the weights.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
from patterns.prunings import Pruning

from .data import Part
from .network import IMAGE_SHAPE, LAYERS, STEPS, Parameters, output_shape, weight_name
from .training import Schedule, apply_masks, train

# The first layer has nine rows, and the columns of the last one are the classes: both
# stay dense, by any pattern.
PRUNED_LAYERS = LAYERS[1:-1]

STAGES = (0.25, 0.40, 0.50, 0.60, 0.70, 0.75, 0.80, 0.85, 0.90)


@dataclass(frozen=True)
class Stage:
    """What a network has become."""

    sparsity: float
    parameters: Parameters
    masks: Parameters

    @property
    def achieved(self) -> float:
        """The share of the pruned layers' weights that their masks leave out."""
        masks = [np.asarray(mask) for mask in self.masks.values()]
        return 1 - sum(map(np.sum, masks)) / sum(mask.size for mask in masks)

    @property
    def macs_left(self) -> float:
        """Of the pruned layers, as a share."""
        positions = count_positions()
        left = sum(int(np.sum(mask)) * positions[name] for name, mask in self.masks.items())
        return left / sum(mask.size * positions[name] for name, mask in self.masks.items())


def count_positions() -> dict[str, int]:
    """How often each weight of a layer is multiplied for one image."""
    positions, shape = {}, IMAGE_SHAPE
    for step in STEPS:
        shape = output_shape(step, shape)
        if step in LAYERS:
            positions[weight_name(step)] = math.prod(shape[:-1])
    return positions


def prune(parameters: Parameters, pruning: Pruning, sparsity: float) -> Stage:
    """Masks by the magnitudes of the weights, which are zero where they leave out."""
    names = [weight_name(layer) for layer in PRUNED_LAYERS]
    shapes = [parameters[name].shape for name in names]
    matrices = [
        np.asarray(parameters[name]).reshape(-1, parameters[name].shape[-1]) for name in names
    ]
    kept = pruning.prune(matrices, sparsity).masks
    masks = {
        name: jnp.asarray(mask.reshape(shape))
        for name, mask, shape in zip(names, kept, shapes, strict=True)
    }
    return Stage(sparsity, apply_masks(parameters, masks), masks)


def show_nothing(what: str, done: int, total: int) -> None:
    """A stage is short."""


def prune_gradually(
    parameters: Parameters,
    pruning: Pruning,
    stages: Sequence[float],
    part: Part,
    schedule: Schedule,
    rng: np.random.Generator,
) -> Iterator[Stage]:
    """The network after each stage, fine-tuned."""
    for sparsity in stages:
        stage = prune(parameters, pruning, sparsity)
        parameters = train(stage.parameters, stage.masks, part, schedule, rng, show_nothing)
        yield Stage(sparsity, parameters, stage.masks)
