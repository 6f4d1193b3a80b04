//===- NMSelectionTree.h - Many N:M series selected together ----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Series that begin alike select alike, and all tops of one block size come
// from one sorting of its blocks. A list of series thus becomes a tree, whose
// nodes each select once.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_NMSELECTIONTREE_H
#define TASD_LIB_SPARSITY_NMSELECTIONTREE_H

#include "NMSegments.h"

namespace tasd::sparsity {

/// Selects every series of a list in a segment. Holds scratch memory; one for
/// each thread.
class NMSelectionTree {
public:
  NMSelectionTree(llvm::ArrayRef<llvm::SmallVector<NMShape, 4>> series,
                  ElementType type, SimdLevel level);

  /// Selects among the columns of the segment.
  void select(const Segment &segment);
  /// The columns of the segment that terms of the series keep, and any after
  /// its end.
  const uint64_t *getOwned(size_t series) const {
    return planes[planeOfSeries[series]].data();
  }

private:
  /// Selects the tops of blocks of `m` among what the plane `owned` leaves.
  struct Node {
    size_t owned;
    int64_t m;
    void (*selectTop)(const TopRequest &request);
    /// Ascending, and the planes of what they and the plane `owned` own.
    llvm::SmallVector<int64_t, 8> tops;
    llvm::SmallVector<size_t, 8> planes;
  };
  size_t addSelection(size_t owned, NMShape top, ElementType type,
                      SimdLevel level);
  void selectNode(const Node &node, const Segment &segment, size_t numWords);

  /// Nodes come after those that own what they leave.
  std::vector<Node> nodes;
  /// The first is that of nothing.
  std::vector<std::vector<uint64_t>> planes;
  std::vector<size_t> planeOfSeries;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_NMSELECTIONTREE_H
