//===- TestProblems.cpp - Problems and a brute-force search ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProblems.h"

#include <limits>

using namespace tasd::search;
using namespace tasd::search::test;
using tasd::cost::Objective;

tasd::sparsity::Series test::parseSeries(llvm::StringRef text) {
  if (text.empty())
    return {};
  return llvm::cantFail(
      sparsity::PatternRegistry::createWithBuiltins().parseSeries(text));
}

Candidate test::makeCandidate(llvm::StringRef weights, int64_t cycles,
                              int64_t energyFj, double error) {
  Candidate candidate;
  candidate.weights = parseSeries(weights);
  candidate.cycles = cycles;
  candidate.energyFj = energyFj;
  candidate.errors = {error, error, error, error};
  return candidate;
}

Problem test::makeProblem(Objective objective,
                          std::vector<std::vector<Candidate>> layers) {
  Problem problem;
  problem.objective = objective;
  for (std::vector<Candidate> &candidates : layers) {
    Layer &layer = problem.layers.emplace_back();
    layer.name = std::to_string(problem.layers.size() - 1);
    layer.candidates = std::move(candidates);
  }
  return problem;
}

namespace {
class Generator {
public:
  /// Sums of the largest cost of `maxLayers` layers are in range.
  explicit Generator(std::mt19937 &rng, size_t maxLayers = 1)
      : rng(rng), kind(draw(4)),
        largest(std::numeric_limits<int64_t>::max() / int64_t(maxLayers)) {}

  /// From 0 to `count` - 1.
  int64_t draw(int64_t count) {
    return std::uniform_int_distribution<int64_t>(0, count - 1)(rng);
  }

  /// From 1 to `most`, which is as likely as all below it.
  size_t drawCount(size_t most) { return most - draw(2) * draw(int64_t(most)); }

  Candidate drawCandidate(size_t position) {
    double error = drawError();
    auto [cycles, energy] = drawCosts(error);
    if (position > 0 && draw(20) == 0)
      error = std::numeric_limits<double>::infinity();
    return makeCandidate(std::to_string(position + 1) + ":64", cycles, energy,
                         error);
  }

private:
  double drawError() {
    if (draw(6) == 0)
      return 0;
    switch (kind) {
    case 2:
      return std::ldexp(double(1 + draw(int64_t(1) << 50)),
                        -40 - int(draw(40)));
    case 3:
      return kMaxError - double(draw(1000));
    default:
      return double(draw(10)) / 8;
    }
  }

  std::pair<int64_t, int64_t> drawCosts(double error) {
    switch (kind) {
    case 1:
      return {100 - int64_t(error * 8), 200 - 2 * int64_t(error * 8)};
    case 2:
      return {draw(int64_t(1) << draw(50)), draw(int64_t(1) << draw(50))};
    case 3:
      return {largest - draw(1000), largest - draw(1000)};
    default:
      return {draw(10), draw(10)};
    }
  }

  std::mt19937 &rng;
  int64_t kind;
  int64_t largest;
};
} // namespace

Problem test::makeRandomProblem(std::mt19937 &rng, size_t maxLayers,
                                size_t maxCandidates) {
  Generator generator(rng, maxLayers);
  std::vector<std::vector<Candidate>> layers(generator.drawCount(maxLayers));
  for (std::vector<Candidate> &layer : layers) {
    size_t count = generator.drawCount(maxCandidates);
    while (layer.size() < count)
      layer.push_back(generator.drawCandidate(layer.size()));
    if (generator.draw(2))
      layer.front().weights = {};
  }
  return makeProblem(Objective::Latency, std::move(layers));
}

ErrorSum test::makeRandomBound(std::mt19937 &rng, const Problem &problem) {
  Generator generator(rng);
  ErrorSum bound;
  for (size_t i = 0; i < problem.layers.size(); ++i) {
    auto position =
        uint32_t(generator.draw(int64_t(problem.layers[i].candidates.size())));
    if (problem.isEligible(i, position))
      bound += problem.getError(i, position);
  }
  return ErrorSum::fromQuanta(bound.getQuanta() +
                              Int128(generator.draw(2)) * (1 << 20));
}

static void tryAll(const Problem &problem, ErrorSum maxError, size_t layer,
                   const Totals &totals, std::optional<Int128> &least) {
  if (!(totals.error <= maxError))
    return;
  if (layer == problem.layers.size()) {
    Int128 value = totals.getObjective(problem.objective);
    least = std::min(least.value_or(value), value);
    return;
  }
  for (uint32_t i = 0; i < problem.layers[layer].candidates.size(); ++i) {
    if (!problem.isEligible(layer, i))
      continue;
    const Candidate &candidate = problem.layers[layer].candidates[i];
    Totals next = totals;
    next.cycles += candidate.cycles;
    next.energyFj += candidate.energyFj;
    next.error += problem.getError(layer, i);
    tryAll(problem, maxError, layer + 1, next, least);
  }
}

std::optional<Int128> test::findLeastObjective(const Problem &problem,
                                               ErrorSum maxError) {
  std::optional<Int128> least;
  tryAll(problem, maxError, 0, {}, least);
  return least;
}

Solution test::solveOrFail(const Problem &problem, llvm::StringRef strategy,
                           ErrorSum maxError, const Limits &limits) {
  llvm::Expected<Solution> solution =
      solve(problem, *llvm::cantFail(getStrategy(strategy)), maxError, limits);
  if (solution)
    return *solution;
  ADD_FAILURE() << llvm::toString(solution.takeError());
  return {};
}

ErrorSum test::makeBound(double bound) {
  return llvm::cantFail(ErrorSum::fromBound(bound));
}

Int128 test::getObjective(const Problem &problem, const Solution &solution) {
  return solution.totals.getObjective(problem.objective);
}

std::string test::getMessage(llvm::Error error) {
  return llvm::toString(std::move(error));
}
