//===- ScoredPruning.h - Prune weights by scores of a file ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_SCOREDPRUNING_H
#define TASD_DIALECT_TASD_TRANSFORMS_SCOREDPRUNING_H

#include "tasd/Dialect/TASD/Transforms/PrunedSeries.h"
#include "tasd/Dialect/TASD/Transforms/PrunedWeights.h"

namespace mlir::tasd {

/// Weights pruned by scores, and the series by whose thresholds the scores were
/// compared.
struct ScoredPruning {
  SmallVector<SeriesAttr> series;
  std::shared_ptr<const PrunedWeights> weights;
};

/// As choosePrunedSeries, by the scores in a file, once for each of a list of
/// options; equal series are one. Further errors: no series that the machine
/// runs; the file; scores of no layer, or of another shape; layers without
/// scores; weights that are not finite.
FailureOr<ScoredPruning>
pruneByScores(ModuleOp module, const PlanRequest &request,
              const search::Pruning &pruning,
              ArrayRef<search::PruningOptions> options, StringRef path,
              function_ref<InFlightDiagnostic(StringRef)> emitError);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_SCOREDPRUNING_H
