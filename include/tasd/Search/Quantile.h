//===- Quantile.h - The value that a share lies below -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_QUANTILE_H
#define TASD_SEARCH_QUANTILE_H

#include <vector>

namespace tasd::search {

/// The quantile of at least one value, all of them finite, 0 <= share <= 1: of
/// n values in ascending order the one at (n - 1) * share, where that is no
/// whole number linear between its neighbours. NumPy's `quantile` and
/// `percentile` give the same number by default, to the bit; thresholds of
/// published prunings are theirs.
double getQuantile(std::vector<double> values, double share);

} // namespace tasd::search

#endif // TASD_SEARCH_QUANTILE_H
