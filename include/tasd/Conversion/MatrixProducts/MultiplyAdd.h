//===- MultiplyAdd.h - One layer as a matrix product ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A contraction or convolution seen as batches of matrix products
// C[rows, columns] += A[rows, depth] * B[depth, columns]: which loop dimension
// belongs to which group, and how the operands are read.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_MATRIXPRODUCTS_MULTIPLYADD_H
#define TASD_CONVERSION_MATRIXPRODUCTS_MULTIPLYADD_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::tasd {

/// An input of the op in its role as A or B.
struct MultiplyAddInput {
  Value value;
  /// From the loop dimensions, with those of extent one replaced by zero.
  AffineMap map;
  /// The casts between the element and the multiplication, innermost first.
  SmallVector<Operation *> casts;
  /// The map is a permutation of loop dimensions, not the windows of a
  /// convolution.
  bool isDirect = false;
};

/// Loop dimensions of extent one belong to no group.
struct MultiplyAdd {
  linalg::LinalgOp op;
  MultiplyAddInput lhs, rhs;
  Value init;
  AffineMap initMap;
  SmallVector<unsigned> batch, rows, columns, depth;
  SmallVector<int64_t> extents;
  /// The type of the multiplication, widened to 32 bits if a smaller float.
  Type computeType;

  /// The product of the extents of `dims`, or kDynamic.
  int64_t getExtent(ArrayRef<unsigned> dims) const;
};

/// Sees `op` as a multiply-add, with the innermost dimension of the result
/// among the columns if possible; `reason` says why not.
FailureOr<MultiplyAdd> matchMultiplyAdd(linalg::LinalgOp op, StringRef &reason);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_MATRIXPRODUCTS_MULTIPLYADD_H
