//===- Occupancy.cpp - How full the lanes are when zeros are skipped ------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Occupancy.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace tasd::cost;

/// Weights below this share of the largest are left out.
static constexpr double kNegligible = 1e-20;

/// Visits the likely numbers of non-zeros among `size` elements with weights in
/// proportion to their chances, from the most likely outwards: neighbouring
/// chances have simple ratios, of which none overflows.
static void
visitBinomial(int64_t size, double density,
              llvm::function_ref<void(int64_t count, double weight)> visit) {
  double odds = density / (1 - density);
  int64_t mode = std::min<int64_t>(size, (size + 1.0) * density);
  double weight = 1;
  for (int64_t count = mode; count <= size && weight > kNegligible; ++count) {
    visit(count, weight);
    weight *= odds * (size - count) / (count + 1);
  }
  weight = 1;
  for (int64_t count = mode; count > 0; --count) {
    weight *= count / (odds * (size - count + 1));
    if (weight <= kNegligible)
      return;
    visit(count - 1, weight);
  }
}

static double getUtilization(int64_t nonZeros, int64_t turns,
                             int64_t numLanes) {
  return static_cast<double>(nonZeros) / (turns * numLanes);
}

Occupancy tasd::cost::computeOccupancy(int64_t groupSize, int64_t numLanes,
                                       double density) {
  int64_t allTurns = llvm::divideCeil(groupSize, numLanes);
  if (density >= 1)
    return {static_cast<double>(allTurns),
            getUtilization(groupSize, allTurns, numLanes)};
  if (density <= 0)
    return {};
  double total = 0, busy = 0, turns = 0, utilization = 0;
  visitBinomial(groupSize, density, [&](int64_t nonZeros, double weight) {
    total += weight;
    if (nonZeros == 0)
      return;
    busy += weight;
    int64_t needed = llvm::divideCeil(nonZeros, numLanes);
    turns += weight * needed;
    utilization += weight * getUtilization(nonZeros, needed, numLanes);
  });
  if (busy == 0)
    return {};
  return {turns / total, utilization / busy};
}
