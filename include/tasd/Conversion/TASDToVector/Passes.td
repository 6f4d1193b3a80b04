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
  let summary = "Contract packed series, vectorised";
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

    Constants that `tasd-pack` laid out for the CPU are multiplied record by
    record: see docs/CPU.md.

    f16 and bf16 accumulate in f32 and are rounded once, at the end. Several
    `threads` share the lanes, or the rows of the series where these are too few,
    as a `scf.forall`; no sum is split.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"256",
           "Width of the machine's vector registers in bits, 256 or 512.">,
    Option<"cacheKib", "cache-kib", "unsigned", /*default=*/"256",
           "Share of the second-level cache, in KiB, for the gathered operand.">,
    Option<"hideSplats", "hide-splats", "bool", /*default=*/"false",
           "Keep LLVM from loading each value of a record by itself, by a line of "
           "assembly for x86.">,
    Option<"threads", "threads", "unsigned", /*default=*/"1",
           "Number of threads that share the lanes or the rows of a product.">
  ];
  let statistics = [
    Statistic<"numKernels", "packed-kernels",
              "Number of contractions made into kernels">,
    Statistic<"numComposed", "series-composed",
              "Number of second series composed for them">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::LLVM::LLVMDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"
  ];
}

#endif // TASD_CONVERSION_TASDTOVECTOR_PASSES
