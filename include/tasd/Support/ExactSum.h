//===- ExactSum.h - Sums without rounding -----------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A sum of doubles that is kept as it is, so that the order in which numbers
// and other sums are added changes nothing.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SUPPORT_EXACTSUM_H
#define TASD_SUPPORT_EXACTSUM_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace tasd {

/// What is added has a magnitude of at most ExactSum::kLargest.
class ExactSum {
public:
  /// 2^20 numbers of this magnitude have a sum that is a double.
  static constexpr double kLargest = 0x1p1000;

  ExactSum() = default;
  explicit ExactSum(double value) { add(value); }

  void add(double value);
  /// The other sum is not this one.
  void add(const ExactSum &other);
  void subtract(const ExactSum &other);

  /// The sum, rounded to the nearest double, of two as near to the even one.
  double toDouble() const;

  /// Doubles whose sum this is: the sum rounded, what is missing to it rounded,
  /// and so on. None for 0. Equal sums have equal parts.
  llvm::SmallVector<double, 2> getParts() const;

private:
  /// No two have bits of the same weight, none is 0, and magnitudes ascend.
  llvm::SmallVector<double, 2> parts;
};

} // namespace tasd

#endif // TASD_SUPPORT_EXACTSUM_H
