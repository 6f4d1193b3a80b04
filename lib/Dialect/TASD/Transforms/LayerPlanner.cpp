//===- LayerPlanner.cpp - Choose the series of one layer ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerPlanner.h"

#include "Gains.h"
#include "OperandCandidates.h"
#include "PlannedWork.h"

using namespace mlir;
using namespace mlir::tasd;
namespace cost = ::tasd::cost;

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

/// The layer without series by its best mapping, if the machine computes it.
LogicalResult LayerPlanner::mapDense() {
  if (!request.model)
    return success();
  dense = LayerWork::get(named, /*plan=*/nullptr,
                         request.model->getDynamicExtent());
  if (failed(measureDensities(dense, request.model->getMachine())))
    return failure();
  auto mapped = request.model->compute(dense);
  if (mapped)
    decision.mapped = decision.dense = std::move(*mapped);
  else
    decision.reason = llvm::toString(mapped.takeError());
  return success();
}

/// Whether a plan by its best mapping for `objective` gains over what was
/// decided so far, at first dense; then it takes its place.
bool LayerPlanner::gains(const LayerWork &work, cost::Objective objective) {
  cost::Objective asked = request.model->getObjective();
  auto mapped = request.model->compute(work, objective);
  if (!mapped) {
    reject(llvm::toString(mapped.takeError()));
    return false;
  }
  const MappedLayer &other = *decision.mapped;
  if (!gainsOver(*mapped, other, asked)) {
    bool isSecond = plans[0] && plans[1];
    reject("a series " +
           cost::describe(findLoss(*mapped, other, asked), asked) +
           (isSecond ? " the other operand's alone: " : " dense: ") +
           compareCosts(*mapped, other));
    return false;
  }
  decision.mapped = std::move(*mapped);
  return true;
}

/// The same by any mapping: the best one for the objective asked for may be
/// worse than dense in something else, and others then are not. Errors are
/// emitted at the op whose data is at fault.
FailureOr<bool> LayerPlanner::gains(PlanAttr plan) {
  const CostModel &model = *request.model;
  auto work = getPlannedWork(request, named, plan, dense);
  if (failed(work))
    return failure();
  cost::Objective objective = model.getObjective();
  if (gains(*work, objective))
    return true;
  if (auto gain = model.findGain(*work, *decision.mapped, objective)) {
    decision.mapped = std::move(*gain);
    return true;
  }
  // It may take longer with start and end, which no limit keeps it from.
  return llvm::any_of(cost::kObjectives, [&](cost::Objective other) {
    return other != objective && gains(*work, other);
  });
}

//===----------------------------------------------------------------------===//
// Candidates
//===----------------------------------------------------------------------===//

void LayerPlanner::reject(const Twine &reason) {
  if (inputReason.empty())
    inputReason = reason.str();
}

PlanAttr LayerPlanner::getPlan() const {
  return PlanAttr::get(layer.getOp()->getContext(), plans,
                       /*mapping=*/nullptr);
}

/// Takes a candidate for an input, if nothing speaks against it.
FailureOr<bool> LayerPlanner::accept(unsigned input,
                                     OperandPlanAttr candidate) {
  plans[input] = candidate;
  PlanAttr plan = getPlan();
  std::string violation = layer.findViolation(plan);
  FailureOr<bool> isTaken = violation.empty();
  if (!violation.empty())
    reject(violation);
  else if (request.model)
    isTaken = gains(plan);
  if (failed(isTaken) || !*isTaken)
    plans[input] = nullptr;
  return isTaken;
}

/// Decides for one input: the first candidate that is accepted. Its plan stays
/// null, with a reason, where there is none.
LogicalResult LayerPlanner::decideInput(unsigned input) {
  auto candidates = findOperandCandidates(request, layer, input,
                                          /*needsMetrics=*/false);
  if (failed(candidates))
    return failure();
  inputReason.clear();
  for (const OperandCandidate &candidate : candidates->list) {
    if (!candidate.obstacle.empty())
      reject(candidate.obstacle);
    if (!candidate.isAllowed())
      continue;
    FailureOr<bool> isTaken = accept(input, candidate.plan);
    if (failed(isTaken))
      return failure();
    if (!*isTaken)
      continue;
    (candidates->isWeights ? decision.metrics : decision.activationMetrics) =
        candidate.metrics;
    return success();
  }
  if (candidates->isWeights && !candidates->list.empty())
    decision.numDenseWeights =
        layer.getContraction().types[input].getNumElements();
  reject(candidates->getReason());
  if (decision.reason.empty())
    decision.reason = inputReason;
  return success();
}

/// Decides for the inputs, one after the other.
LogicalResult LayerPlanner::decideSeries() {
  if (request.candidates.empty()) {
    decision.reason = "none of the series to choose from runs on machine '" +
                      request.model->getMachine().name + "'";
    return success();
  }
  SmallVector<unsigned, 2> inputs = getInputs(layer, request.side);
  if (inputs.empty())
    decision.reason = getNoInputReason(request.side);
  for (unsigned input : inputs)
    if (failed(decideInput(input)))
      return failure();
  return success();
}

FailureOr<PlanDecision> LayerPlanner::decide() {
  if (failed(mapDense()))
    return failure();
  if (!layer.getObstacle().empty())
    decision.reason = layer.getObstacle();
  else if (decision.reason.empty() && failed(decideSeries()))
    return failure();
  PlanAttr plan = getPlan();
  if (decision.mapped)
    plan = plan.withMapping(decision.mapped->getMapping(
        plan.getContext(), request.model->getMachine()));
  if (!plan.isDense() || plan.getMapping())
    decision.plan = plan;
  return std::move(decision);
}
