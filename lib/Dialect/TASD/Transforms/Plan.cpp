//===- Plan.cpp - Choose the series of every layer ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors. Postcondition: every layer that can have a
// series of the kind asked for has a tasd.plan; the module says how many.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Pass/Remarks.h"
#include "llvm/Support/GlobPattern.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PLAN
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

namespace {
/// The options, parsed.
struct Request {
  SmallVector<SeriesAttr> candidates;
  std::vector<sparsity::Series> series;
  /// Largest share of magnitude that may be dropped; none without a bound.
  std::optional<double> bound;
  PlanSide side;
  std::optional<llvm::GlobPattern> layers, skip;
};

/// What was decided for a layer.
struct Decision {
  /// Null where the layer stays dense.
  PlanAttr plan;
  /// Why the layer stays dense, or one of the inputs asked for.
  std::string reason;
  /// Of the weights' series, where there is one.
  std::optional<sparsity::SeriesMetrics> metrics;
};
} // namespace

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
static LogicalResult chooseForWeights(const Request &request,
                                      const Layer &layer, unsigned input,
                                      ArrayRef<int64_t> along,
                                      OperandPlanAttr &plan,
                                      Decision &decision) {
  FailureOr<sparsity::Metrics> metrics =
      measureWeights(layer, input, along, request.series);
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
static void chooseForActivations(const Request &request,
                                 ArrayRef<int64_t> along, OperandPlanAttr &plan,
                                 Decision &decision) {
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
static LogicalResult decideInput(const Request &request, const Layer &layer,
                                 unsigned input, OperandPlanAttr &plan,
                                 Decision &decision) {
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
static LogicalResult decide(const Request &request, const Layer &layer,
                            Decision &decision) {
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
  auto plan = PlanAttr::get(layer.getOp()->getContext(), plans);
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

static void remarkDecision(const NamedLayer &named, const Decision &decision,
                           bool wasThere, StringRef pass) {
  SmallVector<RemarkArgument> arguments = {{"layer", named.name}};
  if (!decision.plan) {
    arguments.push_back({"reason", decision.reason});
    return remarkMissed(named.layer.getOp(), pass, arguments);
  }
  arguments.push_back({"plan", toRemarkValue(decision.plan)});
  if (wasThere)
    arguments.push_back({"origin", "the input"});
  if (!decision.reason.empty())
    arguments.push_back({"other_input_dense", decision.reason});
  if (decision.metrics) {
    double kept = 1 - decision.metrics->getDroppedMagnitudeShare();
    arguments.push_back({"kept_magnitude_share", toRemarkValue(kept)});
    arguments.push_back({"dropped_non_zeros",
                         toRemarkValue(decision.metrics->droppedNonZeros)});
  }
  remarkPassed(named.layer.getOp(), pass, arguments);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Verifies the plans that were there.
static LogicalResult verifyPlans(ModuleOp module) {
  for (auto [op, plan] : collectPlans(module))
    if (!plan.isDense() && failed(getPlannedLayer(op, plan)))
      return failure();
  return success();
}

namespace {
struct PlanPass : mlir::tasd::impl::PlanBase<PlanPass> {
  using PlanBase::PlanBase;

  void runOnOperation() override {
    FailureOr<Request> request = parseOptions();
    if (failed(request) || failed(verifyPlans(getOperation())))
      return signalPassFailure();
    for (const NamedLayer &named : collectLayers(getOperation()))
      if (failed(planLayer(*request, named)))
        return signalPassFailure();
    getOperation()->setAttr(
        TASDDialect::kPlanCountAttrName,
        Builder(&getContext())
            .getI64IntegerAttr(collectPlans(getOperation()).size()));
  }

private:
  FailureOr<Request> parseOptions();
  LogicalResult planLayer(const Request &request, const NamedLayer &named);
  FailureOr<std::optional<llvm::GlobPattern>> parseGlob(StringRef option,
                                                        StringRef text);
};
} // namespace

FailureOr<std::optional<llvm::GlobPattern>>
PlanPass::parseGlob(StringRef option, StringRef text) {
  if (text.empty())
    return std::optional<llvm::GlobPattern>();
  llvm::Expected<llvm::GlobPattern> glob =
      llvm::GlobPattern::create(text, /*MaxSubPatterns=*/1024);
  if (!glob)
    return emitError(getOperation().getLoc())
           << "option " << option << ": " << llvm::toString(glob.takeError());
  return std::optional<llvm::GlobPattern>(std::move(*glob));
}

FailureOr<Request> PlanPass::parseOptions() {
  Request request;
  Location loc = getOperation().getLoc();
  if (strategy != "uniform")
    return emitError(loc) << "option strategy: expected uniform but got '"
                          << strategy << "'";
  for (const std::string &text : series) {
    FailureOr<SeriesAttr> parsed =
        SeriesAttr::parseText(&getContext(), text, [&] {
          return emitError(loc) << "option series: ";
        });
    if (failed(parsed))
      return failure();
    request.candidates.push_back(*parsed);
    request.series.push_back(parsed->getSeries());
  }
  if (maxDroppedMagnitude >= 0)
    request.bound = maxDroppedMagnitude;
  if (!(maxDroppedMagnitude <= 1))
    return emitError(loc) << "option max-dropped-magnitude: expected a share "
                             "of at most 1 but got "
                          << maxDroppedMagnitude;
  if (request.candidates.empty() ||
      (!request.bound && request.candidates.size() != 1))
    return emitError(loc) << "option series: expected "
                          << (request.bound ? "a series"
                                            : "exactly one series without "
                                              "max-dropped-magnitude")
                          << " but got " << request.candidates.size();
  request.side = side;
  auto layersGlob = parseGlob("layers", layers),
       skipGlob = parseGlob("skip", skip);
  if (failed(layersGlob) || failed(skipGlob))
    return failure();
  request.layers = std::move(*layersGlob);
  request.skip = std::move(*skipGlob);
  return request;
}

LogicalResult PlanPass::planLayer(const Request &request,
                                  const NamedLayer &named) {
  Decision decision;
  linalg::LinalgOp op = named.layer.getOp();
  auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  bool isChosen = (!request.layers || request.layers->match(named.name)) &&
                  !(request.skip && request.skip->match(named.name));
  if (plan) {
    decision.plan = plan;
    ++numKept;
  } else if (!isChosen) {
    decision.reason = "the options leave it out";
  } else if (failed(decide(request, named.layer, decision))) {
    return failure();
  }
  remarkDecision(named, decision, /*wasThere=*/static_cast<bool>(plan),
                 getArgument());
  ++numLayers;
  if (!decision.plan)
    ++numDense;
  else if (!plan) {
    ++numPlanned;
    op->setAttr(TASDDialect::kPlanAttrName, decision.plan);
  }
  if (decision.metrics)
    numDropped += decision.metrics->droppedNonZeros;
  return success();
}
