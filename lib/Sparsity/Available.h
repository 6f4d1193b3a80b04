//===- Available.h - What earlier terms left --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The magnitudes of the elements that a term may take, and what scores make of
// them.
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

/// Calls `fn(row, columnBegin, magnitudes)` for the segments of the rows, with
/// |a| of elements whose owner is at least `minOwner` and 0 of the others: with
/// Ownership::unowned of what is still free, with a term of what was free when
/// that term was selected. The columns of a row ascend, and the rows of a
/// column.
template <typename Fn>
void forEachAvailable(const TensorView &tensor, const Ownership &ownership,
                      uint8_t minOwner, IndexRange rows, Fn &&fn) {
  constexpr int64_t length = 2048;
  double magnitudes[length];
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    auto visit = [&](const Segment &segment) {
      auto *elements =
          reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
      const uint8_t *owners = ownership.owner.data() +
                              segment.row * ownership.numColumns +
                              segment.columnBegin;
      for (int64_t i = 0; i < segment.numColumns; ++i) {
        double value = Magnitude::decode(Magnitude::getKey(elements[i]));
        magnitudes[i] = owners[i] >= minOwner ? value : 0.0;
      }
      fn(segment.row, segment.columnBegin,
         llvm::ArrayRef<double>(magnitudes, segment.numColumns));
    };
    forEachSegment(tensor, rows.begin, rows.end, {length, {}}, visit);
  });
}

/// a^2, but of a non-zero never 0.
inline double getSquare(double magnitude) {
  double square = std::max(magnitude * magnitude,
                           std::numeric_limits<double>::denorm_min());
  return magnitude != 0 ? square : 0.0;
}

/// NaN exceeds every threshold.
inline bool exceeds(double score, double threshold) {
  return !(score <= threshold);
}

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_AVAILABLE_H
