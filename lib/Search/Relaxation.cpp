//===- Relaxation.cpp - A bound on knapsacks from multipliers -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Relaxation.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;

/// Bits of costs and errors; products of two have twice as many, and sums of
/// two products and a bound still fit.
static constexpr int kNumBits = 61;

namespace {
/// From one corner of a group's convex hull to the next.
struct Edge {
  Int128 saved, error;

  /// Whether this saves more for each unit of error.
  bool isSteeper(const Edge &other) const {
    return saved * other.error > other.saved * error;
  }
};
} // namespace

/// Appends the edges of the lower convex hull of points of ascending error; of
/// those of one error only the last is a corner.
static void appendHull(llvm::ArrayRef<std::pair<Int128, Int128>> points,
                       std::vector<Edge> &edges) {
  size_t begin = edges.size();
  std::pair<Int128, Int128> previous = points.front();
  for (auto [cost, error] : points.drop_front()) {
    Edge edge = {previous.first - cost, error - previous.second};
    previous = {cost, error};
    while (edges.size() > begin && !edges.back().isSteeper(edge)) {
      edge.saved += edges.back().saved;
      edge.error += edges.back().error;
      edges.pop_back();
    }
    if (edge.saved > 0 && edge.error > 0)
      edges.push_back(edge);
  }
}

static int getShift(Int128 largest) {
  return std::max(0, countBits(largest) - kNumBits);
}

static Int128 getLargestCost(llvm::ArrayRef<Group> groups) {
  Int128 sum = 0;
  for (const Group &group : groups)
    sum += group.front().cost;
  return sum;
}

Relaxation::Relaxation(const Knapsack &problem)
    : costShift(getShift(getLargestCost(problem.groups))),
      errorShift(getShift(problem.budget)),
      budget(problem.budget >> errorShift) {
  setMultipliers(problem);
  setRegrets(problem);
}

void Relaxation::setMultipliers(const Knapsack &problem) {
  std::vector<Edge> edges;
  Int128 spent = 0;
  for (const Group &group : problem.groups) {
    std::vector<std::pair<Int128, Int128>> points;
    for (const Item &item : group)
      points.emplace_back(cutCost(item), cutError(item));
    spent += points.front().second;
    appendHull(points, edges);
  }
  llvm::sort(edges,
             [](const Edge &a, const Edge &b) { return a.isSteeper(b); });
  for (const Edge &edge : edges) {
    spent += edge.error;
    if (spent > budget) {
      p = edge.saved;
      q = edge.error;
      return;
    }
  }
}

void Relaxation::setRegrets(const Knapsack &problem) {
  for (const Group &group : problem.groups) {
    std::vector<Int128> &terms = regrets.emplace_back();
    for (const Item &item : group)
      terms.push_back(q * cutCost(item) + p * cutError(item));
    const auto *least = &*llvm::min_element(terms);
    bases.push_back(static_cast<uint32_t>(least - terms.data()));
    Int128 term = *least;
    bound += term;
    for (Int128 &regret : terms)
      regret -= term;
  }
}

Int128 Relaxation::getMaxRegret(Int128 cost) const {
  return cost < 0 ? -1 : q * (cost >> costShift) + p * budget - bound;
}

Int128 Relaxation::getMinCost(Int128 regret) const {
  Int128 scaled = bound + regret - p * budget;
  if (scaled <= 0)
    return 0;
  return ((scaled + q - 1) / q) << costShift;
}
