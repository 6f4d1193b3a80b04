//===- MultiplyAdd.cpp - What a contraction computes at each point --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tasd;

/// `type` with the shape of `like`, a scalar or a vector.
static Type withShapeOf(Type type, Type like) {
  auto vector = dyn_cast<VectorType>(like);
  return vector ? Type(vector.clone(type)) : type;
}

/// Casts to a type that is wider, or a float.
static Value buildCast(OpBuilder &builder, Location loc, Value value,
                       Type elementType, bool isUnsigned) {
  Type from = getElementTypeOrSelf(value.getType());
  Type to = withShapeOf(elementType, value.getType());
  if (from == elementType)
    return value;
  if (isa<FloatType>(from))
    return arith::ExtFOp::create(builder, loc, to, value);
  if (isa<FloatType>(elementType))
    return isUnsigned
               ? arith::UIToFPOp::create(builder, loc, to, value).getResult()
               : arith::SIToFPOp::create(builder, loc, to, value).getResult();
  return isUnsigned
             ? arith::ExtUIOp::create(builder, loc, to, value).getResult()
             : arith::ExtSIOp::create(builder, loc, to, value).getResult();
}

Value mlir::tasd::buildFactor(OpBuilder &builder, Location loc, ContractOp op,
                              unsigned input, Value element, Value zeroPoint) {
  Contraction contraction = op.getContraction();
  Value factor =
      buildCast(builder, loc, element,
                contraction.types[Contraction::Init].getElementType(),
                contraction.isUnsigned[input]);
  if (!zeroPoint || isa<SeriesType>(contraction.types[input]))
    return factor;
  return arith::SubIOp::create(builder, loc, factor, zeroPoint);
}

Value mlir::tasd::buildMultiplyAdd(OpBuilder &builder, Location loc, Value lhs,
                                   Value rhs, Value sum) {
  if (isa<FloatType>(getElementTypeOrSelf(sum.getType()))) {
    Value product = arith::MulFOp::create(builder, loc, lhs, rhs);
    return arith::AddFOp::create(builder, loc, sum, product);
  }
  Value product = arith::MulIOp::create(builder, loc, lhs, rhs);
  return arith::AddIOp::create(builder, loc, sum, product);
}

linalg::GenericOp mlir::tasd::buildMultiplyAdd(OpBuilder &builder,
                                               ContractOp op,
                                               ValueRange inputs) {
  return linalg::GenericOp::create(
      builder, op.getLoc(), op->getResultTypes(), inputs, op.getInit(),
      op.getContraction().maps, op.getLoopIteratorTypes(),
      [&](OpBuilder &b, Location loc, ValueRange args) {
        Value lhs = buildFactor(b, loc, op, 0, args[0], op.getZeroPoint());
        Value rhs = buildFactor(b, loc, op, 1, args[1], op.getZeroPoint());
        Value sum = buildMultiplyAdd(b, loc, lhs, rhs, args[2]);
        linalg::YieldOp::create(b, loc, sum);
      });
}
