//===- Gain.h - Whether one run of a layer beats another ------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A series is taken only where it is worse than dense in nothing. The mapping
// that is the best for the objective may be worse in something where others are
// not.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_GAIN_H
#define TASD_COST_GAIN_H

#include "tasd/Cost/MappingSearch.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::cost {

/// A layer by a mapping: what it costs, in the steady state and as a whole.
struct MappedRun {
  MappedCost mapped;
  /// Cycles with start-up and drain, in whole ones.
  int64_t runCycles = 0;
};

/// Adds start-up and drain to what `work` costs by a mapping on `machine`.
MappedRun createMappedRun(const Work &work, const machine::Machine &machine,
                          MappedCost mapped);

/// Why one way to run a layer must not take the place of another one, dense as
/// a rule: the first of these that holds.
enum class Loss : uint8_t {
  None,
  /// It is no better in the objective.
  Objective,
  /// It is, and worse in these.
  Cycles,
  /// With start-up and drain.
  RunCycles,
  Energy,
  Words,
};

/// As in "takes more cycles than", after which the other one is named; of a
/// loss.
llvm::StringRef describe(Loss loss, Objective objective);

/// What ways to run a layer are compared by, in any one unit of energy.
struct RunCosts {
  double cycles = 0, runCycles = 0, energy = 0, words = 0;
};

/// Of one that is better in the objective, or is not.
Loss findLoss(const RunCosts &costs, const RunCosts &other, bool isBetter);

Loss findLoss(const MappedRun &run, const MappedRun &other,
              Objective objective);

/// Whether a run may take the place of another one: worse in nothing, and
/// better in what is asked for.
bool gainsOver(const MappedRun &run, const MappedRun &other,
               Objective objective);

/// The best run within limits, as findBestMapping finds it.
using RunSearch =
    llvm::function_ref<llvm::Expected<MappedRun>(const CostLimits &limits)>;

/// A run that gains over another one, of little cost in the objective: the best
/// of those that take no more cycles, energy and words of the outermost level,
/// or where that takes longer with start and end, of those that take so many
/// cycles less. None if three tries find none.
std::optional<MappedRun> findGain(RunSearch search, const MappedRun &other,
                                  Objective objective);

} // namespace tasd::cost

#endif // TASD_COST_GAIN_H
