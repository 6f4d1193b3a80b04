//===- Fused.cpp - Which series can be treated as a whole -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All patterns of one keyword make a series of that family.
//
//===----------------------------------------------------------------------===//

#include "Fused.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;

llvm::StringRef tasd::sparsity::getCommonFamily(const Series &series) {
  llvm::ArrayRef<PatternRef> patterns = series.getPatterns();
  if (patterns.empty())
    return {};
  llvm::StringRef keyword = patterns.front()->getFamilyKeyword();
  bool isCommon = llvm::all_of(patterns, [&](const PatternRef &pattern) {
    return pattern->getFamilyKeyword() == keyword;
  });
  return isCommon ? keyword : llvm::StringRef();
}

std::unique_ptr<FusedPacker>
tasd::sparsity::createFusedPacker(const Series &series, ElementType type) {
  if (getCommonFamily(series).empty())
    return nullptr;
  return series.getPatterns().front()->createFusedPacker(series, type);
}

DroppedSums tasd::sparsity::getTotal(const LaneSums &sums) {
  DroppedSums total;
  for (int lane = 0; lane < 8; ++lane)
    total +=
        {sums.nonZeros[lane], sums.magnitude[lane], sums.squaredNorm[lane]};
  return total;
}
