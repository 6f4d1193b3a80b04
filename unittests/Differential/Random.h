//===- Random.h - Draws that depend on the seed alone -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The standard's distributions differ between libraries: these do not.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_RANDOM_H
#define TASD_UNITTESTS_DIFFERENTIAL_RANDOM_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <random>
#include <utility>

namespace tasd::differential {

class Random {
public:
  explicit Random(uint64_t seed) : engine(seed) {}

  /// An integer in [0, end).
  int64_t below(int64_t end) { return engine() % end; }
  /// An integer in [first, last].
  int64_t between(int64_t first, int64_t last) {
    return first + below(last - first + 1);
  }
  bool chance(int percent) { return below(100) < percent; }
  template <typename T> T pick(std::initializer_list<T> choices) {
    return choices.begin()[below(choices.size())];
  }
  template <typename T> const T &pick(llvm::ArrayRef<T> choices) {
    return choices[below(choices.size())];
  }
  template <typename Range> void shuffle(Range &range) {
    for (size_t i = range.size(); i > 1; --i)
      std::swap(range[i - 1], range[below(i)]);
  }
  uint64_t bits() { return engine(); }

private:
  std::mt19937_64 engine;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_RANDOM_H
