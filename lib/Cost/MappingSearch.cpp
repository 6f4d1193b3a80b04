//===- MappingSearch.cpp - The best mapping of a layer --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Energy.h"
#include "LoopNestModel.h"
#include "MappingSearcher.h"
#include "VerifyMapping.h"

#include "llvm/Support/FormatVariadic.h"

using namespace tasd::cost;
using namespace tasd::machine;

/// Room is needed least where all passes by that may.
static llvm::Error checkRoom(const Work &work, const Machine &machine) {
  Residency residency;
  for (const MemoryLevel &level : machine.levels) {
    OperandSet mayBypass = getMayBypass(work, level);
    residency.push_back({level.keep.a && !mayBypass.a,
                         level.keep.b && !mayBypass.b,
                         level.keep.z && !mayBypass.z});
  }
  return ResidencyCost(work, machine, residency).checkRoom();
}

/// Whether there is a mapping.
static llvm::Error check(const Work &work, const Machine &machine) {
  if (llvm::Error error = checkWork(work, machine))
    return error;
  if (auto energy = getEnergy(ComputeCost(), work, machine); !energy)
    return energy.takeError();
  return checkRoom(work, machine);
}

llvm::Error tasd::cost::failToFind(const Machine &machine,
                                   const CostLimits &limits) {
  constexpr double most = std::numeric_limits<double>::max();
  if (!limits.allow(most, most, most))
    return llvm::createStringError(
        "expected a mapping on machine " + machine.name +
        llvm::formatv(" of at most {0:f0} cycles, {1:f3} uJ and {2:f0} words "
                      "but got none",
                      limits.cycles, limits.energyPj / 1e6, limits.words)
            .str());
  // One element at a time fits, one block does not have to.
  return llvm::createStringError("expected room on machine " + machine.name +
                                 " for a block of the series but got none");
}

const WorkModel &tasd::cost::getLoopNestModel() {
  static const LoopNestModel model;
  return model;
}

llvm::Expected<MappedCost>
LoopNestModel::findBestMapping(const Work &work, const Machine &machine,
                               Objective objective, const Cost *known,
                               const CostLimits &limits) const {
  if (llvm::Error error = check(work, machine))
    return std::move(error);
  Work product = work;
  product.numProducts = 1;
  MappingSearcher searcher(product, machine, objective);
  if (known)
    searcher.assumeNoWorseThan(
        {static_cast<double>(known->cycles) / work.numProducts,
         known->energyPj / work.numProducts});
  // Differences of rounding count for nothing.
  constexpr double margin = 1 + 1e-9;
  searcher.limit({limits.cycles / work.numProducts * margin,
                  limits.energyPj / work.numProducts * margin,
                  limits.words / work.numProducts * margin});
  auto found = searcher.run();
  if (!found)
    return failToFind(machine, limits);
  auto cost = computeCost(work, found->mapping, machine);
  if (!cost)
    return cost.takeError();
  if (!limits.allow(cost->cycles, cost->energyPj,
                    cost->levels.front().getWords()))
    return failToFind(machine, limits);
  return MappedCost{std::move(found->mapping), std::move(*cost)};
}
