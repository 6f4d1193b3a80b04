//===- MappingSpace.h - The mappings that are searched -------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The choices that make up a mapping; docs/Cost.md defines the space:
//
// - a spread for each dimension: over how many instances it goes at each level,
//   and the number of its steps,
// - a split of the steps of each dimension into a factor for each level,
// - a residency: what each level keeps,
// - an order: which loop stands innermost at each level.
//
// Nothing else of the order matters: each operand has exactly one dimension
// that does not index it, so the loops that leave its tile in place are those
// over that dimension that stand innermost; loops of one iteration are none.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_MAPPINGSPACE_H
#define TASD_LIB_COST_MAPPINGSPACE_H

#include "tasd/Cost/Mapping.h"

namespace tasd::cost {

/// Numbers by level, the outermost first.
template <typename T> using PerLevel = llvm::SmallVector<T, 5>;

/// Over how many instances a dimension goes.
struct Spread {
  PerLevel<int64_t> instances;
  /// The product of the temporal loops.
  int64_t steps = 1;

  int64_t getPadded() const;
};

/// What each level keeps.
using Residency = PerLevel<OperandSet>;

/// The order of the temporal loops of one level.
struct LevelOrder {
  /// The dimension whose loop stands innermost.
  Dim innermost = Dim::M;
  /// Whether the other dimensions have no loop: what stays in place goes on
  /// staying in the loops of the level outside, of the same dimension.
  bool alone = false;
  /// Whether no dimension has a loop.
  bool empty = false;
};
using Order = PerLevel<LevelOrder>;

/// The operand that does not differ along `dim`.
Operand getReused(Dim dim);

/// Every spread of a dimension: as many instances at each level as it can have
/// or fewer, as long as one less would take more steps; and the same with the
/// steps padded to multiples of powers of two, as long as that adds at most a
/// sixteenth. Along K of a series, all numbers of instances: the mapping may
/// have to keep its blocks whole. With several terms, of lanes along K those
/// that the terms can fill, or one.
std::vector<Spread> listSpreads(const Work &work,
                                const machine::Machine &machine, Dim dim);

/// Every residency of the work, first that of the machine's defaults.
std::vector<Residency> listResidencies(const Work &work,
                                       const machine::Machine &machine);

/// Orders among which there is one that is best. Left out are those in which
/// the innermost loop leaves nothing in place that a level further in keeps,
/// and loops of a level that keeps nothing: at the level outside they cost no
/// more. `mayHoldLoops` names levels for which this does not hold.
std::vector<Order> listOrders(const machine::Machine &machine,
                              const Residency &residency,
                              llvm::ArrayRef<size_t> mayHoldLoops);

/// The choices as a mapping; `splits` are the temporal loops of each dimension,
/// by level. With a level inside which the terms of a series fill lanes, it has
/// a loop over lanes along K.
Mapping createMapping(const machine::Machine &machine,
                      const std::array<const Spread *, 3> &spreads,
                      const std::array<PerLevel<int64_t>, 3> &splits,
                      const Residency &residency, const Order &order,
                      std::optional<size_t> termLevel);

} // namespace tasd::cost

#endif // TASD_LIB_COST_MAPPINGSPACE_H
