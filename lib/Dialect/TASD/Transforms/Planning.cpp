//===- Planning.cpp - Choose the series of a layer ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Planning.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Pass/Remarks.h"

using namespace mlir;
using namespace mlir::tasd;

llvm::Expected<llvm::GlobPattern> mlir::tasd::parseLayerGlob(StringRef text) {
  return llvm::GlobPattern::create(text, /*MaxSubPatterns=*/1024);
}

/// Not a number is no share either.
static bool isShare(double value) { return value >= 0 && value <= 1; }

LogicalResult PlanRequest::verify(
    function_ref<InFlightDiagnostic(StringRef)> emitError) const {
  if (bound && !isShare(*bound))
    return emitError("max-dropped-magnitude")
           << "expected a share of 0 to 1 but got " << *bound;
  if (bound ? candidates.empty() : candidates.size() != 1)
    return emitError("series")
           << "expected "
           << (bound ? "a series" : "exactly one series without a bound")
           << " but got " << candidates.size();
  return success();
}

bool PlanRequest::isChosen(StringRef layer) const {
  return (!layers || layers->match(layer)) && !(skip && skip->match(layer));
}

//===----------------------------------------------------------------------===//
// Choice
//===----------------------------------------------------------------------===//

/// Whether a series drops at most a share of `bound`. One that drops nothing
/// does, whatever the magnitude; a bound of 0 allows no other, not even where
/// the share rounds to 0 or the magnitude is infinite. A share that is not a
/// number is within no bound.
static bool isWithin(const sparsity::SeriesMetrics &metrics, double bound) {
  if (metrics.droppedNonZeros == 0)
    return true;
  return bound > 0 && metrics.getDroppedMagnitudeShare() <= bound;
}

/// Chooses for constant data: the first candidate within the bound.
static LogicalResult chooseForWeights(const PlanRequest &request,
                                      const Layer &layer, unsigned input,
                                      ArrayRef<int64_t> along,
                                      OperandPlanAttr &plan,
                                      PlanDecision &decision) {
  std::vector<sparsity::Series> series;
  for (SeriesAttr candidate : request.candidates)
    series.push_back(candidate.getSeries());
  FailureOr<sparsity::Metrics> metrics =
      measureWeights(layer, input, along, series);
  if (failed(metrics))
    return failure();
  for (auto [candidate, kept] :
       llvm::zip(request.candidates, metrics->series)) {
    if (request.bound && !isWithin(kept, *request.bound))
      continue;
    decision.metrics = kept;
    plan = OperandPlanAttr::get(candidate.getContext(), candidate, along,
                                DecomposeTime::CompileTime);
    return success();
  }
  decision.reason = "every candidate drops more magnitude than the bound";
  return success();
}

/// Chooses for data known at run time only.
static void chooseForActivations(const PlanRequest &request,
                                 ArrayRef<int64_t> along, OperandPlanAttr &plan,
                                 PlanDecision &decision) {
  if (request.bound) {
    decision.reason = "without a profile nothing is known of what a series of "
                      "its activations drops";
    return;
  }
  plan = OperandPlanAttr::get(request.candidates.front().getContext(),
                              request.candidates.front(), along,
                              DecomposeTime::RunTime);
}

/// Decides for one input; `plan` stays null, with a reason, where it cannot be
/// a series.
static LogicalResult decideInput(const PlanRequest &request, const Layer &layer,
                                 unsigned input, OperandPlanAttr &plan,
                                 PlanDecision &decision) {
  bool isWeights = ConstantTensor::isConstant(layer.getInput(input));
  SmallVector<int64_t> along = layer.getBlockedDims(input, isWeights);
  ShapedType type = layer.getContraction().types[input];
  if (along.empty()) {
    decision.reason = "no dimension to block is summed over";
    return success();
  }
  if (llvm::any_of(along,
                   [&](int64_t dim) { return type.isDynamicDim(dim); })) {
    decision.reason = "a dimension to block is dynamic";
    return success();
  }
  if (!getSparsityElementType(type.getElementType(), /*isUnsigned=*/false)) {
    llvm::raw_string_ostream(decision.reason)
        << "series cannot have elements of '" << type.getElementType() << "'";
    return success();
  }
  if (isWeights)
    return chooseForWeights(request, layer, input, along, plan, decision);
  chooseForActivations(request, along, plan, decision);
  return success();
}

