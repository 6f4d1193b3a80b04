//===- PatternAttrs.cpp - Attributes that name patterns -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PatternAttrs.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

FloatAttr mlir::tasd::getThresholdAttr(MLIRContext *context, double threshold) {
  return threshold == 0 ? nullptr
                        : FloatAttr::get(Float64Type::get(context), threshold);
}

double mlir::tasd::getThreshold(FloatAttr attr) {
  return attr ? attr.getValueAsDouble() : 0;
}

LogicalResult
mlir::tasd::verifyThreshold(function_ref<InFlightDiagnostic()> emitError,
                            FloatAttr attr) {
  if (!attr || (attr.getType().isF64() && attr.getValue().isFiniteNonZero() &&
                !attr.getValue().isNegative()))
    return success();
  return emitError() << "expected a positive finite threshold of type f64 but "
                        "got "
                     << attr;
}

//===----------------------------------------------------------------------===//
// IndexBuilder
//===----------------------------------------------------------------------===//

Value IndexBuilder::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

Value IndexBuilder::add(Value lhs, Value rhs) {
  return builder.createOrFold<arith::AddIOp>(loc, lhs, rhs);
}

Value IndexBuilder::subtract(Value lhs, Value rhs) {
  return builder.createOrFold<arith::SubIOp>(loc, lhs, rhs);
}

Value IndexBuilder::multiply(Value lhs, Value rhs) {
  return builder.createOrFold<arith::MulIOp>(loc, lhs, rhs);
}

Value IndexBuilder::divide(Value lhs, Value rhs) {
  return builder.createOrFold<arith::DivUIOp>(loc, lhs, rhs);
}

Value IndexBuilder::remainder(Value lhs, Value rhs) {
  return builder.createOrFold<arith::RemUIOp>(loc, lhs, rhs);
}

Value IndexBuilder::max(Value lhs, Value rhs) {
  return builder.createOrFold<arith::MaxSIOp>(loc, lhs, rhs);
}

Value IndexBuilder::min(Value lhs, Value rhs) {
  return builder.createOrFold<arith::MinSIOp>(loc, lhs, rhs);
}

Value IndexBuilder::extent(Value component, int64_t dim) {
  return builder.createOrFold<tensor::DimOp>(loc, component, dim);
}

Value IndexBuilder::read(Value component, ValueRange indices) {
  Value number = tensor::ExtractOp::create(builder, loc, component, indices);
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    number);
}
