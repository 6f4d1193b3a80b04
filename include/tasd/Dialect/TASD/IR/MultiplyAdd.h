//===- MultiplyAdd.h - What a contraction computes at each point -*- C++ -*-==//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Builds the arithmetic of tasd.contract on scalars or vectors: the one place
// that says how inputs are cast, zero points subtracted and products summed.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_MULTIPLYADD_H
#define TASD_DIALECT_TASD_IR_MULTIPLYADD_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// The element of `input` (0 or 1) as it is multiplied: cast to the element
/// type of the init, less the zero point, an i32 or null. Scalars or vectors.
Value buildFactor(OpBuilder &builder, Location loc, ContractOp op,
                  unsigned input, Value element, Value zeroPoint);

/// sum + lhs * rhs in the type that all have, scalars or vectors.
Value buildMultiplyAdd(OpBuilder &builder, Location loc, Value lhs, Value rhs,
                       Value sum);

/// The linalg op that contracts dense inputs as `op` contracts series.
linalg::GenericOp buildMultiplyAdd(OpBuilder &builder, ContractOp op,
                                   ValueRange inputs);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_IR_MULTIPLYADD_H
