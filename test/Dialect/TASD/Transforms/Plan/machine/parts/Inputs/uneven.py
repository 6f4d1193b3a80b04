# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes layers whose weights are of uneven scale, so that tiles prune them.

A product ("wide") of 256 rows and 192 x 256 weights, a convolution ("conv"), a small
product ("small") of weights that nothing sets apart, and a batch of two products
("batch").
"""

import random
import sys

generator = random.Random(1)


def draw(inputs: int, outputs: int, spread: float) -> str:
    """Products of a scale for each output, one for each input, and noise; no zeros."""
    by_output = [generator.lognormvariate(0, spread) for _ in range(outputs)]
    by_input = [generator.lognormvariate(0, spread) for _ in range(inputs)]
    numbers = (12 * a * b * generator.gauss(0, 1) for a in by_input for b in by_output)
    clamped = (max(-127, min(127, round(number))) or 1 for number in numbers)
    return b"".join(number.to_bytes(1, "little", signed=True) for number in clamped).hex()


print(
    f"""
func.func @main(%x: tensor<256x192xi8>, %image: tensor<1x18x18x32xi8>, %y: tensor<4x16xi8>,
                %pair: tensor<2x256x64xi8>)
    -> (tensor<256x256xi32>, tensor<1x16x16x64xi32>, tensor<4x16xi32>, tensor<2x256x64xi32>) {{
  %zero = arith.constant 0 : i32
  %wide = arith.constant dense<"0x{draw(192, 256, 0.8)}"> : tensor<192x256xi8>
  %filter = arith.constant dense<"0x{draw(288, 64, 0.8)}"> : tensor<3x3x32x64xi8>
  %even = arith.constant dense<127> : tensor<16x16xi8>
  %batch = arith.constant dense<"0x{draw(128, 64, 0.8)}"> : tensor<2x64x64xi8>
  %e0 = tensor.empty() : tensor<256x256xi32>
  %z0 = linalg.fill ins(%zero : i32) outs(%e0 : tensor<256x256xi32>) -> tensor<256x256xi32>
  %r0 = linalg.matmul ins(%x, %wide : tensor<256x192xi8>, tensor<192x256xi8>)
      outs(%z0 : tensor<256x256xi32>) -> tensor<256x256xi32> loc("wide")
  %e1 = tensor.empty() : tensor<1x16x16x64xi32>
  %z1 = linalg.fill ins(%zero : i32) outs(%e1 : tensor<1x16x16x64xi32>) -> tensor<1x16x16x64xi32>
  %r1 = linalg.conv_2d_nhwc_hwcf
      ins(%image, %filter : tensor<1x18x18x32xi8>, tensor<3x3x32x64xi8>)
      outs(%z1 : tensor<1x16x16x64xi32>) -> tensor<1x16x16x64xi32> loc("conv")
  %e2 = tensor.empty() : tensor<4x16xi32>
  %z2 = linalg.fill ins(%zero : i32) outs(%e2 : tensor<4x16xi32>) -> tensor<4x16xi32>
  %r2 = linalg.matmul ins(%y, %even : tensor<4x16xi8>, tensor<16x16xi8>)
      outs(%z2 : tensor<4x16xi32>) -> tensor<4x16xi32> loc("small")
  %e3 = tensor.empty() : tensor<2x256x64xi32>
  %z3 = linalg.fill ins(%zero : i32) outs(%e3 : tensor<2x256x64xi32>) -> tensor<2x256x64xi32>
  %r3 = linalg.batch_matmul ins(%pair, %batch : tensor<2x256x64xi8>, tensor<2x64x64xi8>)
      outs(%z3 : tensor<2x256x64xi32>) -> tensor<2x256x64xi32> loc("batch")
  return %r0, %r1, %r2, %r3 : tensor<256x256xi32>, tensor<1x16x16x64xi32>, tensor<4x16xi32>,
                              tensor<2x256x64xi32>
}}
""",
    file=open(sys.argv[1], "w"),
)
