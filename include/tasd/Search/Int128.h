//===- Int128.h - Exact integers of 128 bits --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products and sums of 64-bit costs, without rounding.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_INT128_H
#define TASD_SEARCH_INT128_H

#include <cstdint>

namespace tasd::search {

__extension__ using Int128 = __int128;

constexpr Int128 kInt128Max = (((Int128(1) << 126) - 1) << 1) + 1;

/// The bits that `value`, not negative, takes.
int countBits(Int128 value);

/// The greatest common divisor of integers that are not negative; of 0 and a,
/// a.
Int128 getGcd(Int128 a, Int128 b);

/// a*b / divisor, rounded up, or the largest integer where that is larger. No
/// operand is negative; the divisor is not 0.
Int128 divideProductCeil(Int128 a, Int128 b, Int128 divisor);

} // namespace tasd::search

#endif // TASD_SEARCH_INT128_H
