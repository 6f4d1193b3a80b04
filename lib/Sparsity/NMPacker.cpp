//===- NMPacker.cpp - The fused packer of N:M series ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every segment of a row is read once: its terms are selected one from what the
// other left, and packed, while the segment is in the cache.
//
//===----------------------------------------------------------------------===//

#include "NMFused.h"

#include "BitPlane.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;

namespace {

class NMPacker final : public FusedPacker {
public:
  NMPacker(ArrayRef<NMShape> terms, ElementType type, SimdLevel level)
      : terms(terms), type(type), level(level),
        shape(getSegmentShape(terms, type)) {}

  void selectRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                  Ownership &ownership) const override;
  void packRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                ArrayRef<TermBuffers> buffers) const override;
  void unpackRows(ArrayRef<ConstTermBuffers> buffers, int64_t rowBegin,
                  int64_t rowEnd,
                  const MutableTensorView &tensor) const override;

private:
  llvm::SmallVector<NMShape, 4> terms;
  ElementType type;
  SimdLevel level;
  SegmentShape shape;
};

/// Calls `fn(column)` for every column of the segment in the plane.
template <typename Fn>
void forEachColumn(const Segment &segment, ArrayRef<uint64_t> plane, Fn &&fn) {
  for (int64_t word = 0; word * 64 < segment.numColumns; ++word)
    for (uint64_t rest = plane[word]; rest; rest &= rest - 1)
      fn(segment.columnBegin + word * 64 + __builtin_ctzll(rest));
}

} // namespace

void NMPacker::selectRows(const TensorView &tensor, int64_t rowBegin,
                          int64_t rowEnd, Ownership &ownership) const {
  NMSelector selector(terms, type, level);
  forEachSegment(tensor, rowBegin, rowEnd, shape, [&](const Segment &segment) {
    selector.select(segment);
    uint8_t *owners =
        ownership.owner.data() + segment.row * ownership.numColumns;
    for (size_t term = 0; term < terms.size(); ++term)
      forEachColumn(segment, selector.getKept(term),
                    [&](int64_t column) { owners[column] = term; });
  });
}

void NMPacker::packRows(const TensorView &tensor, int64_t rowBegin,
                        int64_t rowEnd, ArrayRef<TermBuffers> buffers) const {
  int64_t rowColumns = tensor.blocked.getNumColumns();
  NMSelector selector(terms, type, level);
  std::vector<NMTermPacker> packers;
  for (NMShape term : terms)
    packers.emplace_back(term, type, level);
  forEachSegment(tensor, rowBegin, rowEnd, shape, [&](const Segment &segment) {
    selector.select(segment);
    for (auto [i, packer] : llvm::enumerate(packers))
      packer.pack(segment, rowColumns, selector.getKept(i), buffers[i]);
  });
}

void NMPacker::unpackRows(ArrayRef<ConstTermBuffers> buffers, int64_t rowBegin,
                          int64_t rowEnd,
                          const MutableTensorView &tensor) const {
  for (auto [term, components] : llvm::zip(terms, buffers))
    unpackNMRows(term, components, rowBegin, rowEnd, tensor);
}

std::unique_ptr<FusedPacker>
tasd::sparsity::createNMPacker(ArrayRef<NMShape> terms, ElementType type,
                               SimdLevel level) {
  return std::make_unique<NMPacker>(terms, type, level);
}
