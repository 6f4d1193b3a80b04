//===- KeptPlan.cpp - Plans that were there before ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KeptPlan.h"

#include "tasd/Dialect/TASD/Analysis/WorkParts.h"

using namespace mlir;
using namespace mlir::tasd;

PlanAttr mlir::tasd::getKeptPlan(const NamedLayer &named) {
  linalg::LinalgOp op = named.layer.getOp();
  return op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
}

LogicalResult mlir::tasd::mapKept(const CostModel &model,
                                  const NamedLayer &named,
                                  PlanDecision &decision) {
  LayerWork work =
      LayerWork::get(named, decision.plan, model.getDynamicExtent());
  if (failed(verifyLossless(work, model.getMachine())) ||
      failed(measureDensities(work, model.getMachine())) ||
      failed(findParts(work)))
    return failure();
  auto dense = model.compute(work.getDense());
  auto mapped = model.compute(work);
  if (mapped && dense) {
    decision.mapped = std::move(*mapped);
    decision.dense = std::move(*dense);
    if (!decision.plan.getMapping())
      decision.plan = decision.plan.withMapping(decision.mapped->getMapping(
          decision.plan.getContext(), model.getMachine()));
    return success();
  }
  llvm::Error error = llvm::joinErrors(dense.takeError(), mapped.takeError());
  std::string message = llvm::toString(std::move(error));
  // What no machine computes dense may keep a plan that says just that.
  if (decision.isDense() && !work.mapping)
    return success();
  return emitError(named.layer.getOp()->getLoc())
         << "layer '" << named.name << "': " << message;
}
