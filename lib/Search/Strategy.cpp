//===- Strategy.cpp - Ways to choose candidates ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Strategy.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace tasd::search;
using llvm::Expected;

llvm::ArrayRef<Strategy> tasd::search::getStrategies() {
  static constexpr Strategy strategies[] = {
      {"uniform", "the best series that is the same for all layers",
       solveUniform},
      {"sparsity",
       "the sparsest series that is sparser than the layer by at "
       "most alpha, alpha as large as the error allows",
       solveSparsity},
      {"greedy",
       "layers and series in the order of their error, as many as the "
       "error allows",
       solveGreedy},
      {"optimal", "the least objective that the error allows, proved",
       solveOptimal},
  };
  return strategies;
}

Expected<const Strategy *> tasd::search::getStrategy(llvm::StringRef name) {
  for (const Strategy &strategy : getStrategies())
    if (strategy.name == name)
      return &strategy;
  auto names = llvm::map_range(
      getStrategies(), [](const Strategy &strategy) { return strategy.name; });
  return llvm::createStringError("expected a strategy (" +
                                 llvm::join(names, ", ") + ") but got '" +
                                 name + "'");
}

Expected<Solution> tasd::search::solve(const Problem &problem,
                                       const Strategy &strategy,
                                       ErrorSum maxError,
                                       const Limits &limits) {
  if (llvm::Error error = problem.check())
    return std::move(error);
  Expected<Solution> solution = strategy.propose(problem, maxError, limits);
  if (!solution)
    return solution;
  if (llvm::Error error = problem.verify(*solution, maxError))
    return std::move(error);
  return solution;
}
