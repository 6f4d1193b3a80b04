//===- LayerPlanner.cpp - Choose the series of one layer ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerPlanner.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

/// Whether a plan may take the place of another one: worse in nothing, and
/// better in what is asked for.
static bool gainsOver(const MappedLayer &plan, const MappedLayer &other,
                      cost::Objective objective) {
  const cost::Cost &cost = plan.mapped.cost, &otherCost = other.mapped.cost;
  return plan.runCycles <= other.runCycles && cost.cycles <= otherCost.cycles &&
         cost.energyPj <= otherCost.energyPj &&
         cost.levels.front().getWords() <=
             otherCost.levels.front().getWords() &&
         getValue(objective, cost) < getValue(objective, otherCost);
}

static std::string describe(const MappedLayer &plan) {
  const cost::Cost &cost = plan.mapped.cost;
  const cost::LevelCost &outermost = cost.levels.front();
  return llvm::formatv("{0} cycles ({1:f0} with start and end), {2:f3} uJ and "
                       "{3:f0} words of {4}",
                       cost.cycles, plan.runCycles, cost.energyPj / 1e6,
                       outermost.getWords(), outermost.name);
}

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
  auto mapped = request.model->compute(work, objective);
  if (!mapped) {
    reject(llvm::toString(mapped.takeError()));
    return false;
  }
  const MappedLayer &other = *decision.mapped;
  if (!gainsOver(*mapped, other, request.model->getObjective())) {
    reject("a series would not gain: " + describe(*mapped) + " beside " +
           describe(other));
    return false;
  }
  decision.mapped = std::move(*mapped);
  return true;
}

/// The same by any mapping: the best one for the objective asked for may be
/// worse than dense in something else, and the others then are not.
bool LayerPlanner::gains(PlanAttr plan) {
  const CostModel &model = *request.model;
  LayerWork work = LayerWork::get(named, plan, model.getDynamicExtent());
  work.densities = dense.densities;
  if (gains(work, model.getObjective()))
    return true;
  bool any = false;
  for (cost::Objective objective :
       {cost::Objective::Latency, cost::Objective::Energy,
        cost::Objective::Edp})
    any |= objective != model.getObjective() && gains(work, objective);
  return any;
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
bool LayerPlanner::accept(unsigned input, OperandPlanAttr candidate) {
  plans[input] = candidate;
  PlanAttr plan = getPlan();
  std::string violation = layer.findViolation(plan);
  if (!violation.empty())
    reject(violation);
  else if (!request.model || gains(plan))
    return true;
  plans[input] = nullptr;
  return false;
}

/// Whether a series drops at most a share of `bound`. One that drops nothing
/// does, whatever the magnitude; a bound of 0 allows no other, not even where
/// the share rounds to 0 or the magnitude is infinite. A share that is not a
/// number is within no bound.
static bool isWithin(const sparsity::SeriesMetrics &metrics, double bound) {
  if (metrics.droppedNonZeros == 0)
    return true;
  return bound > 0 && metrics.getDroppedMagnitudeShare() <= bound;
}

/// Whether what a series drops of weights is allowed.
bool LayerPlanner::isAllowed(const sparsity::SeriesMetrics &metrics) {
  if (request.bound && !isWithin(metrics, *request.bound))
    return false;
  if (!request.model || request.model->getMachine().series.lossy ||
      metrics.isLossless())
    return true;
  reject("machine '" + request.model->getMachine().name +
         "' runs no series that drops non-zeros");
  return false;
}

/// Chooses for constant data: the first candidate that is accepted.
LogicalResult LayerPlanner::chooseForWeights(unsigned input,
                                             ArrayRef<int64_t> along) {
  std::vector<sparsity::Series> series;
  for (SeriesAttr candidate : request.candidates)
    series.push_back(candidate.getSeries());
  FailureOr<sparsity::Metrics> metrics =
      measureWeights(layer, input, along, series);
  if (failed(metrics))
    return failure();
  for (auto [candidate, kept] :
       llvm::zip(request.candidates, metrics->series)) {
    auto plan = OperandPlanAttr::get(candidate.getContext(), candidate, along,
                                     DecomposeTime::CompileTime);
    if (!isAllowed(kept) || !accept(input, plan))
      continue;
    decision.metrics = kept;
    return success();
  }
  reject("every candidate drops more magnitude than the bound");
  return success();
}

/// Chooses for data known at run time only.
void LayerPlanner::chooseForActivations(unsigned input,
                                        ArrayRef<int64_t> along) {
  bool mayDrop = !request.model || request.model->getMachine().series.lossy;
  if (request.bound || !mayDrop)
    return reject("without a profile nothing is known of what a series of "
                  "its activations drops");
  SeriesAttr candidate = request.candidates.front();
  accept(input, OperandPlanAttr::get(candidate.getContext(), candidate, along,
                                     DecomposeTime::RunTime));
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// What keeps an input from being any series; empty if nothing does.
static std::string findInputObstacle(ShapedType type, ArrayRef<int64_t> along) {
  if (along.empty())
    return "no dimension to block is summed over";
  if (llvm::any_of(along, [&](int64_t dim) { return type.isDynamicDim(dim); }))
    return "a dimension to block is dynamic";
  std::string reason;
  if (!getSparsityElementType(type.getElementType(), /*isUnsigned=*/false))
    llvm::raw_string_ostream(reason)
        << "series cannot have elements of '" << type.getElementType() << "'";
  return reason;
}

/// Decides for one input; its plan stays null, with a reason, where it cannot
/// be a series.
LogicalResult LayerPlanner::decideInput(unsigned input) {
  bool isWeights = ConstantTensor::isConstant(layer.getInput(input));
  SmallVector<int64_t> along = layer.getBlockedDims(input, isWeights);
  inputReason = findInputObstacle(layer.getContraction().types[input], along);
  if (inputReason.empty() && isWeights) {
    if (failed(chooseForWeights(input, along)))
      return failure();
  } else if (inputReason.empty()) {
    chooseForActivations(input, along);
  }
  if (!plans[input] && decision.reason.empty())
    decision.reason = inputReason;
  return success();
}

/// The inputs of the side asked for, weights first. The weights are the
/// constant input, of two the second; the activations are the other one.
static SmallVector<unsigned, 2> getInputs(const Layer &layer, PlanSide side) {
  bool constant[2];
  for (unsigned input : {0, 1})
    constant[input] = ConstantTensor::isConstant(layer.getInput(input));
  SmallVector<unsigned, 2> inputs;
  if (side != PlanSide::Activations && constant[1])
    inputs.push_back(1);
  if (side != PlanSide::Weights && !constant[0])
    inputs.push_back(0);
  else if (side != PlanSide::Activations && constant[0] && !constant[1])
    inputs.push_back(0);
  if (side != PlanSide::Weights && !constant[1] && constant[0])
    inputs.push_back(1);
  return inputs;
}

/// Decides for the inputs, one after the other.
LogicalResult LayerPlanner::decideSeries() {
  if (request.candidates.empty()) {
    decision.reason = "no series that was asked for runs on machine '" +
                      request.model->getMachine().name + "'";
    return success();
  }
  SmallVector<unsigned, 2> inputs = getInputs(layer, request.side);
  if (inputs.empty())
    decision.reason = request.side == PlanSide::Weights
                          ? "it has no constant input"
                          : "both inputs are constant";
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
