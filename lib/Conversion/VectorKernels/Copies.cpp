//===- Copies.cpp - Operands in another order and type --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/VectorKernels/Copies.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;

Value mlir::tasd::buildCopy(OpBuilder &builder, Location loc, Value source,
                            AffineMap from, Value target, AffineMap to,
                            ElementCast cast) {
  SmallVector<utils::IteratorType> iterators(to.getNumDims(),
                                             utils::IteratorType::parallel);
  auto copy = linalg::GenericOp::create(
      builder, loc, target.getType(), source, target,
      ArrayRef<AffineMap>{from, to}, iterators,
      [&](OpBuilder &b, Location loc, ValueRange args) {
        linalg::YieldOp::create(b, loc, cast(b, loc, args[0]));
      });
  return copy.getResult(0);
}

Value mlir::tasd::castFloat(OpBuilder &builder, Location loc, Value value,
                            Type type) {
  Type from = getElementTypeOrSelf(value.getType());
  if (from == type)
    return value;
  Type to = type;
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    to = vector.clone(type);
  if (from.getIntOrFloatBitWidth() < type.getIntOrFloatBitWidth())
    return arith::ExtFOp::create(builder, loc, to, value);
  return arith::TruncFOp::create(builder, loc, to, value);
}
