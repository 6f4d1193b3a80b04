//===- StoredSeries.h - Series of weights pruned by scores ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Thresholds that are compared with scores say nothing of the weights. What is
// left of these is stored by a series that keeps all of it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_STOREDSERIES_H
#define TASD_SEARCH_STOREDSERIES_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::search {

/// A series that keeps every non-zero of `rest`: the weights of a layer without
/// what `chosen` leaves out of its scores.
///
///  - One pattern is the chosen one without its thresholds.
///  - Before further patterns, which would have nothing left to keep, the first
///    one has thresholds by which it keeps as many parts of `rest` as the
///    chosen one of the scores. The others have none.
///  - Where that does not keep everything, since an inner pattern sees other
///    blocks once whole outputs or ks are gone, `overlay` follows, a pattern
///    that keeps everything.
///
/// Errors: an invalid view.
llvm::Expected<sparsity::Series> chooseStoredSeries(
    const sparsity::Series &chosen, const sparsity::TensorView &scores,
    const sparsity::TensorView &rest, const sparsity::PatternRef &overlay);

} // namespace tasd::search

#endif // TASD_SEARCH_STOREDSERIES_H
