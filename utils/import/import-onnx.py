#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Import an ONNX model as linalg on tensors.

Writes MLIR bytecode with one function, @main, whose arguments and results are the
model's inputs and outputs in order, and in which every layer is named after its
node. Shapes are static: those of inputs that the model leaves open are given by
--input-shape. Weights may lie in the model's file or beside it, and are carried
over as they are, whatever their size.
"""

import argparse
import sys

from tasd_import import command


def convert(options: argparse.Namespace) -> None:
    # These need the environment's packages.
    from tasd_import.onnx import importer

    importer.import_model(options.model, options.output, options.input_shape)


def main() -> int:
    options = command.make_parser(__doc__, model="the .onnx file to read").parse_args()
    return command.run_importer("onnx", options, convert)


if __name__ == "__main__":
    sys.exit(main())
