#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Import a TensorFlow Lite model as linalg on tensors.

Writes MLIR bytecode with one function, @main, whose arguments and results are the
model's inputs and outputs in order, and in which every layer is named after the
tensor it produces. Weights that the file stores sparse or in half precision
become plain f32 constants of the same values.
"""

import argparse
import sys

from tasd_import import command


def convert(options: argparse.Namespace) -> None:
    # These need the environment's packages.
    from tasd_import.tflite import importer

    importer.import_model(options.model, options.output, options.input_shape)


def main() -> int:
    options = command.make_parser(__doc__, model="the .tflite file to read").parse_args()
    return command.run_importer("tflite", options, convert)


if __name__ == "__main__":
    sys.exit(main())
