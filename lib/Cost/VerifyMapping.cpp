//===- VerifyMapping.cpp - Whether a machine can run a mapping ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyMapping.h"

#include "tasd/Cost/Cost.h"
#include "tasd/Cost/TermPasses.h"

#include "Lanes.h"
#include "LoopNest.h"
#include "Residency.h"
#include "Storage.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::cost;
using llvm::Error;
using llvm::Twine;
using namespace tasd::machine;

Error tasd::cost::checkWork(const Work &work, const Machine &machine) {
  for (Dim dim : kDims) {
    int64_t extent = getExtent(work.extents, dim);
    if (extent < 1 || extent > kMaxExtent)
      return llvm::createStringError("expected " + getName(dim) +
                                     " to be from 1 to " + Twine(kMaxExtent) +
                                     " but got " + Twine(extent));
  }
  if (work.numProducts < 1)
    return llvm::createStringError("expected at least 1 product but got " +
                                   Twine(work.numProducts));
  for (Operand operand : kOperands)
    if (!getElementWords(work.getType(operand)))
      return llvm::createStringError("expected an element type for operand " +
                                     getName(operand) + " but got '" +
                                     work.getType(operand) + "'");
  for (Operand operand : {Operand::A, Operand::B}) {
    double density = work.getInput(operand).density;
    bool isShare = density >= 0 && density <= 1;
    if (!isShare)
      return llvm::createStringError(
          "expected the density of operand " + getName(operand) +
          " to be from 0 to 1 but got " + llvm::formatv("{0}", density).str());
    if (Error error =
            checkSeries(machine, operand, work.getInput(operand).series))
      return error;
  }
  if (work.a.decomposedAtRunTime && machine.tasdUnits.count == 0)
    return llvm::createStringError("expected machine " + machine.name +
                                   " to have TASD units, to decompose operand "
                                   "a at run time");
  return Error::success();
}

static Error checkLevels(const Mapping &mapping, const Machine &machine) {
  for (auto [index, nest] : llvm::enumerate(mapping.levels)) {
    if (index >= machine.levels.size())
      return createMappingError(mapping, nest.position,
                                "expected " + Twine(machine.levels.size()) +
                                    " levels but got " +
                                    Twine(mapping.levels.size()));
    if (nest.level != machine.levels[index].name)
      return createMappingError(mapping, nest.position,
                                "expected level " + machine.levels[index].name +
                                    " of machine " + machine.name +
                                    " but got " + nest.level);
  }
  if (mapping.levels.size() < machine.levels.size())
    return createMappingError(mapping, {},
                              "expected a line for level " +
                                  machine.levels[mapping.levels.size()].name +
                                  " of machine " + machine.name);
  return Error::success();
}

/// A level keeps what it can, without what it may pass by.
static Error checkKeeps(const Work &work, const Mapping &mapping,
                        const Machine &machine) {
  for (auto [nest, memory] : llvm::zip(mapping.levels, machine.levels)) {
    if (!nest.keeps)
      continue;
    for (Operand operand : kOperands) {
      bool keeps = nest.keeps->contains(operand);
      if (keeps && !memory.keep.contains(operand))
        return createMappingError(mapping, nest.position,
                                  nest.level + " cannot keep operand " +
                                      getName(operand));
      if (!keeps && memory.keep.contains(operand) &&
          !getMayBypass(work, memory).contains(operand))
        return createMappingError(mapping, nest.position,
                                  "expected " + nest.level +
                                      " to keep operand " + getName(operand));
    }
  }
  return Error::success();
}

static Error checkCoverage(const Work &work, const Mapping &mapping) {
  Extents extents = mapping.getExtents();
  for (Dim dim : kDims)
    if (getExtent(extents, dim) < getExtent(work.extents, dim))
      return createMappingError(
          mapping, {},
          "expected the loops over " + getName(dim) + " to cover " +
              Twine(getExtent(work.extents, dim)) + " but got " +
              Twine(getExtent(extents, dim)));
  return Error::success();
}

/// What passes the accumulators at a time has whole blocks, so that the next
/// time starts at one.
static Error checkBlocks(const Work &work, const Mapping &mapping,
                         size_t accumulators) {
  LoopNest loops(work, mapping, std::nullopt);
  int64_t length = mapping.getTile(accumulators).k, times = 1;
  for (size_t level = 0; level != accumulators; ++level) {
    length *= loops.getFactor(level, Dim::K, /*spatial=*/true);
    times *= loops.getFactor(level, Dim::K, /*spatial=*/false);
  }
  if (times == 1 || hasWholeBlocks(work, length))
    return Error::success();
  return createMappingError(
      mapping, mapping.levels[accumulators].position,
      "expected whole blocks of " + Twine(*work.a.getBlocks().getBlockSize()) +
          " along K inside " + mapping.levels[accumulators].level +
          " but got " + Twine(length) + " places");
}

