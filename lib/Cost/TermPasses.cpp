//===- TermPasses.cpp - The passes of the terms of a series ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/TermPasses.h"

#include "Storage.h"

#include "Lanes.h"

#include "llvm/Support/MathExtras.h"

using namespace tasd::cost;
using namespace tasd::machine;

/// The loops over K of a level become one temporal and one spatial loop, which
/// take their places.
static void setLoopsOverK(LevelNest &nest, int64_t steps, int64_t places) {
  Loop temporal{Dim::K, steps, LoopKind::Temporal};
  auto *spatial = llvm::find_if(nest.loops, [](const Loop &loop) {
    return loop.dim == Dim::K && loop.isSpatial();
  });
  spatial->bound = places;
  for (Loop &loop : nest.loops)
    if (loop.dim == Dim::K && !loop.isSpatial())
      loop.bound = std::exchange(temporal.bound, 1);
  auto *firstSpatial = llvm::find_if(
      nest.loops, [](const Loop &loop) { return loop.isSpatial(); });
  if (temporal.bound != 1)
    nest.loops.insert(firstSpatial, temporal);
}

static bool spreadsK(const LevelNest &nest) {
  return llvm::any_of(nest.loops, [](const Loop &loop) {
    return loop.dim == Dim::K && loop.isSpatial();
  });
}

static int64_t multiplyLoopsOverK(const LevelNest &nest) {
  int64_t product = 1;
  for (const Loop &loop : nest.loops)
    if (loop.dim == Dim::K)
      product *= loop.bound;
  return product;
}

int64_t tasd::cost::countPlaces(const Machine &machine, size_t level,
                                int64_t length, const Storage &storage) {
  return std::min(getReach(machine, level, Dim::K, storage.laneShare), length);
}

/// `mapping` with the lanes along K as full of a term as they can be.
static Mapping fillLanes(Mapping mapping, const Machine &machine,
                         const Storage &storage) {
  std::optional<size_t> level = getLaneLevel(machine);
  if (!level || !spreadsK(mapping.levels[*level]))
    return mapping;
  LevelNest &nest = mapping.levels[*level];
  int64_t length = multiplyLoopsOverK(nest);
  int64_t places = countPlaces(machine, *level, length, storage);
  setLoopsOverK(nest, llvm::divideCeil(length, places), places);
  return mapping;
}

std::vector<TermPass> tasd::cost::getTermPasses(const Work &work,
                                                const Mapping &mapping,
                                                const Machine &machine) {
  std::vector<Storage> storages = getStorages(machine, Operand::A, work);
  if (storages.size() == 1)
    return {{storages.front(), mapping, 1}};
  std::vector<TermPass> passes;
  for (const Storage &storage : storages) {
    Mapping filled = fillLanes(mapping, machine, storage);
    double share =
        static_cast<double>(mapping.getExtents().k) / filled.getExtents().k;
    passes.push_back({storage, std::move(filled), share});
  }
  return passes;
}

size_t tasd::cost::getAccumulatorLevel(const Mapping &mapping,
                                       const Machine &machine) {
  size_t level = machine.levels.size() - 1;
  while (level && !getKeeps(mapping, machine, level).z)
    --level;
  return level;
}
