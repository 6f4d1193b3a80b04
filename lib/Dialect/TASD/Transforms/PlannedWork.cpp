//===- PlannedWork.cpp - What a machine would run by a plan ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlannedWork.h"

#include "tasd/Dialect/TASD/Analysis/WorkParts.h"
#include "tasd/Dialect/TASD/Transforms/PrunedWeights.h"

using namespace mlir;
using namespace mlir::tasd;

FailureOr<LayerWork> mlir::tasd::getPlannedWork(const PlanRequest &request,
                                                const NamedLayer &named,
                                                PlanAttr plan,
                                                const LayerWork &dense) {
  const PrunedWeights *pruned = request.pruned.get();
  linalg::LinalgOp op = named.layer.getOp();
  PrunedScope scope(pruned, op, plan);
  LayerWork work =
      LayerWork::get(named, pruned ? pruned->getStored(op, plan) : plan,
                     request.model->getDynamicExtent());
  work.densities = dense.densities;
  if (scope.isPruned() &&
      failed(measureDensities(work, request.model->getMachine())))
    return failure();
  if (failed(findParts(work)))
    return failure();
  return work;
}
