//===- RowTiles.cpp - Rows that threads share -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowTiles.h"

#include "Gather.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "tasd/Conversion/VectorKernels/ThreadTiles.h"

#include <numeric>

using namespace mlir;
using namespace mlir::tasd;

/// Rows that a layout keeps together; 1 without one.
static int64_t getGroupRows(const PackedProduct &product) {
  if (RowRecordsAttr layout = product.getRowRecords())
    return layout.getRows();
  if (LaneRowsAttr layout = product.getLaneRows())
    return layout.getLanes();
  return 1;
}

/// Rows of the series for each step of the outermost loop of a batch.
static int64_t getRowsOfStep(const PackedProduct &product) {
  int64_t rows = 1;
  for (size_t row = getOuterLoops(product).size() + 1;
       row < product.rows.size(); ++row)
    rows *= product.getSeriesExtent(row);
  return rows;
}

/// The loops that may be cut: those of the rows, of a laid out series only the
/// batches and the outermost loop within, so that its groups stay whole.
static SmallVector<ThreadLoop> getRowLoops(const PackedProduct &product) {
  SmallVector<ThreadLoop> loops;
  size_t numBatchLoops = getOuterLoops(product).size();
  for (auto [position, loop] : llvm::enumerate(product.rows)) {
    int64_t grain = 1;
    if (product.laidOut && position == numBatchLoops) {
      int64_t rows = getGroupRows(product);
      grain = rows / std::gcd(rows, getRowsOfStep(product));
    }
    if (!product.laidOut || position <= numBatchLoops)
      loops.push_back({loop, grain});
  }
  return loops;
}

SmallVector<int64_t> mlir::tasd::getRowTileSizes(const PackedProduct &product,
                                                 unsigned numThreads) {
  if (isInThreadTile(product.op) || !hasSteps(product.ranges, kMinSharedMacs))
    return SmallVector<int64_t>(product.ranges.size(), 0);
  return chooseThreadTiles(product.ranges, getRowLoops(product), numThreads);
}

Value mlir::tasd::buildFirstGroup(OpBuilder &builder,
                                  const PackedProduct &product,
                                  int64_t groupRows) {
  Location loc = product.op.getLoc();
  auto index = [&](int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  size_t numBatchLoops = getOuterLoops(product).size();
  if (!product.part || product.rows.size() == numBatchLoops)
    return index(0);
  SeriesType type = product.getSeriesType();
  Value step = getValueOrCreateConstantIndexOp(
      builder, loc,
      product.getPartOffset(
          type.getBlockedShape().getRowDims()[numBatchLoops]));
  Value row =
      arith::MulIOp::create(builder, loc, step, index(getRowsOfStep(product)));
  return arith::DivUIOp::create(builder, loc, row, index(groupRows));
}
