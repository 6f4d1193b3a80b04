//===- TestProblems.h - Problems and a brute-force search -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random problems of every kind that is hard, and what their best choice is by
// trying all.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SEARCH_TESTPROBLEMS_H
#define TASD_UNITTESTS_SEARCH_TESTPROBLEMS_H

#include "tasd/Search/Strategy.h"

#include "gtest/gtest.h"

#include <random>

namespace tasd::search::test {

constexpr cost::Objective kObjectives[] = {
    cost::Objective::Latency, cost::Objective::Energy, cost::Objective::Edp};

sparsity::Series parseSeries(llvm::StringRef text);

/// A candidate with the same figure by every error model.
Candidate makeCandidate(llvm::StringRef weights, int64_t cycles,
                        int64_t energyFj, double error);

/// Layers "0", "1", ... of these candidates.
Problem makeProblem(cost::Objective objective,
                    std::vector<std::vector<Candidate>> layers);

/// At most `maxLayers` layers of at most `maxCandidates` candidates: small
/// numbers with many ties, equal ratios, numbers of any size, or near the
/// limits; some errors are 0 or infinite, some layers have a dense candidate.
Problem makeRandomProblem(std::mt19937 &rng, size_t maxLayers,
                          size_t maxCandidates);

/// A bound on the error that some choice keeps, or is short of.
ErrorSum makeRandomBound(std::mt19937 &rng, const Problem &problem);

/// The least objective within a bound, by trying all; none if nothing is.
std::optional<Int128> findLeastObjective(const Problem &problem,
                                         ErrorSum maxError);

/// The solution; fails the test if there is none.
Solution solveOrFail(const Problem &problem, llvm::StringRef strategy,
                     ErrorSum maxError = ErrorSum::unlimited(),
                     const Limits &limits = {});

/// A bound that is not negative.
ErrorSum makeBound(double bound);

Int128 getObjective(const Problem &problem, const Solution &solution);

/// The message of an error; empty for success.
std::string getMessage(llvm::Error error);
template <typename T> std::string getMessage(llvm::Expected<T> value) {
  return getMessage(value.takeError());
}

} // namespace tasd::search::test

#endif // TASD_UNITTESTS_SEARCH_TESTPROBLEMS_H
