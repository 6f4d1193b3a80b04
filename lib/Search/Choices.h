//===- Choices.h - What strategies have in common ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The candidates that a problem's layers may take, and choices among them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_CHOICES_H
#define TASD_LIB_SEARCH_CHOICES_H

#include "tasd/Search/Problem.h"

namespace tasd::search {

/// A candidate that its layer may take.
struct Option {
  uint32_t candidate;
  ErrorSum error;
};

/// The options of each layer, the one of least error first; among equals the
/// one of the lower objective, the lower energy-delay product, the dense one,
/// the first. Errors: a layer has none.
llvm::Expected<std::vector<std::vector<Option>>>
getOptions(const Problem &problem);

/// The totals when a layer takes another candidate than it has.
Totals replaceCandidate(const Problem &problem, Totals totals, size_t layer,
                        uint32_t before, uint32_t after);

/// The solution of a choice. Errors: it is not within the bound.
llvm::Expected<Solution> makeSolution(const Problem &problem, Choice choice,
                                      ErrorSum maxError);

/// What to say where the least error that a strategy reaches is above the
/// bound.
llvm::Error createBoundError(ErrorSum least, ErrorSum maxError);

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_CHOICES_H
