//===- Thresholds.h - Patterns that keep what scores enough -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Some patterns score parts of a tensor, as its rows or its blocks, and keep
// those above a threshold. Whoever chooses thresholds asks for the scores, of
// as many tensors as it likes.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_THRESHOLDS_H
#define TASD_SPARSITY_THRESHOLDS_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// The thresholds of a pattern, in the order in which they are applied: what
/// one scores may depend on those before it. A threshold of 0 leaves out what
/// holds no non-zero, and nothing else.
class Thresholds {
public:
  virtual ~Thresholds();

  /// How many there are, at least one.
  virtual unsigned size() const = 0;

  /// Appends the scores that threshold `position` is compared with, in a fixed
  /// order: at least 0, sums in double in ascending order of the elements. A
  /// part that an earlier threshold leaves out has no score.
  virtual void appendScores(const TensorView &tensor, unsigned position,
                            std::vector<double> &scores) const = 0;

  /// The pattern with another threshold, which keeps what scores strictly more.
  virtual PatternRef with(unsigned position, double threshold) const = 0;
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_THRESHOLDS_H
