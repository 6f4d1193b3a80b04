//===- Occupancy.h - How full the lanes are when zeros are skipped  -*- C++
//-*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Zeros at independent random places: of a group of elements that take turns on
// some lanes, the number of non-zeros is binomial.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_OCCUPANCY_H
#define TASD_LIB_COST_OCCUPANCY_H

#include <cstdint>

namespace tasd::cost {

struct Occupancy {
  /// The mean number of turns that the non-zeros of a group take.
  double turns = 0;
  /// The mean share of lanes at work, over the groups that have a non-zero.
  double utilization = 1;
};

/// The occupancy of `numLanes` lanes by the non-zeros of groups of `groupSize`
/// elements.
Occupancy computeOccupancy(int64_t groupSize, int64_t numLanes, double density);

} // namespace tasd::cost

#endif // TASD_LIB_COST_OCCUPANCY_H
