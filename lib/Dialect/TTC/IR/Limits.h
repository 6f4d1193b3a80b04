//===- Limits.h - Products of extents that stay small -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever can be computed of valid attributes and types fits 64 bits.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TTC_IR_LIMITS_H
#define TASD_LIB_DIALECT_TTC_IR_LIMITS_H

#include <cstdint>
#include <optional>

namespace mlir::ttc {

/// The most elements, coordinates or steps that anything has.
constexpr int64_t kMaxElements = int64_t(1) << 48;

/// The product of extents that are not negative; none above kMaxElements,
/// zeros aside.
template <typename Range>
std::optional<int64_t> multiplyExtents(Range &&extents) {
  int64_t product = 1;
  bool isEmpty = false;
  for (int64_t extent : extents) {
    isEmpty |= extent == 0;
    // Neither a factor nor a product is above the limit: none overflows.
    if (extent > kMaxElements / product)
      return std::nullopt;
    product *= extent == 0 ? 1 : extent;
  }
  return isEmpty ? 0 : product;
}

} // namespace mlir::ttc

#endif // TASD_LIB_DIALECT_TTC_IR_LIMITS_H
