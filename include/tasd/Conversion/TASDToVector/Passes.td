//===- Passes.td - Contractions of packed series as vector code -*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOVECTOR_PASSES
#define TASD_CONVERSION_TASDTOVECTOR_PASSES

include "mlir/Pass/PassBase.td"

def ConvertTASDToVector : Pass<"convert-tasd-to-vector", "::mlir::func::FuncOp"> {
  let summary = "Contract packed series slot by slot, vectorised";
  let description = [{
    Every `tasd.contract` of a packed series becomes loops over the slots of its
    rows, term after term: each slot multiplies a vector of the other operand by
    the slot's value, so that of a term N:M N/M of the dense multiplications are
    left. Lanes are the loops that do not index the series; the other operand is
    gathered so that they lie contiguous (windows of convolutions, transposes,
    casts), a tile at a time, once for all terms.

    Of two series the first that stands for constants stays packed, else the
    first; the other one is composed. Series have to be packed before
    (`tasd-pack`).

    f16 and bf16 accumulate in f32 and are rounded once, at the end.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"256",
           "Width of the machine's vector registers in bits, 256 or 512.">,
    Option<"cacheKib", "cache-kib", "unsigned", /*default=*/"256",
           "Share of the second-level cache, in KiB, for the gathered operand.">
  ];
  let statistics = [
    Statistic<"numKernels", "packed-kernels",
              "Number of contractions made into kernels">,
    Statistic<"numComposed", "series-composed",
              "Number of second series composed for them">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"
  ];
}

#endif // TASD_CONVERSION_TASDTOVECTOR_PASSES
