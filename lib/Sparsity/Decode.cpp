//===- Decode.cpp - Rows as doubles, with their signs ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decode.h"

#include "Magnitude.h"
#include "Rows.h"

using namespace tasd::sparsity;

/// Whether bits with the highest one set are negative.
static bool isSigned(ElementType type) {
  return type != ElementType::UI8 && type != ElementType::UI32;
}

std::vector<double> tasd::sparsity::decodeRows(const TensorView &tensor,
                                               int64_t rowBegin,
                                               int64_t rowEnd) {
  std::vector<double> decoded;
  decoded.reserve((rowEnd - rowBegin) * tensor.blocked.getNumColumns());
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    using Bits = typename Magnitude::Bits;
    constexpr Bits signBit = Bits(~Bits(0)) ^ (Bits(~Bits(0)) >> 1);
    Bits negative = isSigned(tensor.elementType) ? signBit : Bits(0);
    auto append = [&](const Segment &segment) {
      auto *elements = reinterpret_cast<const Bits *>(segment.elements);
      for (int64_t i = 0; i < segment.numColumns; ++i) {
        double value = Magnitude::decode(Magnitude::getKey(elements[i]));
        decoded.push_back(elements[i] & negative ? -value : value);
      }
    };
    forEachSegment(tensor, rowBegin, rowEnd, {2048, {}}, append);
  });
  return decoded;
}
