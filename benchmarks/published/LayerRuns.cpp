//===- LayerRuns.cpp - The ways to run a layer on a machine ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerRuns.h"

#include "llvm/Support/MathExtras.h"

using namespace tasd;
using namespace tasd::published;
using cost::MappedRun;
using cost::Work;
using sparsity::Series;

static constexpr cost::Objective kObjective = cost::Objective::Edp;

//===----------------------------------------------------------------------===//
// Works
//===----------------------------------------------------------------------===//

/// The transposed product.
static Work transpose(Work work) {
  std::swap(work.extents.m, work.extents.n);
  std::swap(work.a, work.b);
  if (work.window)
    work.window->image = work.window->image == cost::Operand::A
                             ? cost::Operand::B
                             : cost::Operand::A;
  return work;
}

/// Weights are blocked along the whole reduction, activations along their
/// channels, at each tap of a window.
static void padReduction(Work &work, Side side, const Series &series) {
  int64_t block = series.getBlockSize().value_or(1);
  if (side == Side::Weights || !work.window) {
    work.extents.k = llvm::alignTo(work.extents.k, block);
    return;
  }
  int64_t taps = work.extents.k / work.window->channels;
  work.window->channels = llvm::alignTo(work.window->channels, block);
  work.extents.k = taps * work.window->channels;
}

Work tasd::published::getWork(const NetworkLayer &layer, Side side,
                              const Series &series) {
  // Of a product of activations the left one is operand A already.
  bool isTurned = side == Side::Activations && layer.hasWeights();
  Work work = isTurned ? transpose(layer.work) : layer.work;
  padReduction(work, side, series);
  work.a.series = series;
  work.a.decomposedAtRunTime = side == Side::Activations && series.size() != 0;
  return work;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

llvm::Expected<MappedRun>
LayerRuns::search(const Work &work, cost::Objective objective,
                  const cost::CostLimits &limits) const {
  auto mapped = cache.find(work, machine, objective, /*known=*/nullptr, limits);
  if (!mapped)
    return mapped.takeError();
  return createMappedRun(work, machine, std::move(*mapped));
}

/// Where the machine has a use for densities.
static bool skipsZeros(const machine::Machine &machine) {
  return machine.a.zeros != machine::ZeroSupport::Stored ||
         machine.b.zeros != machine::ZeroSupport::Stored;
}

llvm::Expected<MappedRun>
LayerRuns::findDense(const NetworkLayer &layer,
                     const LayerOperands &operands) const {
  Work work = layer.work;
  if (skipsZeros(machine)) {
    work.a.density = layer.hasWeights() ? operands.weightDensity
                                        : operands.activationDensity;
    work.b.density = operands.activationDensity;
  }
  auto straight = search(work, kObjective);
  if (!straight)
    return straight.takeError();
  auto turned = search(transpose(work), kObjective);
  if (!turned)
    return turned.takeError();
  return isBetter(kObjective, turned->mapped.cost, straight->mapped.cost)
             ? std::move(turned)
             : std::move(straight);
}

std::optional<MappedRun> LayerRuns::findGaining(const Work &work,
                                                const MappedRun &dense) const {
  auto best = search(work, kObjective);
  if (!best) {
    llvm::consumeError(best.takeError());
    return std::nullopt;
  }
  if (gainsOver(*best, dense, kObjective))
    return std::move(*best);
  auto searchWithin = [&](const cost::CostLimits &limits) {
    return search(work, kObjective, limits);
  };
  if (auto gain = findGain(searchWithin, dense, kObjective))
    return gain;
  // It may take longer with start and end, which no limit keeps it from.
  for (cost::Objective objective :
       {cost::Objective::Energy, cost::Objective::Latency}) {
    MappedRun run = llvm::cantFail(search(work, objective));
    if (gainsOver(run, dense, kObjective))
      return run;
  }
  return std::nullopt;
}

bool LayerRuns::allows(Side side, size_t index,
                       const sparsity::SeriesMetrics &metrics,
                       double maxDropped) const {
  if (llvm::errorToBool(checkSeries(machine, machine::Operand::A, list[index])))
    return false;
  if (side == Side::Activations && machine.tasdUnits.count == 0)
    return false;
  if (!machine.series.lossy)
    return metrics.isLossless();
  return metrics.isLossless() ||
         metrics.getDroppedMagnitudeShare() <= maxDropped;
}

/// Appends the runs with a series of one operand.
void LayerRuns::append(const NetworkLayer &layer, Side side,
                       const OperandStatistics &operand, double maxDropped,
                       std::vector<LayerRun> &runs) const {
  for (auto [index, metrics] : llvm::enumerate(operand.series)) {
    if (!allows(side, index, metrics, maxDropped))
      continue;
    Work work = getWork(layer, side, list[index]);
    if (auto run = findGaining(work, runs.front().run))
      runs.push_back({side, list[index], metrics, std::move(*run)});
  }
}

llvm::Expected<std::vector<LayerRun>>
LayerRuns::find(const NetworkLayer &layer, const LayerOperands &operands,
                double maxDropped) const {
  auto dense = findDense(layer, operands);
  if (!dense)
    return llvm::createStringError("layer '" + layer.name + "' on '" +
                                   machine.name +
                                   "': " + llvm::toString(dense.takeError()));
  std::vector<LayerRun> runs;
  runs.push_back({Side::None, Series(), {}, std::move(*dense)});
  if (layer.hasWeights())
    append(layer, Side::Weights, operands.weights, maxDropped, runs);
  append(layer, Side::Activations, operands.activations, maxDropped, runs);
  return runs;
}
