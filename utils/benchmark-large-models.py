#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans and packs a generated model of any size, and says what that takes.

Generates a stack of transformer blocks with random pruned weights, then runs, in
turns,

  mlir-opt --canonicalize                                 bytecode to bytecode
  tasd-opt --tasd-plan --convert-linalg-to-tasd --tasd-pack    the same

and prints the medians of their times, and their peaks of memory (the resident set;
pages of the mapped file count). Exits with 1 if packed components or the packed file
are not as large as the series predicts, or if tasd-opt took more memory than allowed.
Times are printed only.
"""

import argparse
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "utils"))

from patterns.series import parse_terms

MIB = 2**20
BYTES = {"f32": 4, "f16": 2, "bf16": 2, "i8": 1}
# What bytecode may add to a resource: its place, size and padding.
RESOURCE_OVERHEAD = 64


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights-mib", type=int, default=1024, help="size of the weights")
    parser.add_argument("--width", type=int, default=1024, help="features of a token")
    parser.add_argument("--element-type", choices=BYTES, default="f32", help="of the weights")
    parser.add_argument(
        "--inputs-first",
        action="store_true",
        help="weights are stored input by output features, not the other way round",
    )
    parser.add_argument("--density", type=float, default=0.25, help="share of non-zeros")
    parser.add_argument("--series", default="2:4", help="series of every layer")
    parser.add_argument("--runs", type=int, default=5, help="runs of each program")
    parser.add_argument(
        "--max-memory",
        type=float,
        default=2.2,
        metavar="RATIO",
        help="largest peak allowed, over the weights' size, beyond what an empty module takes",
    )
    parser.add_argument(
        "--tools",
        type=pathlib.Path,
        default=ROOT / "build/release/bin",
        help="folder of tasd-opt and tasd-generate-model",
    )
    parser.add_argument(
        "--mlir-opt", default="mlir-opt-22", help="program to compare with; empty for none"
    )
    parser.add_argument("--directory", help="where the files are put, and removed again")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error(f"--runs: expected at least 1 but got {options.runs}")
    try:
        options.terms = parse_terms(options.series)
    except ValueError as error:
        parser.error(f"--series: {error}")
    return options


def list_layers(options):
    """The features (inputs, outputs) of every layer, as the generator makes them."""
    width = options.width
    rows = options.weights_mib * MIB // (width * BYTES[options.element_type])
    blocks, scores = divmod(rows, 12 * width)
    block = [(width, width)] * 4 + [(width, 4 * width), (4 * width, width)]
    return block * blocks + [(width, scores)] * (scores > 0)


def predict_components(options):
    """The bytes of each component of each layer: of a term N:M, N values a block, and
    their indices, packed row by row."""
    sizes = []
    for inputs, outputs in list_layers(options):
        for n, m in options.terms:
            slots = math.ceil(inputs / m) * n
            index_bits = math.ceil(math.log2(m))
            sizes.append(outputs * slots * BYTES[options.element_type])
            sizes.append(outputs * math.ceil(slots * index_bits / 8))
    return [size for size in sizes if size > 0]


class Run:
    """What one run of a program took."""

    def __init__(self, command):
        start = time.monotonic()
        try:
            process = subprocess.Popen(list(map(str, command)))
        except OSError as error:
            sys.exit(f"error: cannot run {command[0]}: {error.strerror}")
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds = time.monotonic() - start
        self.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * 1024
        if status != 0:
            sys.exit(f"error: {command[0]} ended with {os.waitstatus_to_exitcode(status)}")


class Benchmark:
    def __init__(self, options, directory):
        self.options = options
        self.tasd_opt = options.tools / "tasd-opt"
        self.dense = directory / "dense.mlirbc"
        self.packed = directory / "packed.mlirbc"
        self.canonical = directory / "canonical.mlirbc"
        self.elided = directory / "elided.mlirbc"
        self.empty = directory / "empty.mlir"

    def generate(self):
        options = self.options
        command = [
            options.tools / "tasd-generate-model",
            f"--weights-mib={options.weights_mib}",
            f"--width={options.width}",
            f"--element-type={options.element_type}",
            f"--density={options.density}",
            "-o",
            self.dense,
        ]
        Run(command + ["--inputs-first"] * options.inputs_first)
        self.empty.write_text("")

    def pack(self, *flags, source=None, target=None):
        return Run(
            [
                self.tasd_opt,
                f"--tasd-plan=series={self.options.series}",
                "--convert-linalg-to-tasd",
                "--tasd-pack",
                "--emit-bytecode",
                *flags,
                source or self.dense,
                "-o",
                target or self.packed,
            ]
        )

    def canonicalize(self):
        return Run(
            [
                self.options.mlir_opt,
                "--canonicalize",
                "--emit-bytecode",
                self.dense,
                "-o",
                self.canonical,
            ]
        )

    def measure(self):
        """Runs both programs in turns, after one round that fills the page cache."""
        ours, theirs = [], []
        for _ in range(self.options.runs + 1):
            if self.options.mlir_opt:
                theirs.append(self.canonicalize())
            ours.append(self.pack())
        return ours[1:], theirs[1:]

    def elide(self):
        """Writes the packed file without the data of its resources."""
        self.pack("--elide-resource-data-from-bytecode", target=self.elided)

    def list_components(self):
        """The bytes of each packed component, by its type."""
        text = subprocess.run(
            [self.tasd_opt, self.elided], check=True, capture_output=True, text=True
        ).stdout
        types = re.findall(r"dense_resource<.*> : tensor<(\d+)x(\d+)x(\w+)>", text)
        return [int(rows) * int(columns) * BYTES[element] for rows, columns, element in types]


def print_runs(name, runs):
    print(
        f"  {name:<28}{statistics.median(run.seconds for run in runs):8.2f} s wall"
        f"{statistics.median(run.cpu_seconds for run in runs):8.2f} s CPU"
        f"{max(run.peak for run in runs) / MIB:9.0f} MiB peak"
    )


def report_sizes(benchmark, weights, predicted):
    dense, packed = benchmark.dense.stat().st_size, benchmark.packed.stat().st_size
    print(f"  dense file {dense} bytes, of which weights {weights}")
    print(f"  packed file {packed} bytes, of which weights {predicted} predicted")
    print(f"  packed / dense {packed / dense:.4f}, predicted {predicted / weights:.4f}")


def check(benchmark, ours, weights, components):
    """What is wrong; empty if nothing is."""
    errors = []
    benchmark.elide()
    if sorted(benchmark.list_components()) != sorted(components):
        errors.append("expected other packed components: see predict_components")
    stored = benchmark.packed.stat().st_size - benchmark.elided.stat().st_size
    overhead = stored - sum(components)
    if not 0 <= overhead <= RESOURCE_OVERHEAD * len(components):
        errors.append(f"expected {sum(components)} bytes of packed weights but got {stored}")
    base = benchmark.pack(source=benchmark.empty, target=os.devnull).peak
    ratio = (max(run.peak for run in ours) - base) / weights
    print(f"  peak beyond an empty module's / weights {ratio:.2f}")
    if ratio > benchmark.options.max_memory:
        errors.append(
            f"expected a peak of at most {benchmark.options.max_memory} times the weights "
            f"but got {ratio:.2f}"
        )
    return errors


def main():
    options = parse_arguments()
    with tempfile.TemporaryDirectory(dir=options.directory) as directory:
        benchmark = Benchmark(options, pathlib.Path(directory))
        benchmark.generate()
        ours, theirs = benchmark.measure()
        weights, components = options.weights_mib * MIB, predict_components(options)
        print(
            f"{options.weights_mib} MiB of weights in {options.element_type}, "
            f"series {options.series}, {options.runs} runs"
        )
        if theirs:
            print_runs("mlir-opt --canonicalize", theirs)
        print_runs("tasd-opt plan, convert, pack", ours)
        if theirs:
            ratios = [our.seconds / their.seconds for our, their in zip(ours, theirs)]
            print(f"  median of the ratios of wall time {statistics.median(ratios):.2f}")
        report_sizes(benchmark, weights, sum(components))
        errors = check(benchmark, ours, weights, components)
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