/// The inputs of the side asked for. The weights are the constant input, of two
/// the second; the activations are the other one.
static SmallVector<unsigned, 2> getInputs(const Layer &layer, PlanSide side) {
  bool constant[2];
  for (unsigned input : {0, 1})
    constant[input] = ConstantTensor::isConstant(layer.getInput(input));
  SmallVector<unsigned, 2> inputs;
  if (side != PlanSide::Weights && !constant[0])
    inputs.push_back(0);
  else if (side != PlanSide::Activations && constant[0] && !constant[1])
    inputs.push_back(0);
  if (side != PlanSide::Activations && constant[1])
    inputs.push_back(1);
  else if (side != PlanSide::Weights && !constant[1] && constant[0])
    inputs.push_back(1);
  return inputs;
}

/// Decides for one layer of those asked for.
static LogicalResult decide(const PlanRequest &request, const Layer &layer,
                            PlanDecision &decision) {
  if (!layer.getObstacle().empty()) {
    decision.reason = layer.getObstacle();
    return success();
  }
  SmallVector<unsigned, 2> inputs = getInputs(layer, request.side);
  if (inputs.empty())
    decision.reason = request.side == PlanSide::Weights
                          ? "it has no constant input"
                          : "both inputs are constant";
  SmallVector<OperandPlanAttr> plans(
      linalg::LinalgOp(layer.getOp()).getNumDpsInputs());
  for (unsigned input : inputs)
    if (failed(decideInput(request, layer, input, plans[input], decision)))
      return failure();
  auto plan =
      PlanAttr::get(layer.getOp()->getContext(), plans, /*mapping=*/nullptr);
  if (plan.isDense())
    return success();
  std::string violation = layer.findViolation(plan);
  if (violation.empty())
    decision.plan = plan;
  else
    decision.reason = violation;
  return success();
}

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

static void remarkDecision(const NamedLayer &named,
                           const PlanDecision &decision) {
  static constexpr StringLiteral kPass = "tasd-plan";
  SmallVector<RemarkArgument> arguments = {{"layer", named.name}};
  if (!decision.plan) {
    arguments.push_back({"reason", decision.reason});
    return remarkMissed(named.layer.getOp(), kPass, arguments);
  }
  arguments.push_back({"plan", toRemarkValue(decision.plan)});
  if (decision.isKept)
    arguments.push_back({"origin", "the input"});
  if (!decision.reason.empty())
    arguments.push_back({"other_input_dense", decision.reason});
  if (decision.metrics) {
    double kept = 1 - decision.metrics->getDroppedMagnitudeShare();
    arguments.push_back({"kept_magnitude_share", toRemarkValue(kept)});
    arguments.push_back({"dropped_non_zeros",
                         toRemarkValue(decision.metrics->droppedNonZeros)});
  }
  remarkPassed(named.layer.getOp(), kPass, arguments);
}

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

FailureOr<PlanDecision> mlir::tasd::planLayer(const PlanRequest &request,
                                              const NamedLayer &named) {
  PlanDecision decision;
  linalg::LinalgOp op = named.layer.getOp();
  if (auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName)) {
    decision.plan = plan;
    decision.isKept = true;
  } else if (!request.isChosen(named.name)) {
    decision.reason = "the options leave it out";
  } else if (failed(decide(request, named.layer, decision))) {
    return failure();
  }
  remarkDecision(named, decision);
  if (decision.plan)
    op->setAttr(TASDDialect::kPlanAttrName, decision.plan);
  return decision;
}
