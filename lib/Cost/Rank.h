//===- Rank.h - Which of two mappings is better --------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one order of mappings by what they cost.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_RANK_H
#define TASD_LIB_COST_RANK_H

#include "tasd/Cost/MappingSearch.h"

namespace tasd::cost {

/// What mappings are compared by, one part after the other: the value of the
/// objective, the energy-delay product, cycles. Less is better.
struct Rank {
  std::array<double, 3> parts = {};

  /// Differences of rounding count for nothing.
  bool isBetterThan(const Rank &other) const;
};

Rank getRank(Objective objective, double cycles, double energyPj);

} // namespace tasd::cost

#endif // TASD_LIB_COST_RANK_H
