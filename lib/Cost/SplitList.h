//===- SplitList.h - The splits of a dimension worth a look --- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_SPLITLIST_H
#define TASD_LIB_COST_SPLITLIST_H

#include "SplitCost.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::cost {

/// Splits of one spread of a dimension for one order.
struct SplitList {
  /// The least energy first.
  std::vector<SplitCost> splits;
  /// None of the splits costs less. Without splits, of no meaning.
  SplitCost least;
};

/// The splits that `mayImprove` and of which no other is as good in all that
/// matters: a split is as good as another of the same spread and order if it
/// reloads no edge more often, skips zeros no less evenly, none of its tiles
/// that a level bounds is longer, and its tiles of an image have the same share
/// of distinct elements. All else of a cost is the same or follows from these,
/// and never falls as they rise: so whatever the other dimensions do, the
/// mapping with the better split fits and costs no more.
SplitList listSplits(const ResidencyCost &cost, Dim dim, const Spread &spread,
                     const Order &order,
                     llvm::function_ref<bool(const SplitCost &)> mayImprove);

} // namespace tasd::cost

#endif // TASD_LIB_COST_SPLITLIST_H
