//===- SeriesList.h - The series that a machine runs ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_SERIESLIST_H
#define TASD_SEARCH_SERIESLIST_H

#include "tasd/Machine/Machine.h"

namespace tasd::search {

/// The series of up to `maxTerms` terms that the machine runs (its own limit if
/// 0, or if that is lower), as far as they differ in what they keep: of equals
/// the one of the fewest terms, then of the denser first one. None that keeps
/// everything. In each the finest blocks come first, of equal blocks the denser
/// pattern; the shortest series come first.
std::vector<sparsity::Series> listSeries(const machine::Machine &machine,
                                         int64_t maxTerms = 0);

} // namespace tasd::search

#endif // TASD_SEARCH_SERIESLIST_H
