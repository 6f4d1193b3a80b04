//===- Passes.td - Linalg on tensors to vectors ------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_LINALGTOVECTOR_PASSES
#define TASD_CONVERSION_LINALGTOVECTOR_PASSES

include "mlir/Pass/PassBase.td"

def VectorizeLinalg : Pass<"tasd-vectorize-linalg", "mlir::func::FuncOp"> {
  let summary = "Tile and vectorise contractions and convolutions on tensors";
  let description = [{
    Every contraction or convolution with a multiply-add body, in whatever layout,
    becomes loops around one of two micro-kernels on matrices, in three steps:

    1. Tiles: one step of a batch or group dimension at a time; of a convolution
       as many output positions as fit in `cache-kib` once gathered.
    2. Matrices: operands that are not matrices of the type computed in are copied
       into ones by `linalg.generic` (transposition, gathering the windows of a
       convolution, casts); others are reshaped.
    3. Kernel: the accumulators of a tile of the result stay in vector registers
       over the whole reduction. Columns of the result in lanes; or, where both
       operands have the reduction dimension contiguous and the result has few
       rows or columns, the reduction dimension in lanes. At the edges rows repeat
       and columns are masked: there are no remainder loops.

    Several `threads` share the tiles of a layer, as a `scf.forall`; where there are
    too few of these they share rows or columns. Results do not depend on that.

    f16 and bf16 accumulate in f32 and are rounded once, at the end. What stays a
    loop nest (depthwise convolutions, pooling) gets the innermost dimension of its
    result innermost, where an input has it contiguous, so that LLVM vectorises it.
  }];
  let dependentDialects = [
    "affine::AffineDialect", "arith::ArithDialect", "linalg::LinalgDialect",
    "scf::SCFDialect", "tensor::TensorDialect", "vector::VectorDialect"
  ];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"256",
           "Width of the machine's vector registers in bits, 256 or 512.">,
    Option<"cacheKib", "cache-kib", "unsigned", /*default=*/"256",
           "Share of the second-level cache, in KiB, for the gathered operand "
           "of a convolution.">,
    Option<"threads", "threads", "unsigned", /*default=*/"1",
           "Number of threads that share the tiles of a layer.">
  ];
  let statistics = [
    Statistic<"numColumnKernels", "column-kernels",
              "Number of kernels with the columns of the result in lanes">,
    Statistic<"numDepthKernels", "depth-kernels",
              "Number of kernels with the reduction dimension in lanes">,
    Statistic<"numLeft", "layers-left", "Number of layers left as loop nests">,
    Statistic<"numInterchanged", "loops-interchanged",
              "Number of other ops whose loops were interchanged">
  ];
}

#endif // TASD_CONVERSION_LINALGTOVECTOR_PASSES
