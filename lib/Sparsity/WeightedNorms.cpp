//===- WeightedNorms.cpp - Norms that weigh columns -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/WeightedNorms.h"

#include "tasd/Sparsity/Metrics.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;

double WeightedNorms::getDroppedShare(size_t series) const {
  return whole == 0 ? 0 : dropped[series] / whole;
}

llvm::Expected<WeightedNorms> tasd::sparsity::measureWeightedNorms(
    const TensorView &tensor, ArrayRef<Series> series,
    ArrayRef<double> columnWeights, llvm::ThreadPoolInterface *pool) {
  llvm::Expected<Metrics> metrics =
      measure(tensor, series, {}, pool, columnWeights);
  if (!metrics)
    return metrics.takeError();
  WeightedNorms norms;
  norms.whole = metrics->tensor.weightedNorm;
  for (const SeriesMetrics &one : metrics->series)
    norms.dropped.push_back(one.droppedWeightedNorm);
  return norms;
}
