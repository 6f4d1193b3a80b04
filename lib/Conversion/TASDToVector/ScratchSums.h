//===- ScratchSums.h - Sums of a block of lanes -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_SCRATCHSUMS_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_SCRATCHSUMS_H

#include "PackedProduct.h"
#include "tasd/Conversion/VectorKernels/KernelBuilder.h"

namespace mlir::tasd {

/// A block of lanes of one batch, a few vectors.
struct LaneBlock {
  /// The positions of the loops over batches.
  SmallVector<Value> batch;
  /// Of each vector: its first lane, and the mask of its lanes or null.
  SmallVector<Value> starts, masks;
};

/// The rows of a product of #tasd.row_records, in groups that the kernel has
/// sums of at once.
struct RowGroups {
  Extent rows, groups;
  /// The number that the first group has in the whole series.
  Value first;
};

/// The sums of a block: a buffer [rows, stride], up to whole groups, where rows
/// lie side by side whatever the distance between those of the result.
class ScratchSums : KernelBuilder {
public:
  ScratchSums(OpBuilder &builder, const PackedProduct &product,
              const RowGroups &groups, int64_t lanes);

  /// A buffer of what `sums` [batches..., rows, lanes] has so far.
  Value load(const LaneBlock &block, Value sums);
  /// Returns `sums` with the rows of the buffer.
  Value store(const LaneBlock &block, Value scratch, Value sums);

private:
  /// Rows of the buffer.
  OpFoldResult getNumRows();

  RowRecordsAttr layout;
  const RowGroups &groups;
  int64_t lanes;
};

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_SCRATCHSUMS_H
