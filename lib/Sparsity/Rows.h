//===- Rows.h - Rows of a strided tensor, segment by segment ----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brings a tensor of any strides into the one form the kernels know: contiguous
// segments of a row, followed by zeros where blocks reach past its end.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_ROWS_H
#define TASD_LIB_SPARSITY_ROWS_H

#include "tasd/Sparsity/TensorView.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::sparsity {

/// Rows or columns [begin, end).
struct IndexRange {
  int64_t begin, end;
};

/// The number of rows of each index of the outer row dimensions: the extent of
/// the innermost one, or 1.
int64_t getGroupHeight(const BlockedShape &blocked);

/// Where the elements of rows and columns stand, in elements from the data.
class RowLayout {
public:
  RowLayout(const BlockedShape &blocked, llvm::ArrayRef<int64_t> strides);

  int64_t getNumRows() const { return numRows; }
  int64_t getNumColumns() const { return numColumns; }
  int64_t getRowOffset(int64_t row) const { return getOffset(rowDims, row); }
  int64_t getColumnOffset(int64_t column) const {
    return getOffset(columnDims, column);
  }
  /// Whether the columns of a row stand one after the other.
  bool hasContiguousColumns() const;

private:
  struct Dim {
    int64_t extent, stride;
  };
  using Dims = llvm::SmallVector<Dim, 4>;
  static Dims collapse(llvm::ArrayRef<int64_t> dims,
                       const BlockedShape &blocked,
                       llvm::ArrayRef<int64_t> strides);
  static int64_t getOffset(const Dims &dims, int64_t index);

  Dims rowDims, columnDims;
  int64_t numRows, numColumns;
};

/// Consecutive columns of one row.
struct Segment {
  int64_t row;
  int64_t columnBegin;
  /// Columns that the row has.
  int64_t numColumns;
  /// The elements, contiguous.
  const char *elements;
};

/// How rows are cut into segments.
struct SegmentShape {
  /// Columns of every segment of a row but the last.
  int64_t numColumns;
  /// Zeros are readable after a segment up to the next multiple of each, and
  /// from there to the next multiple of 64.
  llvm::SmallVector<int64_t, 4> multiples;

  /// Columns to be readable in a segment of `numColumns`.
  int64_t getReadableColumns(int64_t numColumns) const;
};

/// Calls `fn` for every segment of rows [rowBegin, rowEnd); columns ascend
/// within a row. Never reads outside the tensor.
void forEachSegment(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                    const SegmentShape &shape,
                    llvm::function_ref<void(const Segment &)> fn);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_ROWS_H
