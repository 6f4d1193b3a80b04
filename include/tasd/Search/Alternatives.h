//===- Alternatives.h - What else a layer could have taken ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_ALTERNATIVES_H
#define TASD_SEARCH_ALTERNATIVES_H

#include "tasd/Search/Problem.h"

namespace tasd::search {

/// Another candidate of a layer, and what the model then costs.
struct Alternative {
  uint32_t candidate;
  Int128 objective;

  /// The share by which the objective rises from that of `totals`; below 0
  /// where it falls.
  double getIncreaseShare(const Totals &totals,
                          cost::Objective objective) const;
};

/// The eligible candidate of other series with which, all else equal, the model
/// stays within the bound and has the least objective; of equals the first.
/// None if there is none.
std::optional<Alternative> findNextBest(const Problem &problem,
                                        const Solution &solution, size_t layer,
                                        ErrorSum maxError);

} // namespace tasd::search

#endif // TASD_SEARCH_ALTERNATIVES_H
