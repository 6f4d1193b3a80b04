# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The network: one table of steps, and what the table means in JAX.

Layouts are those of linalg: images NHWC, filters HWCF, matrices [in, out].
"""

import math
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

Parameters = dict[str, jax.Array]

IMAGE_SHAPE = (8, 8, 1)
NUM_CLASSES = 10


@dataclass(frozen=True)
class Conv:
    """A square convolution, padded by half its kernel; bias and ReLU follow."""

    name: str
    kernel: int
    inputs: int
    outputs: int
    stride: int = 1
    relu: bool = True

    @property
    def padding(self) -> int:
        return self.kernel // 2

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.kernel, self.kernel, self.inputs, self.outputs)


@dataclass(frozen=True)
class Linear:
    """A matrix product; bias and, but for the last layer, ReLU follow."""

    name: str
    inputs: int
    outputs: int
    relu: bool = True

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.inputs, self.outputs)


@dataclass(frozen=True)
class MaxPool:
    """The maximum of each square window; windows do not overlap."""

    window: int = 2


@dataclass(frozen=True)
class Flatten:
    """Rows, columns and channels become one dimension, in that order."""


Step = Conv | Linear | MaxPool | Flatten

STEPS = (
    Conv("conv1", kernel=3, inputs=1, outputs=32),
    Conv("conv2", kernel=3, inputs=32, outputs=64),
    Conv("conv3", kernel=3, inputs=64, outputs=128, stride=2),
    Conv("conv4", kernel=1, inputs=128, outputs=128),
    Conv("conv5", kernel=3, inputs=128, outputs=128),
    MaxPool(),
    Flatten(),
    Linear("fc1", inputs=512, outputs=256),
    Linear("fc2", inputs=256, outputs=NUM_CLASSES, relu=False),
)

LAYERS = tuple(step for step in STEPS if isinstance(step, (Conv, Linear)))


def weight_name(layer: Conv | Linear) -> str:
    return f"{layer.name}_weight"


def bias_name(layer: Conv | Linear) -> str:
    return f"{layer.name}_bias"


def describe(step: Step) -> str:
    """A step in words, for readers of the network's file and tables."""
    match step:
        case Conv():
            size = f"{step.kernel}x{step.kernel}"
            return f"{size} convolution, stride {step.stride}, padding {step.padding}"
        case Linear():
            return "fully connected"
        case MaxPool():
            return f"{step.window}x{step.window} max pooling"
        case Flatten():
            return "flatten"


def output_shape(step: Step, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of one image after `step`."""
    match step:
        case Conv():
            size = (shape[0] + 2 * step.padding - step.kernel) // step.stride + 1
            return (size, size, step.outputs)
        case Linear():
            return (step.outputs,)
        case MaxPool():
            return (shape[0] // step.window, shape[1] // step.window, shape[2])
        case Flatten():
            return (math.prod(shape),)


WEIGHT_NAMES = tuple(weight_name(layer) for layer in LAYERS)

PARAMETER_SHAPES = {
    name: shape
    for layer in LAYERS
    for name, shape in (
        (bias_name(layer), (layer.outputs,)),
        (weight_name(layer), layer.shape),
    )
}


def initialize(rng: np.random.Generator) -> Parameters:
    """He's normal initialization; biases start at zero."""
    parameters = {}
    for name, shape in PARAMETER_SHAPES.items():
        deviation = math.sqrt(2 / math.prod(shape[:-1])) if shape[:-1] else 0.0
        values = deviation * rng.standard_normal(shape)
        parameters[name] = jnp.asarray(values, jnp.float32)
    return parameters


def convolve(step: Conv, x: jax.Array, weight: jax.Array) -> jax.Array:
    return jax.lax.conv_general_dilated(
        x,
        weight,
        window_strides=(step.stride, step.stride),
        padding=((step.padding, step.padding),) * 2,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )


def pool(step: MaxPool, x: jax.Array) -> jax.Array:
    window = (1, step.window, step.window, 1)
    return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, window, "VALID")


def apply_layer(step: Conv | Linear, parameters: Parameters, x: jax.Array) -> jax.Array:
    weight = parameters[weight_name(step)]
    product = convolve(step, x, weight) if isinstance(step, Conv) else x @ weight
    biased = product + parameters[bias_name(step)]
    return jnp.maximum(biased, 0.0) if step.relu else biased


def forward(parameters: Parameters, images: jax.Array) -> jax.Array:
    """The logits [n, 10] of `images` [n, 8, 8, 1]."""
    x = images
    for step in STEPS:
        if isinstance(step, MaxPool):
            x = pool(step, x)
        elif isinstance(step, Flatten):
            x = x.reshape(x.shape[0], -1)
        else:
            x = apply_layer(step, parameters, x)
    return x


def find_correct(parameters: Parameters, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Which images have their label's logit as the largest."""
    logits = jax.jit(forward)(parameters, images)
    return np.asarray(logits).argmax(axis=1) == labels


def count_correct(parameters: Parameters, images: np.ndarray, labels: np.ndarray) -> int:
    """How many images have their label's logit as the largest."""
    return int(find_correct(parameters, images, labels).sum())
