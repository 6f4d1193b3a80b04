//===- NMWeigher.cpp - Weighted norms of what N:M series drop -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The elements of a piece of a segment are weighed once; each series then adds
// up those that its bit plane leaves.
//
//===----------------------------------------------------------------------===//

#include "NMWeigher.h"

#include "NMSelectionTree.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <array>
#include <limits>
#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;

NMWeigher::NMWeigher(ArrayRef<Terms> series, ElementType type, SimdLevel level)
    : level(level) {
  for (auto [position, terms] : llvm::enumerate(series))
    addToGroup(position, terms, type);
}

/// The shape of segments that are whole blocks of all terms of all series.
static SegmentShape getCommonShape(ArrayRef<NMWeigher::Terms> series,
                                   ElementType type) {
  NMWeigher::Terms all;
  for (const NMWeigher::Terms &terms : series)
    llvm::append_range(all, terms);
  return getSegmentShape(all, type);
}

/// Series go together while rows can still be cut into segments.
void NMWeigher::addToGroup(size_t position, const Terms &terms,
                           ElementType type) {
  for (Group &group : groups) {
    group.members.push_back(terms);
    SegmentShape shape = getCommonShape(group.members, type);
    if (shape.numColumns != std::numeric_limits<int64_t>::max()) {
      group.positions.push_back(position);
      group.shape = std::move(shape);
      return;
    }
    group.members.pop_back();
  }
  groups.push_back({{position}, {terms}, getCommonShape({terms}, type)});
}

namespace {

/// Adds up segments for the series of one group.
class SegmentWeigher {
public:
  SegmentWeigher(ArrayRef<NMWeigher::Terms> series, ElementType type,
                 SimdLevel level, ArrayRef<double> columnWeights)
      : tree(series, type, level), kernels(getKernels(level, type, 0)),
        width(getByteWidth(type)), columnWeights(columnWeights),
        planes(series.size()), sums(series.size()) {}

  void add(const Segment &segment) {
    tree.select(segment);
    for (int64_t begin = 0; begin < segment.numColumns; begin += pieceColumns)
      addPiece(segment, begin,
               std::min(pieceColumns, segment.numColumns - begin));
  }

  double getSum(size_t series) const {
    return std::accumulate(std::begin(sums[series].lanes),
                           std::end(sums[series].lanes), 0.0);
  }

private:
  /// Columns whose products stay in the first-level cache.
  static constexpr int64_t pieceColumns = 1024;

  void addPiece(const Segment &segment, int64_t begin, int64_t numColumns) {
    int64_t numWords = llvm::divideCeil(numColumns, 64);
    kernels.weighSquares(segment.elements + begin * width,
                         columnWeights.data() + segment.columnBegin + begin,
                         numColumns, products.data());
    std::fill(products.begin() + numColumns, products.begin() + numWords * 64,
              0.0);
    for (auto [series, plane] : llvm::enumerate(planes))
      plane = tree.getOwned(series) + begin / 64;
    kernels.addUnowned({products.data(), numWords, planes.data(),
                        int64_t(planes.size()), sums.data()});
  }

  NMSelectionTree tree;
  Kernels kernels;
  int64_t width;
  ArrayRef<double> columnWeights;
  std::array<double, pieceColumns> products;
  std::vector<const uint64_t *> planes;
  std::vector<LaneSum> sums;
};

} // namespace

void NMWeigher::measureRows(const TensorView &tensor, int64_t rowBegin,
                            int64_t rowEnd, ArrayRef<double> columnWeights,
                            llvm::MutableArrayRef<DroppedSums> sums) const {
  for (const Group &group : groups) {
    SegmentWeigher weigher(group.members, tensor.elementType, level,
                           columnWeights);
    forEachSegment(tensor, rowBegin, rowEnd, group.shape,
                   [&](const Segment &segment) { weigher.add(segment); });
    for (auto [i, position] : llvm::enumerate(group.positions))
      sums[position].weightedNorm += weigher.getSum(i);
  }
}
