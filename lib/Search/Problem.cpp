//===- Problem.cpp - What is chosen, and at what cost ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Problem.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <set>

using namespace tasd::search;
using llvm::Error;
using llvm::Twine;
using tasd::cost::Objective;

/// Sums of this many errors of kMaxError stay in range.
static constexpr size_t kMaxLayers = size_t(1) << 20;

/// False of what is not a number.
static bool isBetween(double value, double least, double most) {
  return value >= least && value <= most;
}

Error tasd::search::setCost(Candidate &candidate, const cost::Cost &cost,
                            int64_t runCycles) {
  double energyFj = std::round(cost.energyPj * 1000);
  // Of the doubles, the last that an int64_t holds.
  if (!isBetween(energyFj, 0, 0x1p63 - 1024))
    return llvm::createStringError(
        "expected an energy from 0 to 9.2e15 pJ but got %g pJ", cost.energyPj);
  candidate.cycles = cost.cycles;
  candidate.energyFj = static_cast<int64_t>(energyFj);
  candidate.runCycles = runCycles;
  candidate.words = cost.levels.empty() ? 0 : cost.levels.front().getWords();
  return Error::success();
}

const Candidate *Layer::getDense() const {
  auto it =
      llvm::find_if(candidates, [](const Candidate &c) { return c.isDense(); });
  return it == candidates.end() ? nullptr : &*it;
}

Int128 Totals::getObjective(Objective objective) const {
  switch (objective) {
  case Objective::Latency:
    return cycles;
  case Objective::Energy:
    return energyFj;
  case Objective::Edp:
    return Int128(energyFj) * cycles;
  }
  llvm_unreachable("all objectives handled");
}

bool Totals::operator==(const Totals &other) const {
  return cycles == other.cycles && energyFj == other.energyFj &&
         error == other.error;
}

std::optional<double> Solution::getGap(Objective objective) const {
  if (!lowerBound)
    return std::nullopt;
  Int128 value = totals.getObjective(objective);
  if (*lowerBound >= value)
    return 0;
  return static_cast<double>(value - *lowerBound) / static_cast<double>(value);
}

static std::string getText(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", value);
  return text;
}

static Error failIn(const Layer &layer, const Twine &message) {
  return llvm::createStringError("layer '" + layer.name + "': " + message);
}

static Error failIn(const Layer &layer, size_t candidate,
                    const Twine &message) {
  return failIn(layer, "candidate " + Twine(candidate) + ": " + message);
}

static Error checkCandidate(const Layer &layer, size_t position) {
  const Candidate &candidate = layer.candidates[position];
  for (auto [name, value] :
       {std::pair("cycles", static_cast<double>(candidate.cycles)),
        std::pair("energy", static_cast<double>(candidate.energyFj)),
        std::pair("words", candidate.words)})
    if (!(value >= 0))
      return failIn(layer, position,
                    Twine("expected ") + name + " of at least 0 but got " +
                        getText(value));
  for (ErrorModel model : kErrorModels) {
    double error = candidate.errors.get(model);
    bool isForbidden = std::isinf(error) && error > 0;
    if (!isForbidden && !isBetween(error, 0, kMaxError))
      return failIn(layer, position,
                    "expected a figure of " + getName(model) + " from 0 to " +
                        getText(kMaxError) + ", or an infinite one, but got " +
                        getText(error));
  }
  return Error::success();
}

static Error checkLayer(const Layer &layer) {
  for (double density : {layer.weightDensity, layer.activationDensity})
    if (!isBetween(density, 0, 1))
      return failIn(layer, "expected a density from 0 to 1 but got " +
                               getText(density));
  if (layer.candidates.empty())
    return failIn(layer, "expected a candidate");
  std::set<std::tuple<std::string, std::string, uint32_t>> known;
  for (size_t i = 0; i < layer.candidates.size(); ++i) {
    auto [weights, activations] = layer.candidates[i].getSeriesTexts();
    if (!known.emplace(weights, activations, layer.candidates[i].mapping)
             .second)
      return failIn(layer, i,
                    "expected series or a mapping that no other candidate has");
    if (Error error = checkCandidate(layer, i))
      return error;
  }
  return Error::success();
}

