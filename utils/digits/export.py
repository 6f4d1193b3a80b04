# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Networks as MLIR files: linalg on tensors, as an importer would give it.

The function comes first and is the same for every network; the weights stand
in the resource section at the end of the file, bit by bit.
"""

import re
from pathlib import Path

import jax.numpy as jnp
import numpy as np

from .network import (
    IMAGE_SHAPE,
    NUM_CLASSES,
    PARAMETER_SHAPES,
    STEPS,
    Conv,
    Flatten,
    Linear,
    MaxPool,
    Parameters,
    bias_name,
    describe,
    output_shape,
    weight_name,
)

# A resource starts with its alignment: four bytes, little-endian.
ALIGNMENT = "0x04000000"

# Maps of the elementwise ops: every dimension, or the last one only.
MAPS = """\
#every2 = affine_map<(n, c) -> (n, c)>
#last2 = affine_map<(n, c) -> (c)>
#every4 = affine_map<(n, h, w, c) -> (n, h, w, c)>
#last4 = affine_map<(n, h, w, c) -> (c)>
"""

RESOURCE = re.compile(rf'(\w+): "{ALIGNMENT}([0-9A-F]+)"')


def tensor(*shape: int | str) -> str:
    return f"tensor<{'x'.join(map(str, shape))}xf32>"


def window(stride: int) -> str:
    """The attributes of a convolution or pooling."""
    ones, strides = (f"dense<{n}> : tensor<2xi64>" for n in (1, stride))
    return f"{{dilations = {ones}, strides = {strides}}}"


class FunctionWriter:
    """Writes the body of the function, one method per kind of step."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.value = "%images"
        self.shape: tuple[int, ...] = IMAGE_SHAPE

    def emit(self, text: str) -> None:
        self.lines += [f"    {line}" for line in text.splitlines()]

    @property
    def type(self) -> str:
        return tensor("?", *self.shape)

    def become(self, value: str, shape: tuple[int, ...]) -> None:
        """Makes `value` the input of what follows."""
        self.value, self.shape = value, shape

    def constant(self, name: str) -> str:
        """A parameter of the network, as `value : type`."""
        kind = tensor(*PARAMETER_SHAPES[name])
        self.emit(f"%{name} = arith.constant dense_resource<{name}> : {kind}")
        return f"%{name} : {kind}"

    def structured(
        self, op: str, name: str, other: str, scalar: str, shape: tuple[int, ...], suffix: str = ""
    ) -> None:
        """A named op of the current value and `other`, into an init full of `scalar`."""
        result = tensor("?", *shape)
        operand, kind = other.split(" : ")
        self.emit(
            f"%{name}_empty = tensor.empty(%batch) : {result}\n"
            f"%{name}_init = linalg.fill ins({scalar} : f32)"
            f" outs(%{name}_empty : {result}) -> {result}\n"
            f"%{name} = linalg.{op}\n"
            f"    ins({self.value}, {operand} : {self.type}, {kind})\n"
            f"    outs(%{name}_init : {result}) -> {result}{suffix}"
        )
        self.become(f"%{name}", shape)

    def pad(self, step: Conv) -> None:
        rows, columns, channels = self.shape
        shape = (rows + 2 * step.padding, columns + 2 * step.padding, channels)
        edge = f"[0, {step.padding}, {step.padding}, 0]"
        self.emit(
            f"%{step.name}_padded = tensor.pad {self.value} low{edge} high{edge} {{\n"
            f"^bb0(%n: index, %h: index, %w: index, %c: index):\n"
            f"  tensor.yield %zero : f32\n"
            f"}} : {self.type} to {tensor('?', *shape)}"
        )
        self.become(f"%{step.name}_padded", shape)

    def conv(self, step: Conv) -> None:
        shape = output_shape(step, self.shape)
        if step.padding:
            self.pad(step)
        self.layer(f"conv_2d_nhwc_hwcf\n    {window(step.stride)}", step, shape)

    def linear(self, step: Linear) -> None:
        self.layer("matmul", step, output_shape(step, self.shape))

    def layer(self, op: str, step: Conv | Linear, shape: tuple[int, ...]) -> None:
        """A convolution or matrix product, named by its location, and what follows."""
        weight = self.constant(weight_name(step))
        self.structured(op, step.name, weight, "%zero", shape, f' loc("{step.name}")')
        self.bias(step)
        if step.relu:
            self.relu(step)

    def elementwise(self, name: str, maps: str, inputs: str, arguments: str, body: str) -> None:
        """An elementwise generic op, whose result becomes the current value."""
        iterators = ", ".join(['"parallel"'] * (len(self.shape) + 1))
        self.emit(
            f"%{name}_empty = tensor.empty(%batch) : {self.type}\n"
            f"%{name} = linalg.generic {{\n"
            f"    indexing_maps = [{maps}],\n"
            f"    iterator_types = [{iterators}]}}\n"
            f"    ins({inputs})\n"
            f"    outs(%{name}_empty : {self.type}) {{\n"
            f"^bb0(%x: f32, {arguments}%out: f32):\n"
            f"  %y = {body} : f32\n"
            f"  linalg.yield %y : f32\n"
            f"}} -> {self.type}"
        )
        self.become(f"%{name}", self.shape)

    def maps(self, kinds: str) -> str:
        """The aliases of `kinds` of maps for the rank of the current value."""
        return ", ".join(f"#{kind}{len(self.shape) + 1}" for kind in kinds.split())

    def bias(self, step: Conv | Linear) -> None:
        operand, kind = self.constant(bias_name(step)).split(" : ")
        inputs = f"{self.value}, {operand} : {self.type}, {kind}"
        maps = self.maps("every last every")
        self.elementwise(f"{step.name}_biased", maps, inputs, "%b: f32, ", "arith.addf %x, %b")

    def relu(self, step: Conv | Linear) -> None:
        inputs = f"{self.value} : {self.type}"
        maps = self.maps("every every")
        self.elementwise(f"{step.name}_relu", maps, inputs, "", "arith.maximumf %x, %zero")

    def max_pool(self, step: MaxPool) -> None:
        kind = tensor(step.window, step.window)
        self.emit(f"%window = tensor.empty() : {kind}")
        op = f"pooling_nhwc_max\n    {window(step.window)}"
        shape = output_shape(step, self.shape)
        self.structured(op, "pool", f"%window : {kind}", "%lowest", shape)

    def flatten(self, step: Flatten) -> None:
        shape = output_shape(step, self.shape)
        self.emit(
            f"%flat = tensor.collapse_shape {self.value} [[0], [1, 2, 3]]"
            f" : {self.type} into {tensor('?', *shape)}"
        )
        self.become("%flat", shape)


