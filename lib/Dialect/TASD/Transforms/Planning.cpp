//===- Planning.cpp - Choose the series of a layer ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Planning.h"

#include "LayerPlanner.h"

#include "tasd/Pass/Remarks.h"

using namespace mlir;
using namespace mlir::tasd;

static constexpr StringLiteral kPass = "tasd-plan";

llvm::Expected<llvm::GlobPattern> mlir::tasd::parseLayerGlob(StringRef text) {
  return llvm::GlobPattern::create(text, /*MaxSubPatterns=*/1024);
}

/// Not a number is no share either.
static bool isShare(double value) { return value >= 0 && value <= 1; }

LogicalResult PlanRequest::verify(
    bool hasMachine,
    function_ref<InFlightDiagnostic(StringRef)> emitError) const {
  if (bound && !isShare(*bound))
    return emitError("max-dropped-magnitude")
           << "expected a share of 0 to 1 but got " << *bound;
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
    llvm::Error error = checkSeries(model->getMachine(), machine::Operand::A,
                                    candidate.getSeries());
    if (!error) {
      runnable.push_back(candidate);
      continue;
    }
    std::string reason = llvm::toString(std::move(error));
    if (candidates.size() == 1)
      return emitError("series") << reason;
    remarkMissed(op, kPass,
                 {{"series", candidate.getText()}, {"reason", reason}});
  }
  candidates = std::move(runnable);
  return success();
}

bool PlanRequest::isChosen(StringRef layer) const {
  return (!layers || layers->match(layer)) && !(skip && skip->match(layer));
}

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

/// What a layer costs as it was decided, beside dense.
static void addCosts(SmallVectorImpl<RemarkArgument> &arguments,
                     const PlanDecision &decision,
                     const machine::Machine &machine) {
  const cost::Cost &cost = decision.mapped->mapped.cost;
  const cost::Cost &dense = decision.dense->mapped.cost;
  arguments.append({{"machine", machine.name},
                    {"cycles", toRemarkValue(cost.cycles)},
                    {"energy_pj", toRemarkValue(cost.energyPj)},
                    {"binding_level", cost.bindingLevel},
                    {"dense_cycles", toRemarkValue(dense.cycles)},
                    {"dense_energy_pj", toRemarkValue(dense.energyPj)}});
}

static void addSeries(SmallVectorImpl<RemarkArgument> &arguments,
                      const PlanDecision &decision) {
  // Without the mapping, which is long.
  PlanAttr plan = decision.plan.withMapping(nullptr);
  arguments.push_back({"plan", toRemarkValue(plan)});
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
}

static void remarkDecision(const PlanRequest &request, const NamedLayer &named,
                           const PlanDecision &decision) {
  SmallVector<RemarkArgument> arguments = {{"layer", named.name}};
  bool isPlanned = decision.isKept || !decision.isDense();
  if (isPlanned)
    addSeries(arguments, decision);
  else
    arguments.push_back({"reason", decision.reason});
  if (decision.mapped)
    addCosts(arguments, decision, request.model->getMachine());
  isPlanned ? remarkPassed(named.layer.getOp(), kPass, arguments)
            : remarkMissed(named.layer.getOp(), kPass, arguments);
}

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

/// Asks what a plan that was there costs, and gives it a mapping if it has
/// none.
static LogicalResult mapKept(const CostModel &model, const NamedLayer &named,
                             PlanDecision &decision) {
  LayerWork work =
      LayerWork::get(named, decision.plan, model.getDynamicExtent());
  if (failed(verifyLossless(work, model.getMachine())) ||
      failed(measureDensities(work, model.getMachine())))
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

/// The decision for a layer: the plan it has, or one of the candidates.
static FailureOr<PlanDecision> decide(const PlanRequest &request,
                                      const NamedLayer &named) {
  PlanDecision decision;
  linalg::LinalgOp op = named.layer.getOp();
  if (auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName)) {
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

FailureOr<PlanDecision> mlir::tasd::planLayer(const PlanRequest &request,
                                              const NamedLayer &named) {
  FailureOr<PlanDecision> decision = decide(request, named);
  if (failed(decision))
    return failure();
  remarkDecision(request, named, *decision);
  if (decision->plan)
    named.layer.getOp()->setAttr(TASDDialect::kPlanAttrName, decision->plan);
  return decision;
}
