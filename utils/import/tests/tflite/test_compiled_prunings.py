# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What strategies of tasd-plan keep, held against the definitions in NumPy.

Layers multiply identities, so that a planned module gives what is kept of their weights.
"""

import json
import re
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

from tasd_import import environment
from tasd_import.evaluation import run_imported
from tasd_import.failure import Failure
from tasd_import.tools import run_tool

sys.path.insert(0, str(environment.REPOSITORY / "utils"))

from patterns.prunings import BlockWise, ElementWise, TileWise, VectorWise

# K x N: ragged, larger and smaller than tiles and blocks, of one row and of one column.
SHAPES = [(40, 30), (24, 50), (70, 1), (1, 33), (48, 17), (33, 64)]

WAYS = {
    "tile-wise granularity=8": TileWise(8),
    "tile-wise granularity=7": TileWise(7),
    "tile-wise": TileWise(128),
    "tile-wise granularity=8 score=rms": TileWise(8, evenly=True),
    "tile-wise-columns granularity=8": TileWise(8, fixed=True),
    "tile-wise-columns granularity=5 score=rms": TileWise(5, fixed=True, evenly=True),
    "tile-wise granularity=8 delta=0.05": TileWise(8, delta=0.05),
    "tile-wise granularity=8 inner=2:4": TileWise(8, inner=(2, 4)),
    "element-wise": ElementWise(),
    "block-wise granularity=8": BlockWise(8),
    "block-wise": BlockWise(32),
    "vector-wise": VectorWise(16),
    "vector-wise granularity=8": VectorWise(8),
}


def draw(rng: np.random.Generator, shape: tuple[int, int], has_ties: bool) -> np.ndarray:
    """Layers differ in scale, so that they are not all equally sparse."""
    if has_ties:
        return (rng.integers(-4, 5, shape) / 4).astype(np.float32)
    return (rng.uniform(0.5, 1.5) * rng.standard_normal(shape)).astype(np.float32)


def write_module(matrices: list[np.ndarray]) -> str:
    """A function that multiplies an argument for each layer with its weights."""
    types = [f"tensor<{k}x{n}xf32>" for k, n in (matrix.shape for matrix in matrices)]
    squares = [f"tensor<{len(matrix)}x{len(matrix)}xf32>" for matrix in matrices]
    lines = []
    for i, (matrix, kind, square) in enumerate(zip(matrices, types, squares, strict=True)):
        data = matrix.astype("<f4").tobytes().hex().upper()
        # One element is no blob.
        text = f'"0x{data}"' if matrix.size > 1 else repr(float(matrix[0, 0]))
        lines += [
            f"%w{i} = arith.constant dense<{text}> : {kind}",
            f"%c{i} = arith.constant dense<0.0> : {kind}",
            f"%r{i} = linalg.matmul ins(%x{i}, %w{i} : {square}, {kind}) "
            f'outs(%c{i} : {kind}) -> {kind} loc("fc{i}")',
        ]
    arguments = ", ".join(f"%x{i}: {square}" for i, square in enumerate(squares))
    results = ", ".join(types)
    names = ", ".join(f"%r{i}" for i in range(len(matrices)))
    lines.append(f"return {names} : {results}")
    return f"func.func @main({arguments}) -> ({results}) {{\n" + "\n".join(lines) + "\n}\n"


def read_numbers(series: str) -> list[float]:
    """The thresholds in the text of a series, but for those of 0, which the compiler does
    not write."""
    return [number for text in re.findall(r"= ([0-9.e-]+)", series) if (number := float(text))]


class CompiledPrunings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.module = self.folder / "net.mlir"
        self.planned = self.folder / "planned.mlirbc"

    def write(self, matrices):
        self.module.write_text(write_module(matrices))

    def plan(self, options):
        run_tool(
            "tasd-opt", self.module, f"--tasd-plan=strategy={options}",
            "--emit-bytecode", "-o", self.planned,
        )  # fmt: skip
        printed = run_tool("tasd-opt", self.planned, "--tasd-print-plan=json=1", "-o", "/dev/null")
        return json.loads(printed.out)

    def run_planned(self, matrices):
        return run_imported(self.planned, [np.eye(len(matrix), dtype="f") for matrix in matrices])

    def test_thresholds_and_masks(self):
        for seed in range(2):
            rng = np.random.default_rng(seed)
            matrices = [draw(rng, shape, has_ties=seed == 1) for shape in SHAPES]
            self.write(matrices)
            for way, pruning in WAYS.items():
                for sparsity in (0.5, 0.8):
                    with self.subTest(way, seed=seed, sparsity=sparsity):
                        layers = self.plan(f"{way} sparsity={sparsity}")
                        pruned = pruning.prune(matrices, sparsity)
                        for layer, mask in zip(layers, pruned.masks, strict=True):
                            if layer["series"] is None:  # it stays as it is
                                self.assertTrue(mask.all())
                                continue
                            self.assertEqual(
                                read_numbers(layer["series"]), read_numbers(pruned.series)
                            )
                        kept = self.run_planned(matrices)
                        for got, matrix, mask in zip(kept, matrices, pruned.masks, strict=True):
                            np.testing.assert_array_equal(got, np.where(mask, matrix, 0))

    def test_scores(self):
        """What scores leave out is zero, and the series of a layer keep the rest."""
        rng = np.random.default_rng(0)
        matrices = [draw(rng, shape, has_ties=False) for shape in SHAPES]
        scores = [draw(rng, shape, has_ties=False).astype(np.float64) for shape in SHAPES]
        self.write(matrices)
        file = self.folder / "scores.npz"
        np.savez(file, **{f"fc{i}": array for i, array in enumerate(scores)})
        for way, pruning in WAYS.items():
            with self.subTest(way):
                layers = self.plan(f"{way} sparsity=0.75 scores={file}")
                masks = pruning.prune(scores, 0.75).masks
                for layer, mask in zip(layers, masks, strict=True):
                    self.assertEqual(layer["dropped_non_zeros"], None if mask.all() else 0)
                kept = self.run_planned(matrices)
                for got, matrix, mask in zip(kept, matrices, masks, strict=True):
                    np.testing.assert_array_equal(got, np.where(mask, matrix, 0))

    def test_overlay_of_scores(self):
        """Tiles hold about what they hold of the scores; the overlay is not all there is."""
        rng = np.random.default_rng(0)
        matrices = [draw(rng, (64, 64), has_ties=False)]
        self.write(matrices)
        scores = rng.random((64, 64))
        np.savez(self.folder / "scores.npz", fc0=scores)
        options = f"scores={self.folder / 'scores.npz'} granularity=16"
        (layer,) = self.plan(f"tile-wise sparsity=0.75 delta=0.05 {options}")
        self.assertRegex(layer["series"], r"^tw\(16, columns = .*, rows = .*\)\+csr$")
        # A quarter of the elements, and what else tiles hold.
        self.assertLess(layer["mac_share"], 0.3)

    def fail_with(self, message, arrays, options="sparsity=0.5"):
        file = self.folder / "scores.npz"
        np.savez(file, **arrays)
        with self.assertRaises(Failure) as caught:
            self.plan(f"element-wise {options} scores={file}")
        self.assertEqual(str(caught.exception), f"tasd-opt: option scores: {file}: {message}")

    def test_scores_that_do_not_fit(self):
        self.write([np.ones((4, 3), np.float32), np.ones((3, 2), np.float32)])
        first, second = np.ones((4, 3)), np.ones((3, 2))
        both = {"fc0": first, "fc1": second}
        self.fail_with(
            "expected scores of shape 3x2 for layer 'fc1' but got 2x3",
            both | {"fc1": second.T},
        )
        self.fail_with("expected scores of layer 'fc1' but got none", {"fc0": first})
        self.fail_with(
            "expected arrays by the names of layers but got 'fc2'", both | {"fc2": second}
        )
        self.fail_with(
            "expected scores of f64, f32, f16 or bf16 for layer 'fc0' but got si64",
            both | {"fc0": np.ones((4, 3), np.int64)},
        )
        self.fail_with(
            "expected scores that are finite for layer 'fc1' but got a NaN or an infinity",
            both | {"fc1": second * np.nan},
        )


if __name__ == "__main__":
    unittest.main()
