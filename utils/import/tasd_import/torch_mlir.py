# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the importers that use torch-mlir share.

torch-mlir holds another version of MLIR than the one that reads its result, so it
runs in a process of its own, and gives text.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from . import environment
from .failure import Failure
from .lowering import DIALECTS

if TYPE_CHECKING:
    from torch_mlir import ir

TO_LINALG = "torch-backend-to-linalg-on-tensors-backend-pipeline"

# A linear layer on three dimensions is one product, not one for each batch.
PASSES = ("func.func(tasd-merge-batches)",)

NAME = re.compile(r'"(?P<name>[^"]*)"')


class Rejected(Exception):
    """torch-mlir's no: the name of the op at fault, empty if unknown, and why."""


def run(module: str, *arguments: str | Path) -> None:
    """Runs a Python module of this package whose main is `serve`. Raises Rejected."""
    done = subprocess.run(
        # -P: nothing in the current folder takes the place of a package.
        [sys.executable, "-P", "-m", module, *arguments],
        env={**os.environ, "PYTHONPATH": str(environment.IMPORT)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode < 0:
        raise Failure(f"torch-mlir was ended by signal {-done.returncode}")
    if done.returncode != 0:
        _raise((done.stderr.strip().splitlines() or ["no message"])[-1])


def _raise(line: str) -> NoReturn:
    """Raises what `serve` wrote in `line`."""
    try:
        name, reason = json.loads(line)
    except ValueError:
        raise Failure(f"torch-mlir: {line}") from None
    raise Failure(reason) if name is None else Rejected(name, reason)


def serve(job: Callable[..., None], *arguments: str) -> None:
    """Does `job`; what torch-mlir rejects goes to the standard error in JSON."""
    from torch_mlir.ir import MLIRError

    try:
        job(*arguments)
    except MLIRError as error:
        first = error.error_diagnostics[0]
        reason = re.split(": %|\n", first.message)[0]
        sys.exit(json.dumps([_name_of(first.location), reason]))
    except Rejected as error:
        sys.exit(json.dumps(error.args))
    except Failure as error:
        sys.exit(json.dumps([None, str(error)]))


def lower(module: "ir.Module", pipeline: str, output: Path) -> None:
    """Brings a module of the torch dialect to linalg by `pipeline` and writes it to
    `output`, in the form that versions of MLIR agree on, with names."""
    from torch_mlir.passmanager import PassManager

    for step in (pipeline, TO_LINALG):
        PassManager.parse(f"builtin.module({step})", context=module.context).run(module.operation)
    _check_ops(module)
    with output.open("w") as file:
        # A local scope would leave out the data of resources.
        module.operation.print(file=file, enable_debug_info=True, print_generic_op_form=True)


def _check_ops(module: "ir.Module") -> None:
    """Dialects of torch-mlir's own are unknown elsewhere."""
    from torch_mlir import ir

    foreign: list[ir.Operation] = []

    def collect(op: ir.Operation) -> ir.WalkResult:
        if op.name.split(".")[0] not in DIALECTS:
            foreign.append(op)
        return ir.WalkResult.ADVANCE

    module.operation.walk(collect, ir.WalkOrder.PRE_ORDER)
    if foreign:
        reason = f"expected linalg on tensors but got '{foreign[0].name}'"
        raise Rejected(_name_of(foreign[0].location), reason)


def _name_of(location: "ir.Location") -> str:
    found = NAME.search(str(location))
    return found["name"] if found else ""
