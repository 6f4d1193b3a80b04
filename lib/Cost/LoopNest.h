//===- LoopNest.h - What a nest of loops moves between levels - -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The loops of one term, and how many elements of an operand they move into a
// level. Counts are of elements as if dense; what is stored of them is the
// caller's business.
//
// The steps stand still for an operand in the innermost loops that do not index
// it: what a level holds stays there. Across spatial loops that do not index it
// one read serves all instances.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_LOOPNEST_H
#define TASD_LIB_COST_LOOPNEST_H

#include "tasd/Cost/Mapping.h"

namespace tasd::cost {

class LoopNest {
public:
  /// The loops of `mapping`. With a term level, the terms of operand A pass one
  /// after the other outside the loops of that level.
  LoopNest(const Work &work, const Mapping &mapping,
           std::optional<size_t> termLevel);

  size_t getNumLevels() const { return mapping.levels.size(); }

  /// Iterations of all temporal loops.
  double countSteps() const;
  /// Elements of the tile of one instance of `level`; one beyond the last.
  double countTile(Operand operand, size_t level) const;
  /// Elements that arrive at all instances of `level`.
  double countArrivals(Operand operand, size_t level) const;
  /// Elements that leave all instances of level `from` for level `to`, or for
  /// the lanes where `to` is the number of levels. The lanes read at each step.
  double countDepartures(Operand operand, size_t from, size_t to) const;
  /// The instances of `level` that the mapping uses.
  double countInstances(size_t level) const;
  /// The product of the loops of one dimension and one kind at `level`.
  int64_t getFactor(size_t level, Dim dim, bool spatial) const;
  /// Iterations of the innermost temporal loops that leave `operand` in place.
  double countStationarySteps(Operand operand) const;
  /// How often one instance of `level` gets a new tile.
  double countTiles(Operand operand, size_t level) const;

private:
  double countStationary(Operand operand, size_t level) const;
  double countTemporal(size_t level) const;
  double countSpatial(size_t begin, size_t end,
                      std::optional<Operand> operand) const;

  const Work &work;
  const Mapping &mapping;
  std::optional<size_t> termLevel;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_LOOPNEST_H
