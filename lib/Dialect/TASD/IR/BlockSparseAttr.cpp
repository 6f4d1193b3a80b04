//===- BlockSparseAttr.cpp - The pattern of kept blocks -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "PatternAttrs.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Sparsity/BSR.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

LogicalResult
BlockSparseAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                        int64_t rows, int64_t columns, FloatAttr above) {
  if (failed(verifyThreshold(emitError, above))) // block_sparse_c2
    return failure();
  llvm::Expected<sparsity::PatternRef> pattern = sparsity::BSRPattern::get(
      {rows, columns, getThreshold(above)}); // block_sparse_c1
  if (!pattern)
    return emitError() << llvm::toString(pattern.takeError());
  return success();
}

sparsity::PatternRef BlockSparseAttr::getPattern() const {
  return llvm::cantFail(sparsity::BSRPattern::get(
      {getRows(), getColumns(), getThreshold(getAbove())}));
}

Attribute mlir::tasd::getBlockSparseAttr(MLIRContext *context,
                                         const sparsity::Pattern &pattern) {
  const sparsity::BSRRule &rule =
      static_cast<const sparsity::BSRPattern &>(pattern).getRule();
  return BlockSparseAttr::get(context, rule.numRows, rule.numColumns,
                              getThresholdAttr(context, rule.threshold));
}

//===----------------------------------------------------------------------===//
// Reading packed terms
//===----------------------------------------------------------------------===//

namespace {
/// The blocks that hold a row: those at [begin, end), and its place in them.
struct RowBlocks {
  Value begin, end, rowInBlock;
};
} // namespace

/// The rows of a block as it is stored: no more than there are.
static int64_t getStoredRows(SeriesType type, int64_t blockRows) {
  auto rowDims = type.getBlockedShape().getRowDims();
  int64_t numRows = rowDims.empty() ? 1 : type.getDimSize(rowDims.back());
  return ShapedType::isDynamic(numRows)
             ? blockRows
             : std::clamp<int64_t>(numRows, 1, blockRows);
}

/// The columns of a block as it is stored.
static int64_t getStoredColumns(SeriesType type, int64_t blockColumns) {
  return std::clamp<int64_t>(type.getBlockedShape().getNumColumns(), 1,
                             blockColumns);
}

/// Rows of blocks never span two indices of an outer row dimension.
static RowBlocks findBlocks(IndexBuilder &index, SeriesType type,
                            int64_t blockRows, ValueRange components,
                            ValueRange row) {
  auto rowDims = type.getBlockedShape().getRowDims();
  Value blockRow = index.constant(0), rowInBlock = blockRow;
  Value height = index.constant(blockRows);
  if (!rowDims.empty()) {
    for (auto [dim, position] : llvm::drop_end(llvm::zip_equal(rowDims, row)))
      blockRow = index.add(
          index.multiply(blockRow, index.constant(type.getDimSize(dim))),
          position);
    int64_t groupBlocks =
        llvm::divideCeil(type.getDimSize(rowDims.back()), blockRows);
    blockRow = index.add(index.multiply(blockRow, index.constant(groupBlocks)),
                         index.divide(row.back(), height));
    rowInBlock = index.remainder(row.back(), height);
  }
  return {index.read(components[2], blockRow),
          index.read(components[2], index.add(blockRow, index.constant(1))),
          rowInBlock};
}

Value BlockSparseAttr::buildNumSlots(OpBuilder &builder, Location loc,
                                     SeriesType type, ValueRange components,
                                     ValueRange row) const {
  IndexBuilder index(builder, loc);
  RowBlocks blocks =
      findBlocks(index, type, getStoredRows(type, getRows()), components, row);
  return index.multiply(index.subtract(blocks.end, blocks.begin),
                        index.constant(getStoredColumns(type, getColumns())));
}

Slot BlockSparseAttr::buildSlot(OpBuilder &builder, Location loc,
                                SeriesType type, ValueRange components,
                                ValueRange row, Value slot) const {
  IndexBuilder index(builder, loc);
  int64_t blockRows = getStoredRows(type, getRows());
  RowBlocks blocks = findBlocks(index, type, blockRows, components, row);
  Value width = index.constant(getStoredColumns(type, getColumns()));
  Value block = index.add(blocks.begin, index.divide(slot, width));
  Value columnInBlock = index.remainder(slot, width);
  // A block is row-major.
  Value line = index.add(index.multiply(block, index.constant(blockRows)),
                         blocks.rowInBlock);
  Value place = index.add(index.multiply(line, width), columnInBlock);
  Value column = index.multiply(index.read(components[1], block), width);
  return {tensor::ExtractOp::create(builder, loc, components[0], place),
          index.add(column, columnInBlock)};
}
