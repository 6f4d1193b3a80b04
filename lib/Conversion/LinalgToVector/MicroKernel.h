//===- MicroKernel.h - Loops around the vector kernels ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two kernels for C += A * B on tensors of rank two, with the accumulators of a
// tile of C in vector registers over the whole depth.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_LINALGTOVECTOR_MICROKERNEL_H
#define TASD_LIB_CONVERSION_LINALGTOVECTOR_MICROKERNEL_H

#include "mlir/IR/Builders.h"

namespace mlir::tasd {

/// A tile of C: rows, and columns in vectors of `lanes` (column kernel) or
/// single ones (depth kernel).
struct KernelTile {
  int64_t rows, columns, lanes;
};

/// A: M x K, or K x M if `isLhsTransposed`. B: K x N, or panels of
/// `tile.columns * tile.lanes` columns. C: M x N. Returns the new C.
Value buildColumnKernel(OpBuilder &builder, Location loc, Value lhs,
                        bool isLhsTransposed, Value rhs, Value accumulator,
                        KernelTile tile);

/// A: M x K. B: N x K. C: M x N. Returns the new C.
Value buildDepthKernel(OpBuilder &builder, Location loc, Value lhs, Value rhs,
                       Value accumulator, KernelTile tile);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_LINALGTOVECTOR_MICROKERNEL_H
