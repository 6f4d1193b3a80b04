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

#include "tasd/Dialect/TASD/Transforms/MachineOptions.h"

#include "tasd/Dialect/TASD/Transforms/Planning.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PLAN
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// Verifies the plans that were there.
static LogicalResult verifyPlans(ModuleOp module) {
  for (auto [op, plan] : collectPlans(module))
    if (failed(verifyPlan(op, plan)))
      return failure();
  return success();
}

/// A glob that fits no layer is more likely a slip than a wish.
static void warnIfUseless(ModuleOp module, StringRef option, StringRef text,
                          const std::optional<llvm::GlobPattern> &glob,
                          ArrayRef<NamedLayer> layers) {
  if (!glob || text == "*" ||
      llvm::any_of(layers, [&](const NamedLayer &named) {
        return glob->match(named.name);
      }))
    return;
  mlir::emitWarning(module.getLoc())
      << "option " << option << ": expected the name of a layer but '" << text
      << "' fits none";
}

namespace {
struct PlanPass : mlir::tasd::impl::PlanBase<PlanPass> {
  using PlanBase::PlanBase;

  void runOnOperation() override {
    FailureOr<PlanRequest> request = parseOptions();
    if (failed(request) || failed(verifyPlans(getOperation())))
      return signalPassFailure();
    auto namedLayers = collectLayers(getOperation());
    warnIfUseless(getOperation(), "layers", layers, request->layers,
                  namedLayers);
    warnIfUseless(getOperation(), "skip", skip, request->skip, namedLayers);
    for (const NamedLayer &named : namedLayers) {
      FailureOr<PlanDecision> decision = planLayer(*request, named);
      if (failed(decision))
        return signalPassFailure();
      count(*decision);
    }
    stampPlanCount(getOperation());
  }

private:
  FailureOr<PlanRequest> parseOptions();
  LogicalResult loadMachine(PlanRequest &request);
  FailureOr<std::optional<llvm::GlobPattern>> parseGlob(StringRef option,
                                                        StringRef text);
  void count(const PlanDecision &decision);
};
} // namespace

void PlanPass::count(const PlanDecision &decision) {
  ++numLayers;
  if (decision.metrics)
    numDropped += decision.metrics->droppedNonZeros;
  numMapped += decision.mapped.has_value();
  if (decision.isKept)
    ++numKept;
  else
    ++(decision.isDense() ? numDense : numPlanned);
}

FailureOr<std::optional<llvm::GlobPattern>>
PlanPass::parseGlob(StringRef option, StringRef text) {
  if (text.empty())
    return std::optional<llvm::GlobPattern>();
  llvm::Expected<llvm::GlobPattern> glob = parseLayerGlob(text);
  if (!glob)
    return emitError(getOperation().getLoc())
           << "option " << option << ": " << llvm::toString(glob.takeError());
  return std::optional<llvm::GlobPattern>(std::move(*glob));
}

LogicalResult PlanPass::loadMachine(PlanRequest &request) {
  if (machine.empty())
    return success();
  auto model = loadCostModel(
      getOperation(), {machine, "", energyProfile, objective, dynamicExtent});
  if (succeeded(model))
    request.model = std::move(*model);
  return model;
}

FailureOr<PlanRequest> PlanPass::parseOptions() {
  PlanRequest request;
  Location loc = getOperation().getLoc();
  auto emitOptionError = [&](StringRef option) {
    return emitError(loc) << "option " << option << ": ";
  };
  if (strategy != "uniform")
    return emitOptionError("strategy")
           << "expected uniform but got '" << strategy << "'";
  for (const std::string &text : series) {
    FailureOr<SeriesAttr> parsed = SeriesAttr::parseText(
        &getContext(), text, [&] { return emitOptionError("series"); });
    if (failed(parsed))
      return failure();
    request.candidates.push_back(*parsed);
  }
  // Not a number is no bound to take, but one to reject.
  if (!(maxDroppedMagnitude < 0))
    request.bound = maxDroppedMagnitude;
  request.side = side;
  auto layersGlob = parseGlob("layers", layers),
       skipGlob = parseGlob("skip", skip);
  if (failed(layersGlob) || failed(skipGlob) || failed(loadMachine(request)) ||
      failed(request.verify(!machine.empty(), emitOptionError)))
    return failure();
  request.layers = std::move(*layersGlob);
  request.skip = std::move(*skipGlob);
  if (request.model &&
      failed(request.dropForeign(getOperation(), emitOptionError)))
    return failure();
  return request;
}
