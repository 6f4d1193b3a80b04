//===- ScratchSums.cpp - Sums of a block of lanes -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScratchSums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tasd;

ScratchSums::ScratchSums(OpBuilder &builder, const PackedProduct &product,
                         const RowGroups &groups, int64_t lanes)
    : KernelBuilder(builder, product.op.getLoc(), product.getComputeType(),
                    lanes),
      layout(product.getRowRecords()), groups(groups), lanes(lanes) {}

OpFoldResult ScratchSums::getNumRows() {
  if (ShapedType::isStatic(groups.groups.constant))
    return b.getIndexAttr(groups.groups.constant * layout.getRows());
  return arith::MulIOp::create(b, groups.groups.value, index(layout.getRows()))
      .getResult();
}

/// Where `sums` have a row of the block's batch, at a lane; without a dimension
/// of rows there is one.
static SmallVector<Value> getPosition(const LaneBlock &block, Value sums,
                                      Value row, Value lane) {
  SmallVector<Value> position(block.batch);
  size_t rank = cast<RankedTensorType>(sums.getType()).getRank();
  if (rank > block.batch.size() + 1)
    position.push_back(row);
  position.push_back(lane);
  return position;
}

Value ScratchSums::load(const LaneBlock &block, Value sums) {
  OpFoldResult numRows = getNumRows();
  OpFoldResult stride = b.getIndexAttr(layout.getStride());
  Value scratch = tensor::EmptyOp::create(
      b, ArrayRef<OpFoldResult>{numRows, stride}, elementType);
  bool isPadded = !groups.rows.isMultipleOf(layout.getRows());
  return loop(getValueOrCreateConstantIndexOp(b, b.getLoc(), numRows), 1,
              scratch,
              [&](Value row, ValueRange state) {
                Value source = row, next = state.front();
                if (isPadded)
                  source = arith::MinUIOp::create(
                      b, row, sub(groups.rows.value, index(1)));
                for (auto [j, start, mask] :
                     llvm::enumerate(block.starts, block.masks))
                  next = write(
                      read(sums, getPosition(block, sums, source, start), mask),
                      next, {row, index(j * lanes)}, nullptr);
                return SmallVector<Value>{next};
              })
      .front();
}

Value ScratchSums::store(const LaneBlock &block, Value scratch, Value sums) {
  return loop(groups.rows.value, 1, sums,
              [&](Value row, ValueRange state) {
                Value next = state.front();
                for (auto [j, start, mask] :
                     llvm::enumerate(block.starts, block.masks))
                  next =
                      write(read(scratch, {row, index(j * lanes)}, nullptr),
                            next, getPosition(block, sums, row, start), mask);
                return SmallVector<Value>{next};
              })
      .front();
}
