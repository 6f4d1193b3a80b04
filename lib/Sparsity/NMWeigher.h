//===- NMWeigher.h - Weighted norms of what N:M series drop -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Weights belong to columns, so that here, other than for plain sums, it
// matters which elements a series drops: those that it does not select.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_NMWEIGHER_H
#define TASD_LIB_SPARSITY_NMWEIGHER_H

#include "NMSegments.h"

namespace tasd::sparsity {

/// Weighs what each of several series drops.
class NMWeigher {
public:
  using Terms = llvm::SmallVector<NMShape, 4>;
  NMWeigher(llvm::ArrayRef<Terms> series, ElementType type, SimdLevel level);

  /// Adds to the weighted norms of `sums[i]` that of what series i drops of
  /// rows [rowBegin, rowEnd). Thread-safe.
  void measureRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                   llvm::ArrayRef<double> columnWeights,
                   llvm::MutableArrayRef<DroppedSums> sums) const;

private:
  /// Series that share segments, by their positions in the list.
  struct Group {
    std::vector<size_t> positions;
    std::vector<Terms> members;
    SegmentShape shape;
  };
  void addToGroup(size_t position, const Terms &terms, ElementType type);

  std::vector<Group> groups;
  SimdLevel level;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_NMWEIGHER_H
