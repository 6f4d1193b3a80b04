//===- MappingSearch.cpp - The best mapping of a layer --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/MappingSearch.h"

#include "Energy.h"
#include "MappingSearcher.h"
#include "VerifyMapping.h"

using namespace tasd::cost;
using namespace tasd::machine;

/// Room is needed least where all passes by that may.
static llvm::Error checkRoom(const Work &work, const Machine &machine) {
  Residency residency;
  for (const MemoryLevel &level : machine.levels)
    residency.push_back({level.keep.a && !level.mayBypass.a,
                         level.keep.b && !level.mayBypass.b,
                         level.keep.z && !level.mayBypass.z});
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

llvm::Expected<MappedCost> tasd::cost::findBestMapping(const Work &work,
                                                       const Machine &machine,
                                                       Objective objective,
                                                       const Cost *known) {
  if (llvm::Error error = check(work, machine))
    return std::move(error);
  Work product = work;
  product.numProducts = 1;
  MappingSearcher searcher(product, machine, objective);
  if (known)
    searcher.assumeNoWorseThan(
        {static_cast<double>(known->cycles) / work.numProducts,
         known->energyPj / work.numProducts});
  auto found = searcher.run();
  // One element at a time fits, one block does not have to.
  if (!found)
    return llvm::createStringError("expected room on machine " + machine.name +
                                   " for a block of the series but got none");
  auto cost = computeCost(work, found->mapping, machine);
  if (!cost)
    return cost.takeError();
  return MappedCost{std::move(found->mapping), std::move(*cost)};
}
