# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the importers share: from a framework's model file to linalg on tensors.

Each importer turns its framework's file into MLIR by a kept converter, and hands
that to `lowering`, which brings it to linalg in bytecode and checks the result.
Only `numpy`-free modules are imported before the program stands in its virtual
environment (`environment.enter`).
"""
