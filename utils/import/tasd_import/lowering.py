# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From a converter's MLIR to linalg on tensors in bytecode."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from .failure import Failure
from .files import atomic_output
from .progress import Progress
from .tools import run_tool

# The dialects that an imported network may consist of.
DIALECTS = frozenset(
    "affine arith builtin cf complex func index linalg math ml_program scf tensor".split()
)

# After every importer's own passes.
CLEANUP = (
    "canonicalize",
    "cse",
    # Constants become resources, which bytecode maps instead of copying.
    "tasd-externalize-constants",
    "symbol-dce",
    # Every constant has its data.
    "tasd-verify-input",
)

# Prints an op with its location in one line, whatever the size of its data.
LINE_PER_OP = (
    "--mlir-print-op-generic",
    "--mlir-print-debuginfo",
    "--mlir-print-local-scope",
    "--mlir-elide-elementsattrs-if-larger=1",
    "--mlir-elide-resource-strings-if-larger=1",
)


def find_names(module: Path, op: str) -> list[str]:
    """The names, after their locations, of the ops of that kind in `module`."""
    text = run_tool("tasd-opt", *LINE_PER_OP, module).out
    lines = (line for line in text.splitlines() if f'"{op}"(' in line)
    found = (re.search(r' loc\("([^"]*)"', line) for line in lines)
    return [match[1] for match in found if match]


def check_dialects(module: Path) -> None:
    """Finds ops that stayed in the converter's dialect and could not be compiled."""
    pipeline = "--pass-pipeline=builtin.module(print-op-stats{json=true})"
    counts = json.loads(run_tool("tasd-opt", module, pipeline, "-o", "/dev/null").err)
    for op in counts:
        if op.split(".")[0] not in DIALECTS:
            names = ", ".join(f"'{name}'" for name in find_names(module, op)) or "no name"
            raise Failure(f"expected linalg on tensors but got '{op}' ({names})")


def write_linalg(source: Path, output: Path, passes: Sequence[str], progress: Progress) -> None:
    """Runs `passes` on the module in `source` and writes it to `output`, checked."""
    progress.show("lowering to linalg")
    pipeline = f"builtin.module({','.join([*passes, *CLEANUP])})"
    with atomic_output(output) as part:
        run_tool("tasd-opt", source, f"--pass-pipeline={pipeline}", "--emit-bytecode", "-o", part)
        progress.show("checking the result")
        check_dialects(part)
    progress.clear()
