# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Training and pruning.

Adam with decoupled weight decay and a cosine schedule, on images that are
turned, scaled and shifted at random. Pruning removes the smallest weights of
the whole network at once and trains on with the mask.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from .data import Part
from .network import WEIGHT_NAMES, Parameters, forward

BATCH = 64
WEIGHT_DECAY = 0.5
LABEL_SMOOTHING = 0.05

# The largest distortion: degrees, share of the size, pixels.
LARGEST_TURN = 12.0
LARGEST_SCALE = 0.12
LARGEST_SHIFT = 0.7

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Schedule:
    """How long to train, and the rate to start from."""

    epochs: int
    rate: float


def distort(image: jax.Array, draw: jax.Array) -> jax.Array:
    """Turns, scales and shifts an image by `draw`, four numbers in [-1, 1]."""
    angle = jnp.deg2rad(LARGEST_TURN) * draw[0]
    scale = 1 + LARGEST_SCALE * draw[1]
    turn = jnp.array([[jnp.cos(angle), -jnp.sin(angle)], [jnp.sin(angle), jnp.cos(angle)]])
    centre = (image.shape[0] - 1) / 2
    grid = jnp.stack(jnp.meshgrid(*map(jnp.arange, image.shape[:2]), indexing="ij"))
    shift = centre + LARGEST_SHIFT * draw[2:]
    source = jnp.einsum("ij,jhw->ihw", scale * turn, grid - centre) + shift[:, None, None]
    warped = jax.scipy.ndimage.map_coordinates(image[..., 0], list(source), order=1)
    return warped[..., None]


def loss(parameters: Parameters, images: jax.Array, labels: jax.Array) -> jax.Array:
    """Cross entropy with smoothed labels."""
    log_shares = jax.nn.log_softmax(forward(parameters, images))
    hit = jnp.take_along_axis(log_shares, labels[:, None], axis=1).mean()
    return -(1 - LABEL_SMOOTHING) * hit - LABEL_SMOOTHING * log_shares.mean()


def apply_masks(parameters: Parameters, masks: Parameters) -> Parameters:
    """Sets what the masks leave out to +0."""
    return {
        name: jnp.where(masks[name], value, 0.0) if name in masks else value
        for name, value in parameters.items()
    }


def adam(parameters, gradients, moments, count, rate):
    """One step of Adam; weights, not biases, decay."""
    first, second = moments
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
    updated = {}
    for name, value in parameters.items():
        mean = first[name] / (1 - 0.9**count)
        deviation = jnp.sqrt(second[name] / (1 - 0.999**count))
        decay = WEIGHT_DECAY * value if name in WEIGHT_NAMES else 0.0
        updated[name] = value - rate * (mean / (deviation + 1e-8) + decay)
    return updated, (first, second)


@partial(jax.jit, donate_argnums=(0, 1))
def step(parameters, moments, masks, images, labels, draws, count, rate):
    """One batch."""
    distorted = jax.vmap(distort)(images, draws)
    gradients = jax.grad(loss)(parameters, distorted, labels)
    parameters, moments = adam(parameters, gradients, moments, count, rate)
    return apply_masks(parameters, masks), moments


def train(
    parameters: Parameters,
    masks: Parameters,
    part: Part,
    schedule: Schedule,
    rng: np.random.Generator,
    progress: Progress,
) -> Parameters:
    """Trains with `masks`, which leave out weights; {} leaves out none."""
    parameters = apply_masks(jax.tree.map(jnp.copy, parameters), masks)
    moments = tuple(jax.tree.map(jnp.zeros_like, parameters) for _ in range(2))
    batches = len(part) // BATCH
    total = schedule.epochs * batches
    for count in range(total):
        if count % batches == 0:
            progress("epoch", count // batches, schedule.epochs)
            order = rng.permutation(len(part))
        chosen = order[count % batches * BATCH :][:BATCH]
        draws = rng.uniform(-1, 1, (BATCH, 4)).astype(np.float32)
        rate = schedule.rate * (1 + math.cos(math.pi * count / total)) / 2
        parameters, moments = step(
            parameters, moments, masks, part.images[chosen], part.labels[chosen],
            draws, np.float32(count + 1), np.float32(rate),
        )  # fmt: skip
    progress("epoch", schedule.epochs, schedule.epochs)
    return parameters


def prune(parameters: Parameters, sparsity: float) -> Parameters:
    """Masks that leave out the smallest weights of all layers together."""
    magnitudes = [np.abs(parameters[name]).ravel() for name in WEIGHT_NAMES]
    order = np.argsort(np.concatenate(magnitudes), kind="stable")
    kept = np.ones(len(order), bool)
    kept[order[: round(sparsity * len(order))]] = False
    ends = np.cumsum([len(magnitude) for magnitude in magnitudes])
    return {
        name: jnp.asarray(part.reshape(parameters[name].shape))
        for name, part in zip(WEIGHT_NAMES, np.split(kept, ends[:-1]), strict=True)
    }
