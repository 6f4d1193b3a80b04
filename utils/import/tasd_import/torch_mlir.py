# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the importers that use torch-mlir share."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch_mlir import ir

TO_LINALG = "torch-backend-to-linalg-on-tensors-backend-pipeline"

# The op of the framework in a diagnostic, as `torch.operator ... "onnx.Foo"` or
# `torch.aten.foo`.
OP = re.compile(r'<\{name = "onnx\.(?P<onnx>\w+)"|"(?P<torch>torch\.[\w.]+)"')
NAME = re.compile(r'"(?P<name>[^"]*)"')


def lower(module: "ir.Module", pipeline: str, output: Path) -> None:
    """Brings a module of the torch dialect to linalg by `pipeline` and writes it to
    `output`, in the form that versions of MLIR agree on, with names."""
    from torch_mlir.passmanager import PassManager

    for step in (pipeline, TO_LINALG):
        PassManager.parse(f"builtin.module({step})", context=module.context).run(module.operation)
    with output.open("w") as file:
        module.operation.print(
            file=file, enable_debug_info=True, print_generic_op_form=True, use_local_scope=True
        )


def report(job: Callable[..., None], *arguments: str) -> None:
    """Does `job`; of what it raises, one line goes to the standard error."""
    from torch_mlir.ir import MLIRError

    try:
        job(*arguments)
    except MLIRError as error:
        sys.exit(explain(error))
    except Exception as error:  # pylint: disable=broad-except
        sys.exit(" ".join(str(error).split()))


def explain(error: "ir.MLIRError") -> str:
    """The first diagnostic of torch-mlir, with the node and the op at fault."""
    diagnostic = error.error_diagnostics[0]
    name = NAME.search(str(diagnostic.location))
    op = OP.search(diagnostic.message)
    what = (op["onnx"] or op["torch"]) if op else "?"
    where = name["name"] if name else "no name"
    return f"node '{where}' ({what}): {diagnostic.message.splitlines()[0]}"