static Position findSpatial(const LevelNest &nest, Dim dim) {
  for (const Loop &loop : nest.loops)
    if (loop.dim == dim && loop.isSpatial())
      return loop.position;
  return nest.position;
}

/// Only the kept elements of a term take lanes along K.
static Error checkLanes(const Mapping &mapping, const Machine &machine,
                        const LoopNest &loops, double laneShare) {
  std::optional<size_t> laneLevel = getLaneLevel(machine);
  for (auto [level, nest] : llvm::enumerate(mapping.levels))
    for (Dim dim : kDims) {
      double used = loops.getFactor(level, dim, /*spatial=*/true);
      if (dim == Dim::K && level == laneLevel)
        used = countLanes(used, laneShare);
      int64_t lanes = getExtent(machine.getFanout(level), dim);
      if (used > lanes)
        return createMappingError(mapping, findSpatial(nest, dim),
                                  "expected at most " + Twine(lanes) +
                                      " instances along " + getName(dim) +
                                      " inside " + nest.level + " but got " +
                                      Twine(static_cast<int64_t>(used)));
    }
  return Error::success();
}

/// What an instance of `level` holds of an input or the result. A lane holds
/// what is kept of the places along K that share it.
static Demand getDemand(const Work &work, const LoopNest &loops,
                        Operand operand, size_t level, const Storage &storage,
                        const MemoryLevel &memory) {
  double elements = loops.countTile(operand, level);
  for (size_t outer = 0; outer != level; ++outer)
    elements *=
        getPacking(loops.getFactor(outer, Dim::K, /*spatial=*/true), storage);
  return getDemand(work, operand, elements, storage, memory);
}

static Error checkDemand(const Demand &demand, const Mapping &mapping,
                         size_t level, const MemoryLevel &memory) {
  auto fail = [&](double capacity, double got, const Twine &unit) {
    return createMappingError(mapping, mapping.levels[level].position,
                              "expected tiles of at most " +
                                  Twine(static_cast<int64_t>(capacity)) + " " +
                                  unit + " in " + memory.name + " but got " +
                                  Twine(static_cast<int64_t>(std::ceil(got))));
  };
  if (!fitsCapacity(demand, memory))
    return fail(memory.capacity, demand.capacity,
                memory.capacityUnit == CapacityUnit::Elements ? "elements"
                                                              : "words");
  if (!fitsMetadata(demand, memory))
    return fail(getMetadataCapacity(memory), demand.metadataBits,
                "bits of metadata");
  return Error::success();
}

/// Inside the accumulators one term stands at a time, outside all of them.
static Error checkCapacity(const Work &work, const Mapping &mapping,
                           const Machine &machine, const LoopNest &loops,
                           const Storage &term, const Storage &allTerms) {
  size_t accumulators = getAccumulatorLevel(mapping, machine);
  Storage storageB = sumStorages(getStorages(machine, Operand::B, work));
  for (size_t level = 0; level != machine.levels.size(); ++level) {
    const MemoryLevel &memory = machine.levels[level];
    OperandSet keeps = getKeeps(mapping, machine, level);
    Demand demand;
    auto add = [&](Operand operand, const Storage &storage) {
      if (keeps.contains(operand))
        demand += getDemand(work, loops, operand, level, storage, memory);
    };
    add(Operand::A, level > accumulators ? term : allTerms);
    add(Operand::B, storageB);
    add(Operand::Z, Storage());
    if (Error error = checkDemand(demand, mapping, level, memory))
      return error;
  }
  return Error::success();
}

Error tasd::cost::verifyMapping(const Work &work, const Mapping &mapping,
                                const Machine &machine) {
  if (Error error = checkWork(work, machine))
    return error;
  if (Error error = checkLevels(mapping, machine))
    return error;
  if (Error error = checkKeeps(work, mapping, machine))
    return error;
  if (Error error = checkCoverage(work, mapping))
    return error;
  if (Error error =
          checkBlocks(work, mapping, getAccumulatorLevel(mapping, machine)))
    return error;
  Storage allTerms;
  if (!work.a.decomposedAtRunTime)
    allTerms = sumStorages(getStorages(machine, Operand::A, work));
  for (const TermPass &pass : getTermPasses(work, mapping, machine)) {
    LoopNest loops(work, pass.mapping, std::nullopt);
    if (Error error =
            checkLanes(pass.mapping, machine, loops, pass.storage.laneShare))
      return error;
    if (Error error = checkCapacity(work, mapping, machine, loops, pass.storage,
                                    allTerms))
      return error;
  }
  return Error::success();
}
