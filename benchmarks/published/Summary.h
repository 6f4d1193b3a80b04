//===- Summary.h - What networks gain in all --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_SUMMARY_H
#define TASD_BENCHMARKS_PUBLISHED_SUMMARY_H

#include "Comparison.h"

namespace tasd::published {

/// By which share the energy-delay product falls on a machine: at best, and the
/// arithmetic means over all variants, over those that were pruned, and over
/// the sparsest one of each network.
struct Summary {
  std::string machine;
  Sides sides = Sides::None;
  double best = 0, mean = 0, prunedMean = 0, sparsestMean = 0;
};

/// The results under a setting, by its name.
struct SettingResults {
  Setting setting;
  std::vector<VariantResult> variants;
};

/// One for each machine and sides, in their order; the baseline left out.
std::vector<Summary> summarize(llvm::ArrayRef<VariantResult> variants);

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_SUMMARY_H
