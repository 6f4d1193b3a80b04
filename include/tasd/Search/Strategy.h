//===- Strategy.h - Ways to choose candidates -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Strategies solve problems that `check` has passed. Each is a function in a
// file of its own, whose comment states what it minimises, what it proves and
// when it fails; the table in Strategy.cpp names them all.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_STRATEGY_H
#define TASD_SEARCH_STRATEGY_H

#include "tasd/Search/Problem.h"

#include <chrono>

namespace tasd::search {

/// When a search that proves its answer gives up and returns the best it has,
/// with what it could prove.
struct Limits {
  /// Without one the answer depends on the problem alone.
  std::optional<std::chrono::milliseconds> time;
  /// Partial choices looked at.
  int64_t maxStates = int64_t(1) << 26;
  /// Partial choices that go from one layer to the next.
  int64_t maxWidth = int64_t(1) << 15;
};

/// The same series for all layers: of all pairs of series the one of least
/// objective. A layer that may not take it takes its candidate of least error.
/// Optimal: no. Errors: no pair is within the bound.
llvm::Expected<Solution> solveUniform(const Problem &problem, ErrorSum maxError,
                                      const Limits &limits);

/// Each layer takes the sparsest candidate whose sparsity is not above the
/// layer's own by more than alpha; alpha grows until the error breaks the
/// bound. Optimal: no. Errors: not even the smallest alpha is within the bound.
llvm::Expected<Solution> solveSparsity(const Problem &problem,
                                       ErrorSum maxError, const Limits &limits);

/// All pairs of layer and candidate in ascending order of error are applied in
/// turn until one breaks the bound. Optimal: no. Errors: the candidates of
/// least error break the bound.
llvm::Expected<Solution> solveGreedy(const Problem &problem, ErrorSum maxError,
                                     const Limits &limits);

/// The least objective. Optimal: yes, unless the limits end the search; the gap
/// says how far from it. Never worse than solveGreedy within the same bound.
/// Errors: the candidates of least error break the bound.
llvm::Expected<Solution> solveOptimal(const Problem &problem, ErrorSum maxError,
                                      const Limits &limits);

struct Strategy {
  /// "uniform", "sparsity", "greedy" or "optimal".
  llvm::StringLiteral name;
  llvm::StringLiteral description;
  llvm::Expected<Solution> (*propose)(const Problem &problem, ErrorSum maxError,
                                      const Limits &limits);
};

llvm::ArrayRef<Strategy> getStrategies();
/// Errors: there is none of that name, with those that there are.
llvm::Expected<const Strategy *> getStrategy(llvm::StringRef name);

/// Checks the problem, lets the strategy solve it and verifies the solution.
/// Errors: of the check and of the strategy.
llvm::Expected<Solution> solve(const Problem &problem, const Strategy &strategy,
                               ErrorSum maxError, const Limits &limits = {});

} // namespace tasd::search

#endif // TASD_SEARCH_STRATEGY_H
