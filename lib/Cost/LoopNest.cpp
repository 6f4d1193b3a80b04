//===- LoopNest.cpp - What a nest of loops moves between levels -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopNest.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::cost;

LoopNest::LoopNest(const Work &work, const Mapping &mapping,
                   std::optional<size_t> termLevel)
    : work(work), mapping(mapping), termLevel(termLevel) {}

int64_t LoopNest::getFactor(size_t level, Dim dim, bool spatial) const {
  int64_t factor = 1;
  for (const Loop &loop : mapping.levels[level].loops)
    if (loop.dim == dim && loop.isSpatial() == spatial)
      factor *= loop.bound;
  return factor;
}

/// Iterations of the temporal loops outside the tile of `level`.
double LoopNest::countTemporal(size_t level) const {
  double count = 1;
  for (size_t outer = 0; outer != level; ++outer)
    for (Dim dim : kDims)
      count *= getFactor(outer, dim, /*spatial=*/false);
  return count;
}

/// Iterations of the spatial loops of levels [begin, end), with an operand of
/// those alone that index it.
double LoopNest::countSpatial(size_t begin, size_t end,
                              std::optional<Operand> operand) const {
  double count = 1;
  for (size_t level = begin; level < end; ++level)
    for (Dim dim : kDims)
      if (!operand || isIndexedBy(*operand, dim))
        count *= getFactor(level, dim, /*spatial=*/true);
  return count;
}

/// Iterations of the innermost temporal loops outside the tile of `level` that
/// leave the tile of `operand` in place.
double LoopNest::countStationary(Operand operand, size_t level) const {
  double count = 1;
  while (level--) {
    for (const Loop &loop : llvm::reverse(mapping.levels[level].loops)) {
      if (loop.isSpatial() || loop.bound == 1)
        continue;
      if (isIndexedBy(operand, loop.dim))
        return count;
      count *= loop.bound;
    }
    if (operand == Operand::A && termLevel == level)
      return count;
  }
  return count;
}

double LoopNest::countTiles(Operand operand, size_t level) const {
  return countTemporal(level) / countStationary(operand, level);
}

double LoopNest::countSteps() const { return countTemporal(getNumLevels()); }

double LoopNest::countStationarySteps(Operand operand) const {
  return countStationary(operand, getNumLevels());
}

double LoopNest::countTile(Operand operand, size_t level) const {
  return countElements(work, operand, mapping.getTile(level));
}

double LoopNest::countInstances(size_t level) const {
  return countSpatial(0, level, std::nullopt);
}

double LoopNest::countArrivals(Operand operand, size_t level) const {
  return countTile(operand, level) * countTiles(operand, level) *
         countInstances(level);
}

double LoopNest::countDepartures(Operand operand, size_t from,
                                 size_t to) const {
  double tiles = to == getNumLevels() ? countSteps() : countTiles(operand, to);
  return countTile(operand, to) * tiles * countInstances(from) *
         countSpatial(from, to, operand);
}
