//===- PackedProduct.h - A contraction of a packed series -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tasd.contract of a packed series with a dense operand, and what each of its
// loops is for.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_PACKEDPRODUCT_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_PACKEDPRODUCT_H

#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// Every loop is in one of the four groups.
struct PackedProduct {
  mutable ContractOp op;
  /// Position of the packed input (0 or 1); the other one is dense.
  unsigned packed;
  /// What makes the packed series, all of it: one of the two.
  mutable AssembleOp series;
  mutable AssembleAsOp laidOut;
  /// The packed input where that is some rows of the series; else null.
  mutable SliceOp part;

  /// Loops along the blocks, in the order of `along`.
  SmallVector<unsigned> columns;
  /// Loops that index the series' rows and the result.
  SmallVector<unsigned> rows;
  /// Loops that index the series' rows and are summed over: the windows of a
  /// blocked activation.
  SmallVector<unsigned> windows;
  /// Loops that do not index the series.
  SmallVector<unsigned> lanes;
  /// The extent of every loop, kDynamic where not static.
  SmallVector<int64_t> ranges;

  Value getSeries() const { return op->getOperand(packed); }
  /// The type of the whole series.
  SeriesType getSeriesType() const {
    return laidOut ? laidOut.getType() : series.getType();
  }
  /// The layout of a series that is laid out as records; else null.
  RowRecordsAttr getRowRecords() const {
    return laidOut ? dyn_cast<RowRecordsAttr>(laidOut.getLayout()) : nullptr;
  }
  Value getDense() const { return op->getOperand(1 - packed); }
  AffineMap getMap(unsigned operand) const { return op.getMap(operand); }
  /// The layout of a series that has its rows in lanes; else null.
  LaneRowsAttr getLaneRows() const {
    return laidOut ? dyn_cast<LaneRowsAttr>(laidOut.getLayout()) : nullptr;
  }
  /// Product of the extents of `loops`; kDynamic where not static.
  int64_t getExtent(ArrayRef<unsigned> loops) const;
  /// The extent of the whole series along a dimension of its rows.
  int64_t getSeriesExtent(unsigned row) const;
  /// Where the part begins along a dimension of the series.
  OpFoldResult getPartOffset(int64_t dim) const;
  /// The type computed in: that of the result, smaller floats widened to f32.
  Type getComputeType() const;
};

/// Whether kernels for layouts can compute the product: nothing is empty, and
/// the rows of the series lie in the order of loops, those with operands of
/// their own first.
bool hasRowsInOrder(const PackedProduct &product);

/// Whether all rows are multiplied by one vector of 32-bit elements, all of
/// known extents.
bool isVectorProduct(const PackedProduct &product);

/// Sees `op` as such a product, its other input dense or a series that is to be
/// composed; `reason` says why not.
FailureOr<PackedProduct> matchPackedProduct(ContractOp op, StringRef &reason);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_PACKEDPRODUCT_H
