//===- NMSelectionTree.cpp - Many N:M series selected together ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Consecutive terms of one M are one top of their sum of N.
//
//===----------------------------------------------------------------------===//

#include "NMSelectionTree.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;

/// The plane of nothing.
static constexpr size_t nothing = 0;

/// Merges consecutive terms of one M.
static llvm::SmallVector<NMShape, 4> getTops(ArrayRef<NMShape> terms) {
  llvm::SmallVector<NMShape, 4> tops;
  for (NMShape term : terms)
    if (!tops.empty() && tops.back().m == term.m)
      tops.back().n = std::min(tops.back().n + term.n, term.m);
    else
      tops.push_back(term);
  return tops;
}

NMSelectionTree::NMSelectionTree(ArrayRef<llvm::SmallVector<NMShape, 4>> series,
                                 ElementType type, SimdLevel level)
    : planes(1) {
  for (ArrayRef<NMShape> terms : series) {
    size_t plane = nothing;
    for (NMShape top : getTops(terms))
      plane = addSelection(plane, top, type, level);
    planeOfSeries.push_back(plane);
  }
}

/// The plane of what `top` and the plane `owned` own, made where it is new.
size_t NMSelectionTree::addSelection(size_t owned, NMShape top,
                                     ElementType type, SimdLevel level) {
  auto node = llvm::find_if(nodes, [&](const Node &node) {
    return node.owned == owned && node.m == top.m;
  });
  if (node == nodes.end()) {
    nodes.push_back(
        {owned, top.m, getKernels(level, type, top.m).selectTop, {}, {}});
    node = std::prev(nodes.end());
  }
  size_t at = llvm::lower_bound(node->tops, top.n) - node->tops.begin();
  if (at == node->tops.size() || node->tops[at] != top.n) {
    node->tops.insert(node->tops.begin() + at, top.n);
    node->planes.insert(node->planes.begin() + at, planes.size());
    planes.emplace_back();
  }
  return node->planes[at];
}

void NMSelectionTree::select(const Segment &segment) {
  int64_t longest = segment.numColumns;
  for (const Node &node : nodes)
    longest =
        std::max<int64_t>(longest, llvm::alignTo(segment.numColumns, node.m));
  size_t numWords = llvm::divideCeil(longest, 64);
  planes[nothing].assign(numWords, 0);
  for (const Node &node : nodes)
    selectNode(node, segment, numWords);
}

void NMSelectionTree::selectNode(const Node &node, const Segment &segment,
                                 size_t numWords) {
  llvm::SmallVector<uint64_t *, 8> selected;
  for (size_t plane : node.planes) {
    planes[plane].resize(numWords);
    selected.push_back(planes[plane].data());
  }
  const std::vector<uint64_t> &owned = planes[node.owned];
  int64_t numColumns = llvm::alignTo(segment.numColumns, node.m);
  node.selectTop({segment.elements, numColumns,
                  node.owned == nothing ? nullptr : owned.data(), node.m,
                  node.tops.data(), int64_t(node.tops.size()),
                  selected.data()});
  // What other nodes' longer blocks add to the segment has no elements.
  size_t numWritten = llvm::divideCeil(numColumns, 64);
  for (uint64_t *plane : selected) {
    std::fill(plane + numWritten, plane + numWords, 0);
    for (size_t word = 0; word < numWritten; ++word)
      plane[word] |= owned[word];
  }
}
