//===- NMMeter.cpp - The fused meter of N:M series ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Selects every series in every segment of a row and adds up what is left.
//
//===----------------------------------------------------------------------===//

#include "NMFused.h"

#include "Magnitude.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;

namespace {

using Terms = llvm::SmallVector<NMShape, 4>;

class NMMeter final : public FusedMeter {
public:
  NMMeter(ArrayRef<Terms> series, ElementType type, SimdLevel level)
      : series(series.begin(), series.end()), type(type), level(level) {}

  void measureRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                   llvm::MutableArrayRef<DroppedSums> sums) const override;

private:
  std::vector<Terms> series;
  ElementType type;
  SimdLevel level;
};

/// Adds what no term of the selector keeps.
template <typename Magnitude>
void addDropped(const Segment &segment, const NMSelector &selector,
                size_t numTerms, DroppedSums &sums) {
  auto *elements =
      reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
  for (int64_t i = 0; i < segment.numColumns; ++i) {
    bool isKept = false;
    for (size_t term = 0; term < numTerms; ++term)
      isKept |= selector.getKept(term)[i / 64] >> (i % 64) & 1;
    auto key = Magnitude::getKey(elements[i]);
    if (isKept || key == 0)
      continue;
    double value = Magnitude::decode(key);
    sums += {1, value, value * value};
  }
}

} // namespace

void NMMeter::measureRows(const TensorView &tensor, int64_t rowBegin,
                          int64_t rowEnd,
                          llvm::MutableArrayRef<DroppedSums> sums) const {
  for (auto [terms, sum] : llvm::zip(series, sums)) {
    NMSelector selector(terms, type, level);
    size_t numTerms = terms.size();
    DroppedSums &dropped = sum;
    forEachSegment(tensor, rowBegin, rowEnd, getSegmentShape(terms),
                   [&](const Segment &segment) {
                     selector.select(segment);
                     withMagnitude(type, [&](auto magnitude) {
                       addDropped<decltype(magnitude)>(segment, selector,
                                                       numTerms, dropped);
                     });
                   });
  }
}

std::unique_ptr<FusedMeter>
tasd::sparsity::createNMMeter(ArrayRef<Terms> series, ElementType type,
                              SimdLevel level) {
  return std::make_unique<NMMeter>(series, type, level);
}
