# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Puts weights back: arguments of a function become constants."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from mlir import ir
from mlir.dialects import arith, func

from ..failure import Failure
from .weights import Weights

# LLVM reads small files into buffers of this alignment, and MLIR rejects bytecode
# that asks for more.
ALIGNMENT = 16


def bind(source: Path, output: Path, names: Sequence[str], weights: Weights) -> None:
    """Reads @main from `source`, whose arguments have `names`, makes constants of
    those in `weights`, and writes bytecode to `output`."""
    with ir.Context(), ir.Location.unknown():
        try:
            module = ir.Module.parseFile(str(source))
        except ir.MLIRError as error:
            raise Failure(f"MLIR 22 cannot read the converter's result: {error}") from error
        main = _find_main(module)
        for index in reversed(range(len(names))):
            if names[index] in weights:
                _bind_argument(main, index, names[index], weights[names[index]])
        _update_type(main)
        _drop_foreign_attributes(main)
        with output.open("wb") as file:
            module.operation.write_bytecode(file)


def _find_main(module: ir.Module) -> func.FuncOp:
    for op in module.body.operations:
        if isinstance(op, func.FuncOp) and op.name.value == "main":
            return op
    raise Failure("expected a function @main in the converter's result")


def _bind_argument(main: func.FuncOp, index: int, name: str, array: np.ndarray) -> None:
    block = main.entry_block
    argument = block.arguments[index]
    with ir.InsertionPoint.at_block_begin(block), ir.Location.name(name):
        constant = arith.ConstantOp(argument.type, _make_resource(name, argument.type, array))
    argument.replace_all_uses_with(constant.result)
    block.erase_argument(index)


def _make_resource(name: str, type_: ir.Type, array: np.ndarray) -> ir.Attribute:
    # Bytes, since the buffer protocol knows no bfloat16.
    data = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    return ir.DenseResourceElementsAttr.get_from_buffer(data, name, type_, alignment=ALIGNMENT)


def _update_type(main: func.FuncOp) -> None:
    inputs = [argument.type for argument in main.entry_block.arguments]
    type_ = ir.FunctionType.get(inputs, main.type.results)
    main.attributes["function_type"] = ir.TypeAttr.get(type_)


def _drop_foreign_attributes(main: func.FuncOp) -> None:
    """What the converter noted for itself."""
    for name in list(main.attributes):
        if name.startswith("torch."):
            del main.attributes[name]
