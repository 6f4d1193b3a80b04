# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Networks in ONNX pruned by several patterns to one sparsity, with no training after.

Masks are those of the definitions in utils/patterns; onnxruntime runs what they leave.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
import onnx
import onnxsim
from onnx import numpy_helper
from patterns.prunings import (
    BlockWise,
    ElementWise,
    LayerByLayer,
    Pruning,
    SeriesWise,
    TileWise,
    VectorWise,
)
from patterns.series import parse_terms

from tasd_import.failure import Failure
from tasd_import.markdown import table
from tasd_import.onnx import graph
from tasd_import.onnx.reference import open_session
from tasd_import.progress import Progress

from .tables import percent

TOGETHER, EACH = "together", "each"
SPARSITIES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9)
# For each sparsity those that keep no more, but nearly so much, of blocks of 4 to 32.
SERIES = {
    0.05: ("15:16", "30:32", "3:4+6:32", "7:8+2:32"),
    0.1: ("28:32", "7:8", "3:4+4:32", "3:4+1:8"),
    0.25: ("3:4", "6:8", "12:16", "24:32", "2:4+2:8", "1:4+4:8", "4:8+4:16"),
    0.5: ("2:4", "4:8", "8:16", "16:32", "1:4+2:8", "2:8+4:16", "4:16+8:32"),
    0.75: ("1:4", "2:8", "4:16", "8:32", "1:8+2:16", "2:16+4:32"),
    0.9: ("3:32", "1:16+1:32"),
}


@dataclass(frozen=True)
class Way:
    """A way to prune, as in tables."""

    title: str
    layers: str
    score: str
    pruning: Pruning
    # What it leaves out anyway.
    least_sparsity: float = 0


def both(title: str, pruning: Pruning, score: str = "-", least: float = 0) -> list[Way]:
    return [
        Way(title, TOGETHER, score, pruning, least),
        Way(title, EACH, score, LayerByLayer(pruning), least),
    ]


def make_tiles(evenly: bool) -> list[Way]:
    """TW of several sizes and its kin of the published one."""
    score = "rms" if evenly else "norm"
    inner = TileWise(128, inner=(2, 4), evenly=evenly)
    return [
        *both("TW, G = 32", TileWise(32, evenly=evenly), score),
        *both("TW, G = 64", TileWise(64, evenly=evenly), score),
        *both("TW, G = 128", TileWise(128, evenly=evenly), score),
        *both("TEW, G = 128, 1 %", TileWise(128, delta=0.01, evenly=evenly), score),
        *both("TEW, G = 128, 5 %", TileWise(128, delta=0.05, evenly=evenly), score),
        *both("TVW, G = 128, 2:4", inner, score, least=0.5),
    ]


WAYS = (
    *both("EW", ElementWise()),
    Way("VW, 16", EACH, "-", VectorWise()),
    *both("BW, 32x32", BlockWise()),
    *make_tiles(evenly=False),
    *make_tiles(evenly=True),
)


def make_series(text: str) -> Way:
    return Way(f"N:M, {text}", EACH, "-", SeriesWise((parse_terms(text),)))


@dataclass(frozen=True)
class Layer:
    """A layer whose weights are pruned."""

    # The name of its weights, and their dimensions: those that are K, in order, and the one
    # that counts outputs.
    weights: str
    order: tuple[int, ...]
    # How often each weight is multiplied for one input.
    positions: int


@dataclass(frozen=True)
class Outcome:
    """What the masks of a way leave."""

    sparsity: float
    macs_left: float
    # The first metric of the network.
    quality: str
    # How far all outputs are from the original's, as a share: of L2 norms.
    error: float

    def get_quality(self) -> str:
        return f"{self.quality.split()[0]} ({self.error:.2f})"

    def get_shares(self) -> str:
        return f"{percent(self.sparsity, 1)} ({percent(self.macs_left, 1)})"


@dataclass(frozen=True)
class Row:
    """A way at every sparsity that it has."""

    way: Way
    outcomes: dict[float, Outcome]

    def get_cells(self, show: Callable[[Outcome], str]) -> list[str]:
        shown = [
            show(self.outcomes[sparsity]) if sparsity in self.outcomes else "-"
            for sparsity in SPARSITIES
        ]
        return [self.way.title, self.way.layers, self.way.score, *shown]


def load(path: Path, shape: Sequence[int]) -> onnx.ModelProto:
    """The model for an input of that shape, batch norms merged into convolutions as the
    importer has them."""
    model = onnx.load(path)
    name = model.graph.input[0].name
    model, _ = onnxsim.simplify(model, overwrite_input_shapes={name: list(shape)})
    graph.normalize(model)
    return onnx.shape_inference.infer_shapes(model, strict_mode=True)


def get_order(node: onnx.NodeProto, rank: int) -> tuple[int, ...] | None:
    """The dimensions of a layer's weights that are K, in order, and the one of outputs; none
    of nodes that are not pruned."""
    options = {entry.name: entry.i for entry in node.attribute}
    if (node.op_type, rank) == ("Conv", 4) and options.get("group", 1) == 1:
        return (2, 3, 1, 0)
    if node.op_type in ("MatMul", "Gemm") and rank == 2:
        return (1, 0) if options.get("transB") else (0, 1)
    return None


