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
      : rule(rule), numRows(blocked.getNumRows()),
        numColumns(blocked.getNumColumns()), groupRows(getGroupHeight(blocked)),
        groupBlocks(llvm::divideCeil(groupRows, rule.numRows)) {}

  /// Rows and columns of blocks.
  int64_t getHeight() const {
    return groupRows == 0 ? 0 : numRows / groupRows * groupBlocks;
  }
  int64_t getWidth() const {
    return llvm::divideCeil(numColumns, rule.numColumns);
  }

  /// The rows of a row of blocks.
  IndexRange getRows(int64_t blockRow) const {
    int64_t group = blockRow / groupBlocks * groupRows;
    int64_t begin = group + blockRow % groupBlocks * rule.numRows;
    return {begin, std::min(begin + rule.numRows, group + groupRows)};
  }
  int64_t getBlockRow(int64_t row) const {
    return row / groupRows * groupBlocks + row % groupRows / rule.numRows;
  }
  /// For each column that of its block.
  std::vector<int64_t> getBlockColumns() const {
    std::vector<int64_t> blockColumns(numColumns);
    for (int64_t column = 0; column < numColumns; ++column)
      blockColumns[column] = column / rule.numColumns;
    return blockColumns;
  }
  /// The columns of a column of blocks.
  IndexRange getColumns(int64_t blockColumn) const {
    int64_t begin = blockColumn * rule.numColumns;
    return {begin, std::min(begin + rule.numColumns, numColumns)};
  }

  /// Calls `fn(first, end, rows)` for rows of blocks [first, end) at a time.
  template <typename Fn> void forEachBatch(Fn &&fn) const {
    int64_t step = std::max<int64_t>(1, 64 / rule.numRows);
    for (int64_t first = 0; first < getHeight(); first += step) {
      int64_t end = std::min(first + step, getHeight());
      fn(first, end, IndexRange{getRows(first).begin, getRows(end - 1).end});
    }
  }

private:
  BSRRule rule;
  int64_t numRows, numColumns, groupRows, groupBlocks;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_BLOCKGRID_H
