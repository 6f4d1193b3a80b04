//===- Problem.h - What is chosen, and at what cost -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Planning as a problem: each layer takes one of its candidates, so that the
// objective of the whole model is least while the summed error stays within a
// bound. `check` comes before any strategy, `verify` after.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_PROBLEM_H
#define TASD_SEARCH_PROBLEM_H

#include "tasd/Cost/Gain.h"
#include "tasd/Search/ErrorModel.h"

#include <string>
#include <vector>

namespace tasd::search {

/// A way to run a layer: what it is decomposed to, by which mapping, and what
/// it then costs.
struct Candidate {
  /// No terms stand for dense.
  sparsity::Series weights, activations;
  /// Tells mappings of the same series apart.
  uint32_t mapping = 0;
  int64_t cycles = 0;
  int64_t energyFj = 0;
  /// Cycles with start-up and drain.
  int64_t runCycles = 0;
  /// Words of 8 bits that the outermost level moves.
  double words = 0;
  ErrorFigures errors;

  bool isDense() const { return weights.size() + activations.size() == 0; }
  /// Of the weights, and of the activations.
  std::pair<std::string, std::string> getSeriesTexts() const {
    return {weights.getText(), activations.getText()};
  }
};

/// Sets what a candidate costs, the energy rounded to whole fJ. Errors: the
/// energy is negative, not finite or out of range.
llvm::Error setCost(Candidate &candidate, const cost::Cost &cost,
                    int64_t runCycles);

/// By the layer alone.
cost::Loss findLoss(const Candidate &candidate, const Candidate &dense,
                    cost::Objective objective);

struct Layer {
  std::string name;
  /// Shares of non-zeros, or pseudo-densities.
  double weightDensity = 1, activationDensity = 1;
  /// At least one, no two of the same series and mapping. What the layer costs
  /// dense is what the first dense one costs.
  std::vector<Candidate> candidates;

  /// The first; null if there is none.
  const Candidate *getDense() const;
};

/// The position of a candidate, for each layer.
using Choice = std::vector<uint32_t>;

/// What a choice adds up to.
struct Totals {
  int64_t cycles = 0;
  int64_t energyFj = 0;
  ErrorSum error;

  /// Cycles, fJ or cycles*fJ.
  Int128 getObjective(cost::Objective objective) const;
  bool operator==(const Totals &other) const;
};

/// A choice and what is known of it.
struct Solution {
  Choice choice;
  Totals totals;
  /// No choice within the bound on the error has a lower objective; none where
  /// a strategy proves nothing.
  std::optional<Int128> lowerBound;

  /// The share of the objective that a better choice could save at most; 0
  /// where the choice is optimal.
  std::optional<double> getGap(cost::Objective objective) const;
};

class Problem {
public:
  std::vector<Layer> layers;
  cost::Objective objective = cost::Objective::Edp;
  ErrorModel errorModel = ErrorModel::DroppedMagnitude;

  /// Checks what strategies rely on: different names, candidates in every
  /// layer, costs that are not negative and add up to less than 2^63, errors
  /// from 0 to kMaxError or infinite, densities from 0 to 1. Errors name the
  /// layer.
  llvm::Error check() const;

  /// Whether a layer may take a candidate: its error is finite; and it is the
  /// first dense one, or no worse than it in cycles, with start-up and drain
  /// and without, energy and words and better in the objective, taken for the
  /// layer alone.
  bool isEligible(size_t layer, uint32_t candidate) const;

  /// Of a choice that is in range and eligible.
  Totals getTotals(const Choice &choice) const;
  ErrorSum getError(size_t layer, uint32_t candidate) const;

  /// Checks a solution: an eligible candidate for every layer, its totals, an
  /// error within the bound, no objective below the proved bound. Errors name
  /// the layer.
  llvm::Error verify(const Solution &solution, ErrorSum maxError) const;
};

} // namespace tasd::search

#endif // TASD_SEARCH_PROBLEM_H
