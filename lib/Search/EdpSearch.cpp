//===- EdpSearch.cpp - The least energy-delay product ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EdpSearch.h"

using namespace tasd::search;

/// The least product E * D, rounded up, of begin <= E <= end, D >= leastCycles
/// and the cut.
static Int128 getLeastProduct(const Cut &cut, Int128 begin, Int128 end,
                              Int128 leastCycles) {
  // Of the line, what is left for the cycles of an energy, times their weight.
  auto getRest = [&](Int128 energy) {
    return cut.bound - cut.energyWeight * energy;
  };
  Int128 floor = cut.cyclesWeight * leastCycles;
  if (getRest(begin) <= floor)
    return begin * leastCycles;
  Int128 left = divideProductCeil(begin, getRest(begin), cut.cyclesWeight);
  Int128 right =
      getRest(end) >= floor
          ? divideProductCeil(end, getRest(end), cut.cyclesWeight)
          // Where the line reaches the least cycles.
          : divideProductCeil(cut.bound - floor, leastCycles, cut.energyWeight);
  return std::min(left, right);
}

void EdpSearch::close(Int128 bound) {
  lowerBound = std::min(lowerBound.value_or(bound), bound);
}

/// A point of least weighted sum; sets what is proved of the sum.
Point EdpSearch::minimize(Cut &cut) {
  auto [point, bound] = minimizeSum(cut.energyWeight, cut.cyclesWeight);
  cut.bound = bound;
  if (!best || point.getProduct() < best->getProduct())
    best = point;
  return point;
}

/// Sets a segment aside to be refined, unless no product in it can be less than
/// the best.
void EdpSearch::push(Segment segment, const Cut &cut) {
  segment.bound = std::max(segment.bound, getLeastProduct(cut, segment.begin,
                                                          segment.right.energy,
                                                          segment.leastCycles));
  open.push_back(std::move(segment));
}

void EdpSearch::refine(const Segment &segment) {
  const auto &[left, right, begin, leastCycles, bound] = segment;
  Cut cut = {left.cycles - right.cycles, right.energy - left.energy, 0};
  if (bound >= best->getProduct() || effort.isSpent() ||
      cut.energyWeight <= 0 || cut.cyclesWeight <= 0)
    return close(bound);
  Point middle = minimize(cut);
  auto getSum = [&](const Point &point) {
    return cut.energyWeight * point.energy + cut.cyclesWeight * point.cycles;
  };
  if (getSum(middle) >= getSum(left) || middle.energy < left.energy ||
      middle.energy > right.energy)
    return close(std::max(
        bound, getLeastProduct(cut, begin, right.energy, leastCycles)));
  // The line bounds the cycles of all points left of the middle.
  Int128 rest = cut.bound - cut.energyWeight * middle.energy;
  Int128 middleCycles =
      rest <= 0 ? 0 : divideProductCeil(rest, 1, cut.cyclesWeight);
  push({left, middle, begin, std::max(leastCycles, middleCycles), bound}, cut);
  push({middle, right, middle.energy, leastCycles, bound}, cut);
}

std::pair<Point, Int128> EdpSearch::run() {
  Cut leastEnergy = {1, 0, 0}, leastCycles = {0, 1, 0};
  Point left = minimize(leastEnergy);
  Point right = minimize(leastCycles);
  // More energy than `right` has comes with no fewer cycles.
  close(right.energy * leastCycles.bound);
  open.push_back({left, right, leastEnergy.bound, leastCycles.bound,
                  leastEnergy.bound * leastCycles.bound});
  while (!open.empty()) {
    Segment segment = std::move(open.back());
    open.pop_back();
    refine(segment);
  }
  return {*best, std::min(*lowerBound, best->getProduct())};
}
