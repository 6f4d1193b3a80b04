//===- Gains.h - Whether a plan is better than dense ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H

#include "tasd/Dialect/TASD/Analysis/LayerCost.h"
#include "tasd/Search/Problem.h"

namespace mlir::tasd {

/// Why a plan must not take the place of another one.
::tasd::search::Loss findLoss(const MappedLayer &plan, const MappedLayer &other,
                              ::tasd::cost::Objective objective);

/// Whether a plan may take the place of another one: worse in nothing, and
/// better in what is asked for.
bool gainsOver(const MappedLayer &plan, const MappedLayer &other,
               ::tasd::cost::Objective objective);

/// A mapping by which a layer gains over another plan, of little cost in the
/// objective: the best of those that take no more cycles and energy, or where
/// that takes longer with start and end, of those that take so many cycles
/// less. None if three tries find none.
std::optional<MappedLayer> findGain(const CostModel &model,
                                    const LayerWork &layer,
                                    const MappedLayer &other,
                                    ::tasd::cost::Objective objective);

/// The costs of two plans, as a reason why one does not gain over the other.
std::string compareCosts(const MappedLayer &plan, const MappedLayer &other);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H
