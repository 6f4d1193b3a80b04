#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Simulates tile-wise terms of transformers' layers beside dense ones.

Three products of 512 rows with weights of 768 x 768, 768 x 3072 and 3072 x 768, in i8,
whose outputs and inputs are of uneven scale, each pruned by itself. Tiles run on tc, which
knows no sparsity, and with 2:4 inside on stc. Prints a table in Markdown: what is left
of the cycles, the energy and the energy-delay product of tc, dense.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ROWS = 512
SHAPES = ((768, 768), (768, 3072), (3072, 768))
WAYS = (("tc", ""), ("stc", "2:4"))
COLUMNS = ("weights", "sparsity", "machine", "in tiles", "cycles left", "energy left", "EDP left")


def draw_weights(inputs: int, outputs: int, random: random.Random) -> bytes:
    """Products of a scale for each output, one for each input, and noise."""
    by_output = [random.lognormvariate(0, 0.5) for _ in range(outputs)]
    by_input = [random.lognormvariate(0, 0.5) for _ in range(inputs)]
    clamp = lambda number: max(-127, min(127, round(number)))
    return b"".join(
        clamp(12 * scale * other * random.gauss(0, 1)).to_bytes(1, "little", signed=True)
        for scale in by_input
        for other in by_output
    )


def write_function(inputs: int, outputs: int, random: random.Random) -> str:
    """A function of one product."""
    x, w, z = (
        f"tensor<{rows}x{columns}x{element}>"
        for rows, columns, element in (
            (ROWS, inputs, "i8"),
            (inputs, outputs, "i8"),
            (ROWS, outputs, "i32"),
        )
    )
    weights = draw_weights(inputs, outputs, random).hex()
    return f"""
func.func @main(%x: {x}) -> {z} {{
  %zero = arith.constant 0 : i32
  %w = arith.constant dense<"0x{weights}"> : {w}
  %e = tensor.empty() : {z}
  %i = linalg.fill ins(%zero : i32) outs(%e : {z}) -> {z}
  %r = linalg.matmul ins(%x, %w : {x}, {w}) outs(%i : {z}) -> {z}
  return %r : {z}
}}
"""


def run(tool: str, *arguments: str | Path) -> None:
    program = REPOSITORY / "build/release/bin" / tool
    subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL)


def simulate(module: Path, machine: str, inner: str, sparsity: float) -> dict:
    """The totals of a module, and of its dense layers on tc."""
    planned, stats = module.with_suffix(".planned"), module.with_suffix(".json")
    options = f"strategy=tile-wise granularity=128 sparsity={sparsity}"
    options += f" inner={inner}" if inner else ""
    run("tasd-opt", module, f"--tasd-plan={options}", "--emit-bytecode", "-o", planned)
    run("tasd-run", planned, "--backend", "ttc", "--machine", machine, "--baseline", "tc",
        "--timing", "--stats", stats)  # fmt: skip
    return json.loads(stats.read_text())


def get_row(layer: str, sparsity: float, machine: str, inner: str, totals: dict) -> list[str]:
    cycles, energy = (totals[key] / totals[f"dense_{key}"] for key in ("cycles", "energy_pj"))
    left = [f"{100 * share:.1f} %" for share in (cycles, energy, cycles * energy)]
    return [layer, f"{100 * sparsity:.0f} %", f"`{machine}`", inner or "dense", *left]


def add_up(parts: list[dict]) -> dict:
    keys = ("cycles", "energy_pj")
    return {
        prefix + key: sum(part[prefix + key] for part in parts)
        for key in keys
        for prefix in ("", "dense_")
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sparsity", type=float, nargs="+", default=[0.5, 0.75, 0.9])
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        modules = {}
        for inputs, outputs in SHAPES:
            module = Path(folder) / f"{inputs}x{outputs}.mlir"
            module.write_text(write_function(inputs, outputs, random.Random(1)))
            modules[module.stem] = module
        for machine, inner in WAYS:
            for sparsity in options.sparsity:
                way = (sparsity, machine, inner)
                parts = [simulate(module, machine, inner, sparsity) for module in modules.values()]
                rows += [
                    get_row(name, *way, part) for name, part in zip(modules, parts, strict=True)
                ]
                rows.append(get_row("all", *way, add_up(parts)))
    lines = [COLUMNS, ["---"] * len(COLUMNS), *rows]
    print("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
