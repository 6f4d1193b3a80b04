//===- PatternAttrs.h - Attributes that name patterns -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What makes the attributes of families whose packed form is of open size, and
// what such attributes share: thresholds, and the reading of tables.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_IR_PATTERNATTRS_H
#define TASD_LIB_DIALECT_TASD_IR_PATTERNATTRS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "tasd/Sparsity/Pattern.h"

namespace mlir::tasd {

/// The attributes that name a sparsity::TileWisePattern and BSRPattern.
Attribute getTileWiseAttr(MLIRContext *context,
                          const ::tasd::sparsity::Pattern &pattern);
Attribute getBlockSparseAttr(MLIRContext *context,
                             const ::tasd::sparsity::Pattern &pattern);

/// A threshold as an attribute, null for 0, and back.
FloatAttr getThresholdAttr(MLIRContext *context, double threshold);
double getThreshold(FloatAttr attr);

/// Checks that a threshold, unless null, is positive, finite and of type f64.
LogicalResult verifyThreshold(function_ref<InFlightDiagnostic()> emitError,
                              FloatAttr attr);

/// Builds indices: arithmetic, folded where it can be, and what components
/// hold. None is negative but where it says so.
class IndexBuilder {
public:
  IndexBuilder(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  Value constant(int64_t value);
  Value add(Value lhs, Value rhs);
  Value subtract(Value lhs, Value rhs);
  Value multiply(Value lhs, Value rhs);
  Value divide(Value lhs, Value rhs);
  Value remainder(Value lhs, Value rhs);
  /// Of signed numbers.
  Value max(Value lhs, Value rhs);
  Value min(Value lhs, Value rhs);
  /// The extent of a component.
  Value extent(Value component, int64_t dim);
  /// A number that a component of integers holds, which may be negative.
  Value read(Value component, ValueRange indices);

  OpBuilder &builder;
  Location loc;
};

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_IR_PATTERNATTRS_H
