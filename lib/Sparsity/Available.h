//===- Available.h - What earlier terms left --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Walks over the elements that a term may take, and sums their squares as
// scores want them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_AVAILABLE_H
#define TASD_LIB_SPARSITY_AVAILABLE_H

#include "Magnitude.h"
#include "Rows.h"

#include "tasd/Sparsity/Pattern.h"

#include <algorithm>
#include <limits>

namespace tasd::sparsity {

/// Calls `fn(row, column, |a|)` for the non-zeros of the rows whose owner is at
/// least `minOwner`: with Ownership::unowned what is still free, with a term
/// what was free when that term was selected. The columns of a row ascend, and
/// the rows of a column.
template <typename Fn>
void forEachAvailable(const TensorView &tensor, const Ownership &ownership,
                      uint8_t minOwner, IndexRange rows, Fn &&fn) {
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    auto visit = [&](const Segment &segment) {
      auto *elements =
          reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
      const uint8_t *owners = ownership.owner.data() +
                              segment.row * ownership.numColumns +
                              segment.columnBegin;
      for (int64_t i = 0; i < segment.numColumns; ++i) {
        auto key = Magnitude::getKey(elements[i]);
        if (key != 0 && owners[i] >= minOwner)
          fn(segment.row, segment.columnBegin + i, Magnitude::decode(key));
      }
    };
    forEachSegment(tensor, rows.begin, rows.end, {2048, {}}, visit);
  });
}

/// a^2, but of a non-zero never 0.
inline double getSquare(double magnitude) {
  return std::max(magnitude * magnitude,
                  std::numeric_limits<double>::denorm_min());
}

/// NaN exceeds every threshold.
inline bool exceeds(double score, double threshold) {
  return !(score <= threshold);
}

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_AVAILABLE_H
