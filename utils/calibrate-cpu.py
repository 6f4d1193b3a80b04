#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures the kernels of this CPU, and writes the machine that they make.

TASDKernelBenchmark times layers of many sizes, dense and by series. What a kernel takes
is fitted as a sum over what it is asked for (docs/Cost.md#measured-machines): the
coefficients, none below 0, of the least squares of relative errors. Printed are the
errors of the fit, and how often it chooses the faster of a series and dense: for layers
that it was not fitted to, a fifth of them at a time, and for all.

  utils/calibrate-cpu.py cpu-avx2 --write lib/Machine/Presets/cpu-avx2.yaml
  utils/calibrate-cpu.py cpu-avx2 --check      # measures, and fits nothing
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys

from least_squares import fit_relative
from processor import read_processor

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEASURE = "bin/benchmarks/TASDKernelBenchmark"

# Vectors of 256 or 512 bits, and two multiply-adds of one a cycle.
MACHINES = {"cpu-avx2": 256, "cpu-avx512": 512}
# The kernels of OpenBLAS with vectors as wide, whatever it would take by itself.
BLAS_CORES = {"cpu-avx2": "Haswell", "cpu-avx512": "SkylakeX"}
# Few columns are kernels of their own.
COLUMN_BOUNDS = (1, 16, None)
NUM_FOLDS = 5
KERNEL_COUNTS = ("calls", "macs", "a", "b", "z")
PART_COUNTS = ("parts", "gathered", "scattered")
LAYER_KEYS = ("layer", "way", "form", "columns", "reads_windows")
KEYS = {
    "calls": "call_cycles",
    "macs": "mac_cycles",
    "a": "a_cycles",
    "b": "b_cycles",
    "z": "z_cycles",
    "parts": "call_cycles",
    "gathered": "gather_cycles",
    "scattered": "scatter_cycles",
}


def fail(message):
    sys.exit(f"calibrate-cpu: {message}")


def replace_file(path, text):
    """Writes a file in one step: there is the old one or all of the new one."""
    new = path.with_name(path.name + ".new")
    new.write_text(text)
    new.replace(path)


# ---------------------------------------------------------------------------
# Machines
# ---------------------------------------------------------------------------


def get_values(sample, names):
    return [sample[name] for name in names]


def get_columns_bound(columns):
    return next(bound for bound in COLUMN_BOUNDS if bound is None or columns <= bound)


def get_kernel(sample):
    """What tells kernels apart; parts gather what windows read."""
    reads_windows = sample["reads_windows"] and not sample["parts"]
    bound = None if reads_windows else get_columns_bound(sample["columns"])
    return sample["form"], reads_windows, bound


def get_name(kernel):
    form, reads_windows, bound = kernel
    return form + ("-windows" if reads_windows else "") + (f"-{bound}" if bound else "")


def add_up(sample, kernels, parts):
    """What a layer takes by a fit."""
    coefficients = [*kernels[get_kernel(sample)], *parts]
    counts = get_values(sample, KERNEL_COUNTS + PART_COUNTS)
    return sum(a * x for a, x in zip(coefficients, counts, strict=True))


def fit(samples):
    """The coefficients of each kernel, and those of parts, in cycles."""
    kernels = {}
    whole = [sample for sample in samples if not sample["parts"]]
    for kernel in sorted({get_kernel(sample) for sample in whole}, key=get_name):
        own = [sample for sample in whole if get_kernel(sample) == kernel]
        times = [sample["cycles"] for sample in own]
        counts = [get_values(sample, KERNEL_COUNTS) for sample in own]
        kernels[kernel] = fit_relative(counts, times, times)
    in_parts = [s for s in samples if s["parts"] and get_kernel(s) in kernels]
    if not in_parts:
        return kernels, [0.0] * len(PART_COUNTS)
    rests = [s["cycles"] - add_up(s, kernels, [0] * len(PART_COUNTS)) for s in in_parts]
    counts = [get_values(sample, PART_COUNTS) for sample in in_parts]
    return kernels, fit_relative(counts, rests, [s["cycles"] for s in in_parts])


def format_number(number):
    return f"{number:.4g}"


def write_kernel(kernel, coefficients):
    form, reads_windows, bound = kernel
    entries = [f"name: {get_name(kernel)}", f"form: {form}", "type: f32"]
    entries += ["reads_windows: true"] if reads_windows else []
    entries += [f"max_columns: {bound}"] if bound else []
    entries += [
        f"{KEYS[count]}: {format_number(x)}"
        for count, x in zip(KERNEL_COUNTS, coefficients, strict=True)
        if x
    ]
    lines = "".join(f"\n      {entry}" for entry in entries[1:])
    return f"    - {entries[0]}{lines}\n"


def write_machine(name, clock, processor, kernels, parts):
    """The file of a machine; kernels of fewer columns come first."""
    by_bound = sorted(kernels, key=lambda kernel: kernel[2] or float("inf"))
    ordered = "".join(write_kernel(kernel, kernels[kernel]) for kernel in by_bound)
    part_keys = ", ".join(
        f"{KEYS[count]}: {format_number(x)}" for count, x in zip(PART_COUNTS, parts, strict=True)
    )
    lanes = MACHINES[name] // 16
    return f"""# Written by utils/calibrate-cpu.py, from measurements on {processor}.
name: {name}
description: one core of x86-64 with vectors of {MACHINES[name]} bits, as measured
clock_ghz: {clock:g}
levels:
  - {{name: memory, keep: [a, b, z], metadata: {{width_bits: 8, capacity: unlimited}}}}
array:
  lanes: {{n: {lanes}}}
a:
  patterns: [1:4, 2:4, 1:8, 2:8, 4:8, 4:32, 6:32, 8:32, 12:32, 16:32]
  format: coordinate
  zeros: compressed
series: {{max_terms: 2, lossy: true}}
energy_profile: none
energy_profiles:
  - name: none
    source: not measured
    levels:
      - {{level: memory}}
    macs:
      - {{type: f32}}
measured:
  kernels:
{ordered}  parts: {{{part_keys}}}
"""


# ---------------------------------------------------------------------------
# Choices
# ---------------------------------------------------------------------------


def judge(samples, predict):
    """Of each series of each layer: whether the choice between it and dense is the faster
    one, and what is chosen takes over the faster."""
    dense = {sample["layer"]: sample for sample in samples if sample["way"] == "dense"}
    verdicts = []
    for sample in samples:
        other = dense[sample["layer"]]
        if sample is other:
            continue
        chosen = sample if predict(sample) < predict(other) else other
        least = min(sample["cycles"], other["cycles"])
        verdicts.append((chosen["cycles"] == least, chosen["cycles"] / least))
    return verdicts


def describe(verdicts):
    right = sum(is_right for is_right, _ in verdicts)
    excess = statistics.mean(ratio for _, ratio in verdicts) - 1
    return (
        f"the faster one in {right} of {len(verdicts)} choices "
        f"({100 * right / len(verdicts):.1f} %), {100 * excess:.1f} % slower than always that"
    )


def judge_others(samples):
    """Each of five parts of the layers by a fit to the others."""
    names = sorted({sample["layer"] for sample in samples})
    # Sizes are drawn in turn: parts in order would each lack some.
    random.Random(1).shuffle(names)
    verdicts = []
    for part in range(NUM_FOLDS):
        held = set(names[part::NUM_FOLDS])
        kernels, parts = fit([sample for sample in samples if sample["layer"] not in held])
        rest = [sample for sample in samples if sample["layer"] in held]
        verdicts += judge(rest, lambda sample: add_up(sample, kernels, parts))  # noqa: B023
    return verdicts


def print_errors(samples, kernels, parts):
    """The errors of the fit, kernel by kernel."""
    groups = {}
    for sample in samples:
        name = "parts" if sample["parts"] else get_name(get_kernel(sample))
        error = add_up(sample, kernels, parts) / sample["cycles"] - 1
        groups.setdefault(name, []).append(abs(error))
    for name, errors in sorted(groups.items()):
        print(
            f"{name:20} {len(errors):4} samples, off by {100 * statistics.median(errors):5.1f} % "
            f"(median), {100 * max(errors):6.1f} % (most)"
        )


# ---------------------------------------------------------------------------
# Measuring
# ---------------------------------------------------------------------------


def show_progress(text):
    """In place of what stood there before, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r{text:20}", end="" if text else "\r", file=sys.stderr, flush=True)


def measure(options, *more):
    """The lines of the benchmark, one for each layer and way of multiplying."""
    program = options.build / MEASURE
    arguments = [f"--vector-bits={MACHINES[options.machine]}", f"--seconds={options.seconds}"]
    environment = os.environ | {"OPENBLAS_CORETYPE": BLAS_CORES[options.machine]}
    if not program.exists():
        fail(f"{program} is missing: ninja -C {options.build} {program.name}")
    lines = []
    with subprocess.Popen(
        [program, *arguments, *more], stdout=subprocess.PIPE, text=True, env=environment
    ) as run:
        for line in run.stdout:
            lines.append(line)
            show_progress(f"{len(lines)} measured")
    show_progress("")
    if run.returncode:
        fail(f"{program} failed with status {run.returncode}")
    return "".join(lines)


def read_samples(text, clock, source):
    samples = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            sample = json.loads(line)
            get_values(sample, LAYER_KEYS + KERNEL_COUNTS + PART_COUNTS)
            sample["cycles"] = sample["milliseconds"] * clock * 1e6
        except (ValueError, KeyError, TypeError):
            fail(f"{source}:{number}: expected a measurement but got '{line[:60]}'")
        samples.append(sample)
    dense = {sample["layer"] for sample in samples if sample["way"] == "dense"}
    for sample in samples:
        if sample["layer"] not in dense:
            fail(f"{source}: expected a dense measurement of layer {sample['layer']}")
    if not samples:
        fail(f"{source}: expected measurements but got none")
    return samples


def check(options, clock):
    text = measure(options, f"--machine={options.machine}")
    samples = read_samples(text, clock, MEASURE)
    print(describe(judge(samples, lambda sample: sample["modelled_cycles"])))


def calibrate(options, processor, clock):
    source = options.measurements or MEASURE
    text = options.measurements.read_text() if options.measurements else measure(options)
    samples = read_samples(text, clock, source)
    if options.save:
        replace_file(options.save, text)
    kernels, parts = fit(samples)
    print_errors(samples, kernels, parts)
    print("layers not fitted:", describe(judge_others(samples)))
    print("all layers:", describe(judge(samples, lambda s: add_up(s, kernels, parts))))
    if options.write:
        machine = write_machine(options.machine, clock, processor, kernels, parts)
        replace_file(options.write, machine)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("machine", choices=MACHINES)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--seconds", type=float, default=0.5, help="for each layer (default: 0.5)")
    parser.add_argument(
        "--check", action="store_true", help="hold the machine that is built in against this CPU"
    )
    parser.add_argument(
        "--clock", type=float, help="in GHz (default: as the system says)", metavar="GHZ"
    )
    parser.add_argument("--measurements", type=pathlib.Path, help="fit those of a file")
    parser.add_argument("--save", type=pathlib.Path, help="write the measurements to a file")
    parser.add_argument("--write", type=pathlib.Path, help="write the machine to a file")
    options = parser.parse_args()
    if options.check and (options.measurements or options.save or options.write):
        parser.error("--check fits nothing: expected no --measurements, --save or --write")
    processor, clock = read_processor()
    clock = options.clock or clock
    try:
        if options.check:
            check(options, clock)
        else:
            calibrate(options, processor, clock)
    except OSError as error:
        fail(str(error))


if __name__ == "__main__":
    main()
