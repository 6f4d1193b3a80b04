//===- Summary.cpp - What networks gain in all ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::published;

namespace {
/// The mean of the numbers added; 0 without any.
class Mean {
public:
  void add(double value) {
    sum += value;
    ++count;
  }
  double get() const { return count == 0 ? 0 : sum / count; }

private:
  double sum = 0;
  int64_t count = 0;
};
} // namespace

static bool isSparsest(const VariantResult &variant) {
  return variant.sparsity == *llvm::max_element(variant.network->sparsities);
}

static Summary summarize(llvm::ArrayRef<VariantResult> variants,
                         const MachineResult &machine) {
  Summary summary{machine.machine, machine.sides};
  Mean all, pruned, sparsest;
  summary.best = -std::numeric_limits<double>::infinity();
  for (const VariantResult &variant : variants) {
    double reduction =
        variant.getReduction(*variant.find(machine.machine, machine.sides));
    summary.best = std::max(summary.best, reduction);
    all.add(reduction);
    if (variant.sparsity > 0)
      pruned.add(reduction);
    if (isSparsest(variant))
      sparsest.add(reduction);
  }
  summary.mean = all.get();
  summary.prunedMean = pruned.get();
  summary.sparsestMean = sparsest.get();
  return summary;
}

std::vector<Summary>
tasd::published::summarize(llvm::ArrayRef<VariantResult> variants) {
  std::vector<Summary> summaries;
  if (variants.empty())
    return summaries;
  for (const MachineResult &machine :
       llvm::drop_begin(variants.front().machines))
    summaries.push_back(::summarize(variants, machine));
  return summaries;
}
