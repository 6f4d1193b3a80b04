# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Gets exported programs, from files or from Python."""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from torch._decomp import get_decompositions
from torch_mlir.extras import fx_decomp_util

from ..failure import Failure


def load(model: str) -> torch.export.ExportedProgram:
    """The program in FILE.pt2, or the export of what MODULE:FACTORY gives."""
    return _read(Path(model)) if model.endswith(".pt2") else _export(model)


def decompose(program: torch.export.ExportedProgram) -> torch.export.ExportedProgram:
    """The program in the ops that torch-mlir knows."""
    table = fx_decomp_util.get_decomposition_table()
    # torch-mlir rounds a factor inside the approximation by tanh to four digits.
    table |= get_decompositions([torch.ops.aten.gelu])
    program = program.run_decompositions(table)
    signature = program.graph_signature
    written = {**signature.buffers_to_mutate, **signature.user_inputs_to_mutate}
    if written:
        raise Failure(f"expected a model without state but it writes to {[*written.values()]}")
    return program


def _read(path: Path) -> torch.export.ExportedProgram:
    if not path.exists():
        raise Failure(f"{path}: No such file or directory")
    try:
        return torch.export.load(path)
    except Exception as error:  # pylint: disable=broad-except
        # torch has no common base of what it raises.
        raise Failure(f"{path}: expected what torch.export.save wrote: {error}") from error


def _export(model: str) -> torch.export.ExportedProgram:
    name, _, factory = model.partition(":")
    if not factory:
        raise Failure(f"expected FILE.pt2 or MODULE:FACTORY but got '{model}'")
    # As `python -m` finds modules.
    sys.path.insert(0, os.getcwd())
    try:
        make = getattr(importlib.import_module(name), factory)
    except (ImportError, AttributeError) as error:
        raise Failure(f"{model}: {error}") from error
    try:
        made = make()
    except Exception as error:
        raise Failure(f"{model}: {type(error).__name__}: {error}") from error
    match made:
        case (torch.nn.Module() as network, tuple() as arguments):
            with torch.no_grad():
                return torch.export.export(network.eval(), arguments)
    raise Failure(f"expected a module and its arguments of {model} but got {type(made)}")


def placeholders(
    program: torch.export.ExportedProgram,
) -> Iterator[tuple[str, torch.Tensor | None]]:
    """For each input of the graph in order its name, and its value if it has one."""
    signature = program.graph_signature
    constants = {
        **signature.inputs_to_parameters,
        **signature.inputs_to_buffers,
        **signature.inputs_to_lifted_tensor_constants,
    }
    for node in program.graph.nodes:
        if node.op == "placeholder":
            name = constants.get(node.name)
            yield name or node.name, _find_value(program, name) if name else None


def _find_value(program: torch.export.ExportedProgram, name: str) -> torch.Tensor:
    return program.state_dict[name] if name in program.state_dict else program.constants[name]


def layer_name(node: torch.fx.Node) -> str:
    """The submodule that `node` belongs to; with its own name where that consists of
    more than one layer."""
    stack = list((node.meta.get("nn_module_stack") or {}).values())
    if not stack:
        return node.name
    path, kind = stack[-1]
    return path if str(kind).startswith("torch.nn.modules.") else f"{path}.{node.name}".lstrip(".")