def function_text() -> str:
    """The module without its weights."""
    writer = FunctionWriter()
    writer.emit(
        "%zero = arith.constant 0.0 : f32\n"
        "%lowest = arith.constant 0xFF800000 : f32\n"
        "%c0 = arith.constant 0 : index\n"
        f"%batch = tensor.dim %images, %c0 : {writer.type}"
    )
    methods = {
        Conv: writer.conv,
        Linear: writer.linear,
        MaxPool: writer.max_pool,
        Flatten: writer.flatten,
    }
    signature = f"%images: {writer.type}"
    for step in STEPS:
        writer.emit(f"\n// {describe(step)}")
        methods[type(step)](step)
    result = tensor("?", NUM_CLASSES)
    writer.emit(f"return {writer.value} : {result}")
    body = "\n".join(line.rstrip() for line in writer.lines)
    return f"{MAPS}\nmodule {{\n  func.func @main({signature}) -> {result} {{\n{body}\n  }}\n}}\n"


def resource_text(parameters: Parameters) -> str:
    """The weights and biases, bit by bit."""
    blobs = (
        f'      {name}: "{ALIGNMENT}{np.asarray(parameters[name], "<f4").tobytes().hex().upper()}"'
        for name in PARAMETER_SHAPES
    )
    return (
        "\n{-#\n  dialect_resources: {\n    builtin: {\n"
        + ",\n".join(blobs)
        + "\n    }\n  }\n#-}\n"
    )


def write_network(path: Path, comment: str, parameters: Parameters) -> None:
    """Writes `parameters` as an MLIR file that starts with `comment`."""
    path.write_text(f"// {comment}\n\n{function_text()}{resource_text(parameters)}")


def read_parameters(path: Path) -> Parameters:
    """Reads back the weights and biases that write_network() wrote."""
    blobs = dict(RESOURCE.findall(path.read_text()))
    return {
        name: jnp.asarray(np.frombuffer(bytes.fromhex(blobs[name]), "<f4").reshape(shape))
        for name, shape in PARAMETER_SHAPES.items()
    }
