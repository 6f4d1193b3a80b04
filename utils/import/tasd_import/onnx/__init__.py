# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From ONNX to linalg on tensors, by torch-mlir.

`graph` reads a model, `weights` takes its large constants out of it, `simplify`
fixes its shapes, `constants` computes what depends on constants alone, `converter`
brings the light graph to linalg, and `bind` puts the constants back.
"""
