//===- BlockGrid.h - How blocks cover a tensor ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows of blocks are those of each index of the outer row dimensions, one after
// the other; the last of each may be lower, as the last column may be narrower.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_BLOCKGRID_H
#define TASD_LIB_SPARSITY_BLOCKGRID_H

#include "Rows.h"

#include "tasd/Sparsity/BSR.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>

namespace tasd::sparsity {

/// How blocks cover a tensor.
class BlockGrid {
public:
  BlockGrid(const BlockedShape &blocked, const BSRRule &rule)
      : numRows(blocked.getNumRows()), numColumns(blocked.getNumColumns()),
        groupRows(getGroupHeight(blocked)),
        blockRows(clamp(rule.numRows, groupRows)),
        blockColumns(clamp(rule.numColumns, numColumns)),
        groupBlocks(llvm::divideCeil(groupRows, blockRows)) {}

  /// Rows and columns of a block as it is stored: no more than there are.
  int64_t getBlockRows() const { return blockRows; }
  int64_t getBlockColumns() const { return blockColumns; }

  /// Rows and columns of blocks.
  int64_t getHeight() const {
    return groupRows == 0 ? 0 : numRows / groupRows * groupBlocks;
  }
  int64_t getWidth() const {
    return llvm::divideCeil(numColumns, blockColumns);
  }

  /// The rows of a row of blocks.
  IndexRange getRows(int64_t blockRow) const {
    int64_t group = blockRow / groupBlocks * groupRows;
    int64_t begin = group + blockRow % groupBlocks * blockRows;
    return {begin, std::min(begin + blockRows, group + groupRows)};
  }
  int64_t getBlockRow(int64_t row) const {
    return row / groupRows * groupBlocks + row % groupRows / blockRows;
  }
  /// For each column that of its block.
  std::vector<int64_t> getColumnsOfBlocks() const {
    std::vector<int64_t> all(numColumns);
    for (int64_t column = 0; column < numColumns; ++column)
      all[column] = column / blockColumns;
    return all;
  }
  /// The columns of a column of blocks.
  IndexRange getColumns(int64_t blockColumn) const {
    int64_t begin = blockColumn * blockColumns;
    return {begin, std::min(begin + blockColumns, numColumns)};
  }

  /// Calls `fn(first, end, rows)` for rows of blocks [first, end) at a time.
  template <typename Fn> void forEachBatch(Fn &&fn) const {
    int64_t step = std::max<int64_t>(1, 64 / blockRows);
    for (int64_t first = 0; first < getHeight(); first += step) {
      int64_t end = std::min(first + step, getHeight());
      fn(first, end, IndexRange{getRows(first).begin, getRows(end - 1).end});
    }
  }

private:
  static int64_t clamp(int64_t extent, int64_t most) {
    return std::clamp<int64_t>(most, 1, extent);
  }

  int64_t numRows, numColumns, groupRows, blockRows, blockColumns, groupBlocks;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_BLOCKGRID_H
