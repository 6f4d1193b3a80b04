//===- Planning.cpp - Choose the series of a layer ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Planning.h"

#include "KeptPlan.h"
#include "LayerPlanner.h"
#include "PlanRemarks.h"

#include "tasd/Dialect/TASD/Transforms/PrunedWeights.h"
#include "tasd/Pass/Remarks.h"

using namespace mlir;
using namespace mlir::tasd;

llvm::Expected<llvm::GlobPattern> mlir::tasd::parseLayerGlob(StringRef text) {
  return llvm::GlobPattern::create(text, /*MaxSubPatterns=*/1024);
}

/// Not a number is no share either.
static bool isShare(double value) { return value >= 0 && value <= 1; }

LogicalResult PlanRequest::verifyBound(
    function_ref<InFlightDiagnostic(StringRef)> emitError) const {
  if (bound && !isShare(*bound))
    return emitError("max-dropped-magnitude")
           << "expected a share of 0 to 1 but got " << *bound;
  return success();
}

LogicalResult PlanRequest::verify(
    bool hasMachine,
    function_ref<InFlightDiagnostic(StringRef)> emitError) const {
  if (failed(verifyBound(emitError)))
    return failure();
  // Without a series layers are mapped as they are, if there is a machine.
  bool isMapping = hasMachine && candidates.empty();
  if (!isMapping && (bound ? candidates.empty() : candidates.size() != 1))
    return emitError("series")
           << "expected "
           << (bound ? "a series" : "exactly one series without a bound")
           << " but got " << candidates.size();
  return success();
}

LogicalResult PlanRequest::dropForeign(
    Operation *op, function_ref<InFlightDiagnostic(StringRef)> emitError) {
  SmallVector<SeriesAttr> runnable;
  for (SeriesAttr candidate : candidates) {
    llvm::Error error =
        checkPlannedSeries(model->getMachine(), candidate.getSeries());
    if (!error) {
      runnable.push_back(candidate);
      continue;
    }
    std::string reason = llvm::toString(std::move(error));
    if (candidates.size() == 1)
      return emitError("series") << reason;
    remarkMissed(op, kPlanPass,
                 {{"series", candidate.getText()}, {"reason", reason}});
  }
  candidates = std::move(runnable);
  return success();
}

bool PlanRequest::isChosen(StringRef layer) const {
  return (!layers || layers->match(layer)) && !(skip && skip->match(layer));
}

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

/// The decision for a layer: the plan it has, or one of the candidates.
static FailureOr<PlanDecision> decide(const PlanRequest &request,
                                      const NamedLayer &named) {
  PlanDecision decision;
  if (PlanAttr plan = getKeptPlan(named)) {
    decision.plan = plan;
    decision.isKept = true;
    if (request.model && failed(mapKept(*request.model, named, decision)))
      return failure();
    return decision;
  }
  if (request.isChosen(named.name))
    return LayerPlanner(request, named).decide();
  decision.reason = "the options leave it out";
  return decision;
}

/// Gives a layer what a decision leaves of its weights.
static void replaceWeights(const PrunedWeights &weights, linalg::LinalgOp op,
                           PlanDecision &decision) {
  weights.replaceInputs(op, decision.plan, op);
  decision.plan = weights.getStored(op, decision.plan);
}

FailureOr<PlanDecision> mlir::tasd::planLayer(const PlanRequest &request,
                                              const NamedLayer &named) {
  FailureOr<PlanDecision> decision = decide(request, named);
  if (failed(decision))
    return failure();
  if (request.pruned && decision->plan)
    replaceWeights(*request.pruned, named.layer.getOp(), *decision);
  remarkDecision(named, *decision,
                 request.model ? &request.model->getMachine() : nullptr);
  if (decision->plan)
    named.layer.getOp()->setAttr(TASDDialect::kPlanAttrName, decision->plan);
  return decision;
}
