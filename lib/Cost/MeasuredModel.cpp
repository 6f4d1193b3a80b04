//===- MeasuredModel.cpp - Costs of kernels that were measured ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Caches decide for themselves what they keep, so that there is one way to run
// a work, and nothing to search. Words and energies are not known, and stay 0.
//
//===----------------------------------------------------------------------===//

#include "WorkModel.h"

#include "tasd/Cost/KernelWork.h"

#include <cmath>

using namespace tasd::cost;
using tasd::machine::Machine;
using tasd::machine::MeasuredKernel;

namespace {
class MeasuredModel final : public WorkModel {
public:
  llvm::Expected<Cost> computeCost(const Work &work, const Mapping &mapping,
                                   const Machine &machine) const override;
  /// Calls have been measured from start to end.
  StartUpAndDrain computeStartUpAndDrain(const Work &, const Mapping &,
                                         const Machine &,
                                         const Cost &) const override {
    return {};
  }
  llvm::Expected<MappedCost>
  findBestMapping(const Work &work, const Machine &machine, Objective objective,
                  const Cost *known, const CostLimits &limits) const override;
};
} // namespace

const WorkModel &tasd::cost::getMeasuredModel() {
  static const MeasuredModel model;
  return model;
}

static ComputeCost getCompute(const Work &work, const KernelWork &counts,
                              const MeasuredKernel &kernel,
                              const Machine &machine) {
  ComputeCost compute;
  compute.macs = counts.macs;
  compute.macsSkipped = static_cast<double>(work.extents.m) * work.extents.n *
                            work.extents.k * work.numProducts -
                        counts.macs;
  compute.idealCycles =
      counts.macs / static_cast<double>(machine.array.getNumMacs());
  compute.cycles = counts.macs * kernel.macCycles;
  return compute;
}

llvm::Expected<Cost> MeasuredModel::computeCost(const Work &work,
                                                const Mapping &mapping,
                                                const Machine &machine) const {
  if (!mapping.levels.empty())
    return llvm::createStringError("expected no mapping on machine '" +
                                   machine.name +
                                   "', whose costs were measured");
  auto kernel = findKernel(work, machine);
  if (!kernel)
    return kernel.takeError();
  KernelWork counts = countKernelWork(work);
  Cost cost;
  cost.cycles = static_cast<int64_t>(
      std::ceil(countCycles(counts, **kernel, machine.measured->parts)));
  cost.bindingLevel = (*kernel)->name;
  cost.compute = getCompute(work, counts, **kernel, machine);
  for (const tasd::machine::MemoryLevel &level : machine.levels)
    cost.levels.emplace_back().name = level.name;
  return cost;
}

llvm::Expected<MappedCost>
MeasuredModel::findBestMapping(const Work &work, const Machine &machine,
                               Objective, const Cost *,
                               const CostLimits &limits) const {
  auto cost = computeCost(work, Mapping(), machine);
  if (!cost)
    return cost.takeError();
  if (!limits.allow(cost->cycles, 0, 0))
    return failToFind(machine, limits);
  return MappedCost{Mapping(), std::move(*cost)};
}
