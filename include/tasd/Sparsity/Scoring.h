//===- Scoring.h - Patterns that keep what scores enough --------*- C++ -*-===//
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

#ifndef TASD_SPARSITY_SCORING_H
#define TASD_SPARSITY_SCORING_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// What a score makes of the sum of the squares of a part.
enum class ScoreKind {
  /// "norm": its root, divided as the publication on the pattern has it.
  Norm,
  /// "rms": the root of the mean over the elements that are summed, so that
  /// parts of different sizes compare.
  RootMeanSquare,
};

/// How a pattern scores parts of a tensor, and with which thresholds, in the
/// order in which these are applied. A threshold of 0 leaves out what holds no
/// non-zero, and nothing else.
class Scoring {
public:
  virtual ~Scoring();

  /// At least one.
  virtual unsigned getNumThresholds() const = 0;

  /// Appends the scores that threshold `position` is compared with, in a fixed
  /// order, none below 0: of what no term owns yet, owned elements counting as
  /// zeros. A part that an earlier threshold leaves out has no score.
  virtual void appendScores(const TensorView &tensor,
                            const Ownership &ownership, unsigned position,
                            std::vector<double> &scores) const = 0;

  /// Finite, at least 0.
  virtual double getThreshold(unsigned position) const = 0;

  /// The pattern with another threshold, finite and at least 0: it keeps what
  /// scores more.
  virtual PatternRef withThreshold(unsigned position,
                                   double threshold) const = 0;
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_SCORING_H
