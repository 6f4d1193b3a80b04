//===- QualitySearch.h - Choices that the real model bears ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The errors of layers need not add up to what the model loses. The search lets
// strategies propose from the summed error, and the model itself decide.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_QUALITYSEARCH_H
#define TASD_SEARCH_QUALITYSEARCH_H

#include "tasd/Search/Evaluator.h"
#include "tasd/Search/Strategy.h"

namespace tasd::search {

/// A strategy, and the error model it bounds.
struct Proposer {
  const Strategy *strategy = nullptr;
  ErrorModel errorModel = ErrorModel::DroppedMagnitude;
};

/// The given one first, then the greedy ones as published, so that what is
/// found is never worse than they are.
std::vector<Proposer> getProposers(const Strategy &strategy,
                                   ErrorModel errorModel);

struct QualityOptions {
  /// What the model's quality has to be at least.
  double minQuality = 0;
  /// They take turns in this order. A choice counts for the first of those that
  /// propose it.
  std::vector<Proposer> proposers;
  Limits limits;
  /// Choices evaluated at once, at least 2. The course of the search depends on
  /// it, and not on the number of threads.
  int64_t batchSize = 4;
  /// Choices beyond the first that failed which are tried all the same.
  int64_t numRechecks = 8;
};

/// A choice that the model was run with.
struct Evaluated {
  /// The position of the proposer.
  size_t proposer = 0;
  /// Its error is by the proposer's model.
  Solution solution;
  double quality = 0;
};

struct QualityResult {
  /// Every choice once, in the order in which they were evaluated.
  std::vector<Evaluated> evaluated;
  /// The position of the one of least objective among those of enough quality,
  /// of equals the first; none if there is none.
  std::optional<size_t> best;
  /// Whether the evaluations were enough for all proposers. The
  /// best is then not worse than what any of them finds by going from the least
  /// error up to where the quality is first lost.
  bool isComplete = true;

  const Evaluated *getBest() const {
    return best ? &evaluated[*best] : nullptr;
  }
};

/// Looks for the choice of least objective that keeps the quality:
///
///  - For each proposer, the bound on the summed error up to which its choices
///    keep the quality, by bisection: a batch of bounds between the largest
///    that is known to and the next that is known not to, until no choice is
///    between the two. Choices that are no better than the best so far are
///    not evaluated. Proposers take turns, so that none waits for what others
///    spend.
///  - Quality need not fall with the error: choices of bounds up to twice as
///    large which are better than the best so far, the nearest first.
///
/// Equal evaluations give the same course and result, whatever the pool and
/// whatever the journal knows. Errors: of the problem's check, of a layer
/// without a candidate of finite error, of evaluations.
llvm::Expected<QualityResult> searchQuality(const Problem &problem,
                                            const QualityOptions &options,
                                            Evaluator &evaluator);

} // namespace tasd::search

#endif // TASD_SEARCH_QUALITYSEARCH_H
