//===- Lanes.h - Places along K on lanes ---------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of the places of a term along K only the kept ones take a lane: a term N:M
// reaches over M/N places for each lane.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_LANES_H
#define TASD_LIB_COST_LANES_H

#include "tasd/Cost/Work.h"

namespace tasd::cost {

/// Rounding of shares such as 2/6 takes no lane, and fills no level.
constexpr double kSlack = 1e-6;

/// The level inside which lanes lie along K; none where K is not spread.
std::optional<size_t> getLaneLevel(const machine::Machine &machine);

/// The lanes that `places` beside each other along K take.
int64_t countLanes(int64_t places, double laneShare);

/// The most instances, or places along K, that the loops of `level` may spread
/// over along `dim`.
int64_t getReach(const machine::Machine &machine, size_t level, Dim dim,
                 double laneShare);

} // namespace tasd::cost

#endif // TASD_LIB_COST_LANES_H
