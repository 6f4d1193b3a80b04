//===- QualitySearch.cpp - Choices that the real model bears --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/QualitySearch.h"

#include "Bisection.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <set>
#include <utility>

using namespace tasd::search;
using llvm::Error;
using llvm::Expected;

std::vector<Proposer> tasd::search::getProposers(const Strategy &strategy,
                                                 ErrorModel errorModel) {
  std::vector<Proposer> proposers = {{&strategy, errorModel}};
  const Strategy &greedy = *llvm::cantFail(getStrategy("greedy"));
  for (ErrorModel model :
       {ErrorModel::DroppedNonZeros, ErrorModel::DroppedMagnitude})
    if (&strategy != &greedy || model != errorModel)
      proposers.push_back({&greedy, model});
  return proposers;
}

namespace {
/// A choice that may be worth an evaluation, and who proposed it.
struct Proposal {
  size_t proposer;
  Solution solution;
};

class Course {
public:
  Course(const Problem &problem, const QualityOptions &options,
         Evaluator &evaluator)
      : problem(problem), options(options), evaluator(evaluator) {}

  Error run();
  QualityResult take() { return std::move(result); }

private:
  Int128 getObjective(const Solution &solution) const {
    return solution.totals.getObjective(problem.objective);
  }
  bool isBetter(const Solution &solution) const {
    return !result.best ||
           getObjective(solution) < getObjective(result.getBest()->solution);
  }
  Error create();
  Error bisect(int64_t reserve);
  Error recheck();
  bool isDone() const;
  bool canTakeTurn(const Bisection &bisection, int64_t left) const;
  int64_t getShare(size_t proposer, int64_t reserve) const;
  Error takeTurn(size_t proposer, int64_t count);
  Expected<llvm::SmallVector<bool>> evaluate(std::vector<Proposal> proposals);
  void add(Proposal proposal, double quality);
  void showBest();
  std::vector<Proposal> getBeyond() const;

  const Problem &problem;
  const QualityOptions &options;
  Evaluator &evaluator;
  std::vector<Bisection> bisections;
  std::set<Choice> choices;
  QualityResult result;
};
} // namespace

/// Remembers an evaluation, if it is of another choice than all before. Choices
/// that differ in mappings alone share one.
void Course::add(Proposal proposal, double quality) {
  if (!choices.insert(proposal.solution.choice).second)
    return;
  bool isBest = quality >= options.minQuality && isBetter(proposal.solution);
  result.evaluated.push_back(
      {proposal.proposer, std::move(proposal.solution), quality});
  if (isBest)
    result.best = result.evaluated.size() - 1;
  showBest();
}

void Course::showBest() {
  const Evaluated *best = result.getBest();
  if (!best)
    return;
  // Of least error, so dense but for layers that have no dense candidate.
  auto first =
      static_cast<double>(getObjective(result.evaluated.front().solution));
  std::string note;
  llvm::raw_string_ostream(note)
      << ", best objective "
      << llvm::format("%.3g",
                      static_cast<double>(getObjective(best->solution)) / first)
      << " of dense";
  evaluator.setNote(std::move(note));
}

/// Which of the proposals keep the quality.
Expected<llvm::SmallVector<bool>>
Course::evaluate(std::vector<Proposal> proposals) {
  std::vector<Choice> batch;
  for (const Proposal &proposal : proposals)
    batch.push_back(proposal.solution.choice);
  Expected<std::vector<double>> qualities = evaluator.evaluate(batch);
  if (!qualities)
    return qualities.takeError();
  llvm::SmallVector<bool> areGood;
  for (auto [proposal, quality] : llvm::zip_equal(proposals, *qualities)) {
    areGood.push_back(quality >= options.minQuality);
    add(std::move(proposal), quality);
  }
  return areGood;
}

Error Course::create() {
  for (const Proposer &proposer : options.proposers) {
    Expected<Bisection> bisection =
        Bisection::create(problem, proposer, options.limits);
    if (!bisection)
      return bisection.takeError();
    bisections.push_back(std::move(*bisection));
  }
  return Error::success();
}

/// Whether the evaluations that are left are enough for a turn. Of what a
/// beginning takes, some may need none.
bool Course::canTakeTurn(const Bisection &bisection, int64_t left) const {
  if (bisection.isDone() || left <= 0)
    return false;
  if (left >= bisection.getLeastCount())
    return true;
  std::vector<Solution> ends = bisection.getEnds();
  return left >= llvm::count_if(ends, [&](const Solution &solution) {
           return isBetter(solution) && !evaluator.isKnown(solution.choice);
         });
}

