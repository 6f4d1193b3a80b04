//===- LayerOps.cpp - Choose layers and plan them -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Payload.h"
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.h"
#include "tasd/Dialect/TASD/Transforms/MachineOptions.h"
#include "tasd/Dialect/TASD/Transforms/Planning.h"

using namespace mlir;
using namespace mlir::tasd;

/// The layers of the payload, or copies, that the targets are in: their names
/// depend on what is around them.
static SmallVector<NamedLayer>
collectLayersAround(ArrayRef<Operation *> targets,
                    const transform::TransformState &state) {
  llvm::SetVector<Operation *> roots;
  for (Operation *root : targets) {
    if (isInPayload(root, state))
      root = state.getTopLevel();
    while (root != state.getTopLevel() && root->getParentOp())
      root = root->getParentOp();
    roots.insert(root);
  }
  SmallVector<NamedLayer> layers;
  for (Operation *root : roots)
    llvm::append_range(layers, collectLayers(root));
  return layers;
}

LogicalResult TransformMatchLayersOp::verify() {
  llvm::Expected<llvm::GlobPattern> glob = parseLayerGlob(getLayers());
  if (!glob) // match_layers_c1
    return emitOpError("expected a glob: ") << llvm::toString(glob.takeError());
  return success();
}

DiagnosedSilenceableFailure
TransformMatchLayersOp::apply(transform::TransformRewriter &rewriter,
                              transform::TransformResults &results,
                              transform::TransformState &state) {
  llvm::GlobPattern glob = llvm::cantFail(parseLayerGlob(getLayers()));
  SmallVector<Operation *> targets =
      llvm::to_vector(state.getPayloadOps(getTarget()));
  SmallVector<Operation *> matched;
  for (const NamedLayer &named : collectLayersAround(targets, state)) {
    Operation *layer = named.layer.getOp();
    bool isInside = llvm::any_of(
        targets, [&](Operation *target) { return target->isAncestor(layer); });
    if (isInside && glob.match(named.name))
      matched.push_back(layer);
  }
  results.set(cast<OpResult>(getMatched()), matched);
  return DiagnosedSilenceableFailure::success();
}

void TransformMatchLayersOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  transform::onlyReadsHandle(getTargetMutable(), effects);
  transform::producesHandle(getOperation()->getOpResults(), effects);
  transform::onlyReadsPayload(effects);
}

static PlanRequest getRequest(TransformPlanOp op) {
  PlanRequest request;
  llvm::append_range(request.candidates,
                     op.getSeries().getAsRange<SeriesAttr>());
  if (std::optional<APFloat> bound = op.getMaxDroppedMagnitude())
    request.bound = bound->convertToDouble();
  request.side = op.getSide();
  return request;
}

LogicalResult TransformPlanOp::verify() {
  auto emitOptionError = [&](StringRef option) {
    return emitOpError(option) << ": ";
  };
  // transform_plan_c1, transform_plan_c2
  if (failed(
          getRequest(*this).verify(getMachine().has_value(), emitOptionError)))
    return failure();
  std::optional<StringRef> objective = getObjective();
  if (objective && !cost::parseObjective(*objective)) // transform_plan_c3
    return emitOptionError("objective")
           << "expected latency, energy or edp but got '" << *objective << "'";
  if (objective && !getMachine()) // transform_plan_c3
    return emitOptionError("objective") << "expected a machine";
  return success();
}

/// Adds the machine of the op to what it asks for, if it has one, and leaves
/// out the series that it does not run.
static LogicalResult addMachine(TransformPlanOp op, Operation *payload,
                                PlanRequest &request) {
  if (!op.getMachine())
    return success();
  CostOptions options;
  options.machine = op.getMachine()->str();
  if (std::optional<StringRef> objective = op.getObjective())
    options.objective = *cost::parseObjective(*objective);
  auto model = loadCostModel(op, options);
  if (failed(model))
    return failure();
  request.model = std::move(*model);
  return request.dropForeign(payload, [&](StringRef option) {
    return op.emitOpError(option) << ": ";
  });
}

/// Why the plan that a layer has cannot be carried out; empty if it can.
static std::string findPlanViolation(const Layer &layer) {
  auto plan =
      layer.getOp()->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  return plan && !plan.isDense() ? layer.findViolation(plan) : std::string();
}

/// The targets as layers, called as in the whole payload.
static DiagnosedSilenceableFailure
getTargetLayers(TransformPlanOp op, transform::TransformState &state,
                SmallVectorImpl<NamedLayer> &targets) {
  SmallVector<Operation *> payload =
      llvm::to_vector(state.getPayloadOps(op.getTarget()));
  llvm::DenseMap<Operation *, NamedLayer> layers;
  for (NamedLayer &named : collectLayersAround(payload, state))
    layers.try_emplace(named.layer.getOp(), std::move(named));
  for (Operation *target : payload) {
    auto named = layers.find(target);
    if (named == layers.end())
      return failSilenceably(op, target,
                             "expected a contraction or a convolution");
    std::string violation = findPlanViolation(named->second.layer);
    if (!violation.empty())
      return failSilenceably(op, target, "has a plan: " + violation);
    targets.push_back(named->second);
  }
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
TransformPlanOp::apply(transform::TransformRewriter &rewriter,
                       transform::TransformResults &results,
                       transform::TransformState &state) {
  SmallVector<NamedLayer> targets;
  DiagnosedSilenceableFailure status = getTargetLayers(*this, state, targets);
  if (!status.succeeded())
    return status;
  PlanRequest request = getRequest(*this);
  if (failed(addMachine(*this, state.getTopLevel(), request)))
    return DiagnosedSilenceableFailure::definiteFailure();
  SmallVector<Operation *> planned;
  int64_t numSet = 0;
  for (const NamedLayer &target : targets) {
    FailureOr<PlanDecision> decision = planLayer(request, target);
    if (failed(decision))
      return DiagnosedSilenceableFailure::definiteFailure();
    if (!decision->plan || decision->plan.isDense())
      continue;
    // Whether a copy becomes the payload is not known yet: better to count too
    // few than to warn of a loss where there is none.
    numSet += !decision->isKept && isInPayload(target.layer.getOp(), state);
    planned.push_back(target.layer.getOp());
  }
  changePlanCount(state, numSet);
  results.set(cast<OpResult>(getPlanned()), planned);
  return DiagnosedSilenceableFailure::success();
}

void TransformPlanOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  transform::onlyReadsHandle(getTargetMutable(), effects);
  transform::producesHandle(getOperation()->getOpResults(), effects);
  transform::modifiesPayload(effects);
}
