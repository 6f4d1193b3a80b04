//===- Choice.cpp - The series of a network's layers ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Choice.h"

using namespace tasd;
using namespace tasd::published;
using llvm::Error;
using search::Candidate;

static bool has(Sides sides, Side side) {
  switch (side) {
  case Side::None:
    return true;
  case Side::Weights:
    return sides == Sides::Weights || sides == Sides::Both;
  case Side::Activations:
    return sides == Sides::Activations || sides == Sides::Both;
  }
  llvm_unreachable("all sides handled");
}

/// Multiplies with the number of equal layers. Errors: it exceeds `most`.
static Error multiply(int64_t &figure, const NetworkLayer &layer,
                      int64_t most) {
  if (figure > most / layer.count)
    return llvm::createStringError(
        "layer '" + layer.name + "': cycles or energy of " +
        llvm::Twine(layer.count) + " layers are out of range");
  figure *= layer.count;
  return Error::success();
}

/// What all of the equal layers cost by a run, and get wrong. Errors: a figure
/// exceeds `most`.
static llvm::Expected<Candidate>
makeCandidate(const NetworkLayer &layer, const LayerRun &run, int64_t most) {
  Candidate candidate;
  (run.side == Side::Weights ? candidate.weights : candidate.activations) =
      run.series;
  if (Error error = setCost(candidate, run.run.mapped.cost, run.run.runCycles))
    return std::move(error);
  for (int64_t *figure :
       {&candidate.cycles, &candidate.runCycles, &candidate.energyFj})
    if (Error error = multiply(*figure, layer, most))
      return std::move(error);
  candidate.words *= layer.count;
  candidate.errors = search::getErrorFigures(run.metrics, /*squaredOutput=*/0);
  candidate.errors.droppedMagnitude *= layer.count;
  return candidate;
}

/// The runs that may be chosen are put into `positions`, in the order of the
/// candidates.
static llvm::Expected<search::Layer>
makeLayer(const NetworkLayer &layer, const LayerOperands &operands, Sides sides,
          llvm::ArrayRef<LayerRun> runs, int64_t most,
          std::vector<size_t> &positions) {
  search::Layer result;
  result.name = layer.name;
  result.weightDensity = operands.weightDensity;
  result.activationDensity = operands.activationDensity;
  for (auto [position, run] : llvm::enumerate(runs)) {
    if (!has(sides, run.side))
      continue;
    auto candidate = makeCandidate(layer, run, most);
    if (!candidate)
      return candidate.takeError();
    result.candidates.push_back(std::move(*candidate));
    positions.push_back(position);
  }
  return result;
}

/// The bound on the summed error: none where each layer has one of its own.
/// Layers that cannot drop anything, and products of activations, leave nothing
/// to the others.
static llvm::Expected<search::ErrorSum>
getBound(const Network &network, llvm::ArrayRef<search::Layer> choices,
         const Setting &setting) {
  if (!setting.isOnAverage)
    return search::ErrorSum::unlimited();
  int64_t numLayers = 0;
  for (auto [layer, choice] : llvm::zip(network.layers, choices))
    if (layer.hasWeights() && choice.candidates.size() > 1)
      numLayers += layer.count;
  return search::ErrorSum::fromBound(setting.maxDropped * numLayers);
}

llvm::Expected<MachineResult> tasd::published::choose(
    const VariantResult &variant, const ComparedMachine &machine, Sides sides,
    llvm::ArrayRef<std::vector<LayerRun>> runs, const Setting &setting) {
  const Network &network = *variant.network;
  search::Problem problem;
  std::vector<std::vector<size_t>> positions(network.layers.size());
  // So that sums over the layers stay in range.
  int64_t most = std::numeric_limits<int64_t>::max() / network.layers.size();
  for (size_t i = 0; i < network.layers.size(); ++i) {
    auto layer = makeLayer(network.layers[i], variant.operands[i], sides,
                           runs[i], most, positions[i]);
    if (!layer)
      return layer.takeError();
    problem.layers.push_back(std::move(*layer));
  }
  auto strategy = search::getStrategy(setting.strategy);
  if (!strategy)
    return strategy.takeError();
  auto bound = getBound(network, problem.layers, setting);
  if (!bound)
    return bound.takeError();
  auto solution = search::solve(problem, **strategy, *bound);
  if (!solution)
    return solution.takeError();
  MachineResult result{machine.label, sides, solution->totals.cycles, 0, {}};
  result.energyPj = solution->totals.energyFj / 1000.0;
  for (size_t i = 0; i < network.layers.size(); ++i)
    result.layers.push_back(runs[i][positions[i][solution->choice[i]]]);
  return result;
}
