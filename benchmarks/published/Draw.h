//===- Draw.h - Random numbers by their place -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_DRAW_H
#define TASD_BENCHMARKS_PUBLISHED_DRAW_H

#include "../Common/RandomWord.h"

namespace tasd::published {

/// A sequence of random numbers, a function of its number: that of each place
/// can be asked for alone. Sequences do not overlap for 2^40 places.
class Draw {
public:
  explicit Draw(uint64_t sequence) : begin(sequence << 41) {}

  /// From 0 to below 1.
  double getUniform(uint64_t place) const {
    return (getWord(2 * place) >> 11) * 0x1p-53;
  }

  /// Nearly normal, of mean 0 and deviation 1: the sum of eight numbers of 16
  /// bits.
  double getNormal(uint64_t place) const {
    int64_t sum =
        addQuarters(getWord(2 * place)) + addQuarters(getWord(2 * place + 1));
    // 8 * (2^32 - 1) / 12 is the variance of the sum.
    constexpr double kUnit = 1 / 53509.91992145008;
    return (sum - 4 * 65535) * kUnit;
  }

private:
  uint64_t getWord(uint64_t index) const {
    return benchmarks::getRandomWord(begin + index);
  }
  static int64_t addQuarters(uint64_t word) {
    return (word & 0xffff) + (word >> 16 & 0xffff) + (word >> 32 & 0xffff) +
           (word >> 48);
  }

  uint64_t begin;
};

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_DRAW_H
