//===- MappingSearch.h - The best mapping of a layer ---------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The search of the mapping that is best for an objective, over all mappings of
// the space that docs/Cost.md defines.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_MAPPINGSEARCH_H
#define TASD_COST_MAPPINGSEARCH_H

#include "tasd/Cost/Cost.h"

#include <limits>

namespace tasd::cost {

/// What a choice minimises.
enum class Objective : uint8_t { Latency, Energy, Edp };
constexpr std::array<Objective, 3> kObjectives = {
    Objective::Latency, Objective::Energy, Objective::Edp};

/// "latency", "energy" or "edp".
llvm::StringRef getName(Objective objective);
std::optional<Objective> parseObjective(llvm::StringRef text);
/// Cycles, pJ, or their product.
double getValue(Objective objective, const Cost &cost);
/// Whether `cost` is of a lower value than `other`, or among equals of a lower
/// energy-delay product, then of fewer cycles. Values within 10^-9 of each
/// other are equal.
bool isBetter(Objective objective, const Cost &cost, const Cost &other);

/// The objective that is asked for on a machine: where energies are not known,
/// time alone counts for `edp`. Errors: energy, where it is not known.
llvm::Expected<Objective> getObjective(const machine::Machine &machine,
                                       Objective asked);

/// What a mapping may cost at most.
struct CostLimits {
  double cycles = std::numeric_limits<double>::infinity();
  double energyPj = std::numeric_limits<double>::infinity();
  /// Words of 8 bits that the outermost level moves, metadata included.
  double words = std::numeric_limits<double>::infinity();

  bool allow(double otherCycles, double otherEnergyPj,
             double otherWords) const {
    return otherCycles <= cycles && otherEnergyPj <= energyPj &&
           otherWords <= words;
  }
};

/// A mapping and what it costs.
struct MappedCost {
  Mapping mapping;
  Cost cost;
};

/// The best mapping of `work` on `machine` within `limits` by `isBetter`, among
/// equals the first of the space's order. What `work` costs by another mapping
/// within the limits, where that is known, makes the search faster and changes
/// nothing. Errors: the machine cannot run the series or the types; no mapping
/// fits, with the level that is too small; none is within the limits. A machine
/// whose costs were measured has one way to run a work, without levels.
llvm::Expected<MappedCost> findBestMapping(const Work &work,
                                           const machine::Machine &machine,
                                           Objective objective,
                                           const Cost *known = nullptr,
                                           const CostLimits &limits = {});

} // namespace tasd::cost

#endif // TASD_COST_MAPPINGSEARCH_H
