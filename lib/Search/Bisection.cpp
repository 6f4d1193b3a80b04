//===- Bisection.cpp - The largest error that keeps the quality -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bisection.h"

#include "Choices.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;
using llvm::Expected;

Bisection::Bisection(const Problem &problem, const Proposer &proposer,
                     const Limits &limits)
    : problem(problem), strategy(proposer.strategy), limits(limits) {
  this->problem.errorModel = proposer.errorModel;
}

Expected<Bisection> Bisection::create(const Problem &problem,
                                      const Proposer &proposer,
                                      const Limits &limits) {
  Bisection bisection(problem, proposer, limits);
  Expected<Solution> any = proposer.strategy->propose(
      bisection.problem, ErrorSum::unlimited(), limits);
  if (!any)
    return any.takeError();
  return bisection;
}

/// What the strategy proposes; none if nothing is within the bound.
std::optional<Bisection::Probe> Bisection::probe(ErrorSum bound) const {
  Expected<Solution> solution = strategy->propose(problem, bound, limits);
  if (solution)
    return Probe{bound, std::move(*solution)};
  llvm::consumeError(solution.takeError());
  return std::nullopt;
}

/// Bounds inside an interval: close to the lower end by powers of 4 while it is
/// wide, else evenly.
static std::vector<ErrorSum> split(ErrorSum low, ErrorSum high, int64_t count) {
  Int128 least = low.getQuanta(), width = high.getQuanta() - least;
  bool isWide = width > 3 * least;
  std::vector<ErrorSum> bounds;
  for (int64_t i = 1; i <= count; ++i) {
    Int128 offset = isWide
                        ? width >> std::min<int64_t>(2 * (count + 1 - i), 126)
                        : width * i / (count + 1);
    bounds.push_back(ErrorSum::fromQuanta(least + offset));
  }
  return bounds;
}

/// The least error that there is, and that of the unbounded choice.
std::pair<ErrorSum, ErrorSum> Bisection::getRange() const {
  ErrorSum least;
  for (const std::vector<Option> &layer : llvm::cantFail(getOptions(problem)))
    least += layer.front().error;
  return {least, probe(ErrorSum::unlimited())->solution.totals.error};
}

std::vector<Solution> Bisection::getEnds() const {
  auto [least, largest] = getRange();
  std::vector<Solution> ends;
  for (ErrorSum bound : {least, largest})
    if (std::optional<Probe> end = probe(bound))
      ends.push_back(std::move(end->solution));
  return ends;
}

/// Asks for the choice of least error, for the unbounded one and between them.
void Bisection::start(int64_t most) {
  assert(most > 1 && "expected room for two choices");
  isStarted = true;
  auto [least, largest] = getRange();
  std::vector<ErrorSum> bounds = split(least, largest, most - 2);
  bounds.insert(bounds.begin(), least);
  bounds.push_back(largest);
  for (ErrorSum bound : bounds) {
    std::optional<Probe> next = probe(bound);
    bool isNew = next && (asked.empty() || next->solution.choice !=
                                               asked.back().solution.choice);
    if (isNew)
      asked.push_back(std::move(*next));
  }
}

/// Asks for choices between the two that are known.
void Bisection::goOn(int64_t most) {
  for (ErrorSum bound : split(good->bound, bad->bound, most)) {
    std::optional<Probe> next = probe(bound);
    if (!next || next->solution.choice == good->solution.choice)
      good->bound = bound;
    else if (asked.empty() ||
             next->solution.choice != asked.back().solution.choice)
      asked.push_back(std::move(*next));
  }
  if (asked.empty())
    asked.push_back(*last);
}

std::vector<Solution> Bisection::getNext(int64_t most) {
  asked.clear();
  if (!isStarted)
    start(most);
  else if (last)
    goOn(most);
  std::vector<Solution> solutions;
  for (const Probe &probe : asked)
    solutions.push_back(probe.solution);
  return solutions;
}

void Bisection::answer(llvm::ArrayRef<bool> areGood) {
  for (auto [probe, isGood] : llvm::zip_equal(asked, areGood))
    if (isGood)
      good = probe;
  for (auto [probe, isGood] : llvm::reverse(llvm::zip_equal(asked, areGood)))
    if (!isGood && (!good || good->bound < probe.bound)) {
      bad = probe;
      // Bounds from its error on give the same choice.
      bad->bound = probe.solution.totals.error;
    }
  findLast();
}

/// Of the bounds that are not known to lose the quality the largest, if it
/// gives another choice than those known to keep it.
void Bisection::findLast() {
  last.reset();
  if (!good || !bad)
    return;
  auto bound = ErrorSum::fromQuanta(bad->bound.getQuanta() - 1);
  if (good->bound < bound)
    last = probe(bound);
  if (last && last->solution.choice == good->solution.choice)
    last.reset();
}

std::vector<Solution> Bisection::getBeyond(int64_t most) const {
  std::vector<Solution> solutions;
  for (int64_t i = 1; good && bad && i <= most; ++i) {
    Int128 first = bad->bound.getQuanta();
    std::optional<Probe> next =
        probe(ErrorSum::fromQuanta(first + first * i / most));
    if (next && next->solution.choice != bad->solution.choice &&
        (solutions.empty() || solutions.back().choice != next->solution.choice))
      solutions.push_back(std::move(next->solution));
  }
  return solutions;
}
