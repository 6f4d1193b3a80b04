//===- MagnitudeDistribution.h - Elements by magnitude ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts of elements by magnitude, in fixed memory for data of any size, from
// which the pseudo-density follows for every share.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_MAGNITUDEDISTRIBUTION_H
#define TASD_SPARSITY_MAGNITUDEDISTRIBUTION_H

#include "tasd/Sparsity/TensorView.h"

#include <map>

namespace llvm {
class ThreadPoolInterface;
} // namespace llvm

namespace tasd::sparsity {

/// A bin holds the magnitudes that agree in the exponent and the first five
/// bits of the fraction, as doubles: its number is these bits. Each counts as
/// the middle of its bin, at most 1/64 off (below 2^-1022 by more).
class MagnitudeDistribution {
public:
  static constexpr unsigned kFractionBits = 5;
  static constexpr int64_t kNumBins = int64_t(0x7ff) << kFractionBits;

  /// Counts the non-zeros of a valid view, all of them finite.
  void add(const TensorView &tensor, llvm::ThreadPoolInterface *pool = nullptr);
  void add(const MagnitudeDistribution &other);
  /// Adds to a bin below kNumBins; the bins' counts have a sum below 2^63.
  void add(int64_t bin, int64_t count);

  /// The number of elements counted.
  int64_t getNumNonZeros() const;

  /// The least number of elements that hold at least `share` of the sum of all
  /// magnitudes, 0 <= share <= 1: exact for a share s, and s is off by at most
  /// (1 - share) / 31, since each magnitude is off by 1/64.
  int64_t getNumLargest(double share) const;

  /// The bins that are not empty, and their counts.
  const std::map<int64_t, int64_t> &getCounts() const { return counts; }

private:
  std::map<int64_t, int64_t> counts;
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_MAGNITUDEDISTRIBUTION_H
