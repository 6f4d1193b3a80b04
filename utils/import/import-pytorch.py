#!/usr/bin/env python3
# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Import a PyTorch model as linalg on tensors.

MODEL is a program that torch.export saved (FILE.pt2), or MODULE:FACTORY, where
FACTORY() of the Python module gives a torch.nn.Module and a tuple of example
arguments: their shapes become those of the network, which is exported as it is for
evaluation. Writes MLIR bytecode with one function, @main, whose arguments and results
are the model's, and in which every layer is named after its submodule.

Its packages are gigabytes, and are installed at its first run.
"""

import argparse
import sys

from tasd_import import command


def convert(options: argparse.Namespace) -> None:
    # These need the environment's packages.
    from tasd_import.pytorch import importer

    importer.import_model(options.model, options.output)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", metavar="MODEL", help="FILE.pt2 or MODULE:FACTORY")
    command.add_output(parser)
    return command.run_importer("pytorch", parser.parse_args(), convert)


if __name__ == "__main__":
    sys.exit(main())
