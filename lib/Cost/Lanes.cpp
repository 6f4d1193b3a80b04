//===- Lanes.cpp - Places along K on lanes --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lanes.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

std::optional<size_t> tasd::cost::getLaneLevel(const Machine &machine) {
  for (size_t level = machine.levels.size(); level--;)
    if (machine.getFanout(level).k > 1)
      return level;
  return std::nullopt;
}

int64_t tasd::cost::countLanes(int64_t places, double laneShare) {
  return std::ceil(places * laneShare - kSlack);
}

int64_t tasd::cost::getReach(const Machine &machine, size_t level, Dim dim,
                             double laneShare) {
  int64_t fanout = getExtent(machine.getFanout(level), dim);
  if (dim != Dim::K || getLaneLevel(machine) != level)
    return fanout;
  return std::floor(fanout / laneShare + kSlack);
}
