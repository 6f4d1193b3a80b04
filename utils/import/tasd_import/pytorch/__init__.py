# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From PyTorch to linalg on tensors, by torch.export and torch-mlir.

`program` gets an exported program, `converter` brings it to linalg with its weights
beside it, and `importer` puts both together.
"""
