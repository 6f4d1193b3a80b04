//===- Comparison.h - Results against the oracle ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_COMPARISON_H
#define TASD_UNITTESTS_DIFFERENTIAL_COMPARISON_H

#include "Numbers.h"

namespace tasd::differential {

/// What a program must give.
struct Expectation {
  std::vector<Tensor> results;
  /// |c| + sum |a| |b| of every element, where sums are rounded; else empty,
  /// and results must be equal (the sign of a zero aside).
  std::vector<Tensor> magnitudes;
  /// Whether bits are compared, those of zeros and NaN included.
  bool isBitwise = false;
  /// The products summed up in one element.
  int64_t numProducts = 0;
};

/// How `array` differs from result `index`: more than 2 (K + 1) eps
/// (|c| + sum |a| |b|) in some element, eps of the type summed up in. Empty if
/// it does not.
std::string findDifference(const Expectation &expectation, size_t index,
                           const evaluation::NDArray &array);

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_COMPARISON_H