def find_layers(model: onnx.ModelProto) -> list[Layer]:
    """The convolutions of one group and the products with constants. The first and the last
    stay dense: the first has few indices along K, and the outputs of the last are the
    classes."""
    sizes = {
        value.name: math.prod(dim.dim_value for dim in value.type.tensor_type.shape.dim)
        for value in (*model.graph.value_info, *model.graph.output)
    }
    shapes = {weights.name: list(weights.dims) for weights in model.graph.initializer}
    batch = model.graph.input[0].type.tensor_type.shape.dim[0].dim_value
    layers = []
    for node in model.graph.node:
        weights = node.input[1] if len(node.input) > 1 else ""
        order = get_order(node, len(shapes.get(weights, [])))
        if order:
            count = shapes[weights][order[-1]] * batch
            layers.append(Layer(weights, order, sizes[node.output[0]] // count))
    return layers[1:-1]


def get_matrix(array: np.ndarray, order: Sequence[int]) -> np.ndarray:
    """K x N."""
    arranged = array.transpose(order)
    return arranged.reshape(-1, arranged.shape[-1])


def get_weights(mask: np.ndarray, array: np.ndarray, order: Sequence[int]) -> np.ndarray:
    """What a mask, K x N, leaves."""
    arranged = mask.reshape([array.shape[dim] for dim in order])
    return np.where(arranged.transpose(np.argsort(order)), array, 0).astype(array.dtype)


def get_error(outputs: Sequence[np.ndarray], original: Sequence[np.ndarray]) -> float:
    """As a share, of L2 norms of all outputs."""
    pairs = list(zip(outputs, original, strict=True))
    norms = [(np.linalg.norm(got - wanted), np.linalg.norm(wanted)) for got, wanted in pairs]
    differences, wholes = zip(*norms, strict=True)
    return float(np.linalg.norm(differences) / np.linalg.norm(wholes))


class Study:
    """The prunings of one network."""

    def __init__(self, network: ModuleType, folder: Path) -> None:
        self.network, self.folder = network, folder
        self.progress = Progress()
        self.progress.show("running the original")
        self.inputs = network.inputs(folder)
        self.model = load(folder / network.MODEL, self.inputs.shape)
        self.layers = find_layers(self.model)
        initializers = {entry.name: entry for entry in self.model.graph.initializer}
        self.entries = [initializers[layer.weights] for layer in self.layers]
        self.arrays = [numpy_helper.to_array(entry) for entry in self.entries]
        self.matrices = [
            get_matrix(array, layer.order)
            for array, layer in zip(self.arrays, self.layers, strict=True)
        ]
        self.original = self.run()

    def run(self) -> list[np.ndarray]:
        session = open_session(self.model.SerializeToString())
        return session.run(None, {self.model.graph.input[0].name: self.inputs})

    def apply(self, masks: Sequence[np.ndarray]) -> None:
        """Writes what masks leave of the weights into the model."""
        parts = zip(masks, self.arrays, self.layers, self.entries, strict=True)
        for mask, array, layer, entry in parts:
            weights = get_weights(mask, array, layer.order)
            entry.CopyFrom(numpy_helper.from_array(weights, entry.name))

    def count_macs(self, masks: Sequence[np.ndarray]) -> int:
        parts = zip(masks, self.layers, strict=True)
        return sum(int(mask.sum()) * layer.positions for mask, layer in parts)

    def measure(self, way: Way, sparsity: float) -> Outcome:
        self.progress.show(f"{way.title}, {way.layers}, {way.score}: {100 * sparsity:g} %")
        pruned = way.pruning.prune(self.matrices, sparsity)
        self.apply(pruned.masks)
        outputs = self.run()
        macs = self.count_macs([np.ones_like(mask) for mask in pruned.masks])
        return Outcome(
            pruned.sparsity,
            self.count_macs(pruned.masks) / macs,
            self.network.quality(outputs, self.original, self.folder)[0],
            get_error(outputs, self.original),
        )

    def measure_row(self, way: Way) -> Row:
        """Of the sparsities that leave the way something to choose."""
        outcomes = {
            sparsity: self.measure(way, sparsity)
            for sparsity in SPARSITIES
            if sparsity >= way.least_sparsity
        }
        return Row(way, outcomes)

    def measure_series(self) -> Row:
        """For each sparsity the series of the least error."""
        best = {
            sparsity: min(
                (self.measure(make_series(text), sparsity) for text in texts),
                key=lambda outcome: outcome.error,
            )
            for sparsity, texts in SERIES.items()
        }
        return Row(Way("best N:M series", EACH, "-", ElementWise()), best)


def write_table(rows: Sequence[Row], show: Callable[[Outcome], str]) -> str:
    header = ["pattern", "layers", "score", *(f"{100 * sparsity:g} %" for sparsity in SPARSITIES)]
    return table(header, [row.get_cells(show) for row in rows])


def report(network: ModuleType, folder: Path) -> str:
    """A table of quality, and one of what is left."""
    if network.KIND != "onnx":
        raise Failure(f"expected a network in ONNX to prune but got {network.MODEL}")
    study = Study(network, folder)
    rows = [*(study.measure_row(way) for way in WAYS), study.measure_series()]
    study.progress.clear()
    return (
        f"### {network.METRICS[0].capitalize()}, and L2 error\n\n"
        f"{write_table(rows, Outcome.get_quality)}\n"
        f"### Sparsity, and MACs left\n\n{write_table(rows, Outcome.get_shares)}"
    )