/// The sum over the layers of the largest `cost` of any candidate.
static std::optional<int64_t> getLargestSum(llvm::ArrayRef<Layer> layers,
                                            int64_t Candidate::*cost) {
  std::optional<int64_t> sum = 0;
  for (const Layer &layer : layers) {
    int64_t largest = 0;
    for (const Candidate &candidate : layer.candidates)
      largest = std::max(largest, candidate.*cost);
    sum = llvm::checkedAdd(*sum, largest);
    if (!sum)
      break;
  }
  return sum;
}

Error Problem::check() const {
  if (layers.size() > kMaxLayers)
    return llvm::createStringError("expected at most " + Twine(kMaxLayers) +
                                   " layers but got " + Twine(layers.size()));
  llvm::StringSet<> names;
  for (const Layer &layer : layers) {
    if (!names.insert(layer.name).second)
      return failIn(layer, "expected a name that no other layer has");
    if (Error error = checkLayer(layer))
      return error;
  }
  for (auto [name, cost] : {std::pair("cycles", &Candidate::cycles),
                            std::pair("energies", &Candidate::energyFj)})
    if (!getLargestSum(layers, cost))
      return llvm::createStringError(Twine("expected ") + name +
                                     " that add up to less than 2^63");
  return Error::success();
}

static Totals getLayerTotals(const Candidate &candidate) {
  Totals totals;
  totals.cycles = candidate.cycles;
  totals.energyFj = candidate.energyFj;
  return totals;
}

static tasd::cost::RunCosts getRunCosts(const Candidate &candidate) {
  return {static_cast<double>(candidate.cycles),
          static_cast<double>(candidate.runCycles),
          static_cast<double>(candidate.energyFj), candidate.words};
}

tasd::cost::Loss tasd::search::findLoss(const Candidate &candidate,
                                        const Candidate &dense,
                                        Objective objective) {
  bool isBetter = getLayerTotals(candidate).getObjective(objective) <
                  getLayerTotals(dense).getObjective(objective);
  return tasd::cost::findLoss(getRunCosts(candidate), getRunCosts(dense),
                              isBetter);
}

bool Problem::isEligible(size_t layer, uint32_t position) const {
  const Candidate &candidate = layers[layer].candidates[position];
  if (std::isinf(candidate.errors.get(errorModel)))
    return false;
  const Candidate *dense = layers[layer].getDense();
  return !dense || dense == &candidate ||
         findLoss(candidate, *dense, objective) == tasd::cost::Loss::None;
}

ErrorSum Problem::getError(size_t layer, uint32_t candidate) const {
  return ErrorSum::fromFigure(
      layers[layer].candidates[candidate].errors.get(errorModel));
}

Totals Problem::getTotals(const Choice &choice) const {
  Totals totals;
  for (size_t i = 0; i < layers.size(); ++i) {
    const Candidate &candidate = layers[i].candidates[choice[i]];
    totals.cycles += candidate.cycles;
    totals.energyFj += candidate.energyFj;
    totals.error += getError(i, choice[i]);
  }
  return totals;
}

Error Problem::verify(const Solution &solution, ErrorSum maxError) const {
  if (solution.choice.size() != layers.size())
    return llvm::createStringError("expected a choice for each of " +
                                   Twine(layers.size()) + " layers but got " +
                                   Twine(solution.choice.size()));
  for (size_t i = 0; i < layers.size(); ++i) {
    uint32_t position = solution.choice[i];
    if (position >= layers[i].candidates.size())
      return failIn(layers[i],
                    "expected one of " + Twine(layers[i].candidates.size()) +
                        " candidates but got number " + Twine(position));
    if (!isEligible(i, position))
      return failIn(layers[i], position,
                    "expected a candidate that may be "
                    "chosen");
  }
  Totals totals = getTotals(solution.choice);
  if (!(totals == solution.totals))
    return llvm::createStringError("expected the totals of the choice");
  if (!(totals.error <= maxError))
    return llvm::createStringError("expected an error of at most %g but got %g",
                                   maxError.toDouble(),
                                   totals.error.toDouble());
  if (solution.lowerBound &&
      totals.getObjective(objective) < *solution.lowerBound)
    return llvm::createStringError(
        "expected no objective below the proved bound");
  return Error::success();
}
