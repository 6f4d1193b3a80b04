//===- EdpSearch.h - The least energy-delay product -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// EDP = E * D, with E the energy and D the cycles of the whole model, is no sum
// over layers, but its minimum can be had from sums.
//
// Let (E*, D*) be the point of an optimal choice among those within the bound
// on the error, and (E, D) that of any other, so that E * D >= E* * D*. The
// mean of two numbers is at least their geometric mean:
//
//   D* * E + E* * D >= 2 * sqrt(D* * E * E* * D) >= 2 * E* * D*
//                    = D* * E* + E* * D*
//
// (E*, D*) thus minimises the sum over layers of D* * energy + E* * cycles: it
// is a supported point, on the lower left convex hull of all points. As E * D
// is quasi-concave, it is no larger at one end of a segment than within, so a
// corner of the hull is optimal too. Corners are found by dichotomy: of two of
// them, P and Q, the knapsack with the weights for which both cost the same
// gives a corner between them, or the proof that there is none.
//
// Each knapsack solved, with weights a, b and value V, says a * E + b * D >= V
// of all points. Between two energies E * D is thus at least its least value on
// that line, which is taken at an end; where this is not below the best known
// product the segment needs no further look. Where knapsacks are not solved to
// the end, V is what they prove, and the segments' bounds give the gap.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_EDPSEARCH_H
#define TASD_LIB_SEARCH_EDPSEARCH_H

#include "Effort.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::search {

/// A choice, and its place among all.
struct Point {
  Choice choice;
  int64_t energy, cycles;

  Int128 getProduct() const { return Int128(energy) * cycles; }
};

/// Weights of energy and cycles, and a bound on their weighted sum.
struct Cut {
  Int128 energyWeight, cyclesWeight;
  Int128 bound;
};

/// Minimises a weighted sum: a point, and the bound that is proved.
using MinimizeSum = llvm::function_ref<std::pair<Point, Int128>(
    Int128 energyWeight, Int128 cyclesWeight)>;

class EdpSearch {
public:
  EdpSearch(MinimizeSum minimizeSum, const Effort &effort)
      : minimizeSum(minimizeSum), effort(effort) {}

  /// The best point, and a bound on the product of all.
  std::pair<Point, Int128> run();

private:
  /// The points from energy `begin` to that of `right`.
  struct Segment {
    Point left, right;
    Int128 begin;
    /// No point of no more energy than `right` has fewer cycles.
    Int128 leastCycles;
    /// What is proved of the products.
    Int128 bound;
  };

  Point minimize(Cut &cut);
  void refine(const Segment &segment);
  void push(Segment segment, const Cut &cut);
  void close(Int128 bound);

  MinimizeSum minimizeSum;
  const Effort &effort;
  std::optional<Point> best;
  /// Of the segments that are done with; none where all are at least the best.
  std::optional<Int128> lowerBound;
  std::vector<Segment> open;
};

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_EDPSEARCH_H