/// How many choices a proposer may have evaluated in its turn: an even share of
/// those left but for the reserve, at most a batch; 0 if it is done, or there
/// are too few.
int64_t Course::getShare(size_t proposer, int64_t reserve) const {
  const Bisection &bisection = bisections[proposer];
  int64_t left = evaluator.getNumLeft() - reserve;
  if (!canTakeTurn(bisection, left))
    return 0;
  int64_t numSharers = llvm::count_if(
      bisections, [](const Bisection &b) { return !b.isDone(); });
  int64_t share = llvm::divideCeil(left, numSharers);
  return std::clamp(share, bisection.getLeastCount(), options.batchSize);
}

/// A choice that is no better than the best one is not evaluated. It counts as
/// good: what is left to learn from the proposer lies beyond it.
Error Course::takeTurn(size_t proposer, int64_t count) {
  std::vector<Solution> solutions = bisections[proposer].getNext(count);
  llvm::SmallVector<bool> areGood(solutions.size(), true);
  std::vector<Proposal> proposals;
  llvm::SmallVector<size_t> positions;
  for (auto [i, solution] : llvm::enumerate(solutions))
    if (isBetter(solution)) {
      proposals.push_back({proposer, std::move(solution)});
      positions.push_back(i);
    }
  Expected<llvm::SmallVector<bool>> evaluated = evaluate(std::move(proposals));
  if (!evaluated)
    return evaluated.takeError();
  for (auto [position, isGood] : llvm::zip_equal(positions, *evaluated))
    areGood[position] = isGood;
  bisections[proposer].answer(areGood);
  return Error::success();
}

bool Course::isDone() const {
  return llvm::all_of(bisections,
                      [](const Bisection &b) { return b.isDone(); });
}

/// Proposers take turns until all are done, or the evaluations are spent but
/// for the reserve.
Error Course::bisect(int64_t reserve) {
  bool isGoingOn = true;
  while (std::exchange(isGoingOn, false))
    for (size_t i = 0; i < bisections.size(); ++i)
      if (int64_t count = getShare(i, reserve)) {
        if (Error error = takeTurn(i, count))
          return error;
        isGoingOn = true;
      }
  return Error::success();
}

/// What proposers have beyond the quality's loss that is better than the best,
/// the nearest to it first.
std::vector<Proposal> Course::getBeyond() const {
  std::vector<Proposal> proposals;
  for (size_t i = 0; i < bisections.size(); ++i)
    for (Solution &solution : bisections[i].getBeyond(options.numRechecks))
      if (isBetter(solution) && !choices.count(solution.choice))
        proposals.push_back({i, std::move(solution)});
  llvm::sort(proposals, [&](const Proposal &a, const Proposal &b) {
    Int128 first = getObjective(a.solution), second = getObjective(b.solution);
    if (first != second)
      return first > second;
    return std::tie(a.solution.choice, a.proposer) <
           std::tie(b.solution.choice, b.proposer);
  });
  auto areSame = [](const Proposal &a, const Proposal &b) {
    return a.solution.choice == b.solution.choice;
  };
  proposals.erase(std::unique(proposals.begin(), proposals.end(), areSame),
                  proposals.end());
  return proposals;
}

Error Course::recheck() {
  if (!result.best)
    return Error::success();
  std::vector<Proposal> proposals = getBeyond();
  int64_t count = std::min({options.numRechecks, evaluator.getNumLeft(),
                            static_cast<int64_t>(proposals.size())});
  for (int64_t i = 0; i < count; i += options.batchSize) {
    auto begin = proposals.begin() + i;
    auto end = begin + std::min(options.batchSize, count - i);
    Expected<llvm::SmallVector<bool>> areGood = evaluate(
        {std::make_move_iterator(begin), std::make_move_iterator(end)});
    if (!areGood)
      return areGood.takeError();
  }
  return Error::success();
}

/// Rechecks have a reserve, so that bisection does not spend all; what they do
/// not need of it is bisection's again.
Error Course::run() {
  if (Error error = create())
    return error;
  int64_t reserve = std::min(options.numRechecks, evaluator.getNumLeft() / 4);
  for (int64_t kept : {reserve, int64_t(0)}) {
    if (isDone())
      break;
    if (Error error = bisect(kept))
      return error;
    if (Error error = recheck())
      return error;
  }
  result.isComplete = isDone();
  return Error::success();
}

Expected<QualityResult>
tasd::search::searchQuality(const Problem &problem,
                            const QualityOptions &options,
                            Evaluator &evaluator) {
  if (Error error = problem.check())
    return std::move(error);
  if (options.batchSize < 2)
    return llvm::createStringError(
        "expected at least 2 evaluations at once but got " +
        llvm::Twine(options.batchSize));
  Course course(problem, options, evaluator);
  if (Error error = course.run())
    return std::move(error);
  return course.take();
}
