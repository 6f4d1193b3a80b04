//===- TasderPruning.cpp - Searches among prunings ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where strategies that prune change the job: the candidates; and where scores
// of a file say what is left out, the weights of trials and of the module that
// is written.
//
//===----------------------------------------------------------------------===//

#include "TasderJob.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Transforms/ScoredPruning.h"

#include <cstring>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::PrunedWeights;

InFlightDiagnostic TasderJob::emitFlagError(StringRef flag) {
  return emitError(module.getLoc()) << "--" << flag << ": ";
}

/// One for each sparsity.
static std::vector<search::PruningOptions>
getPruningOptions(const TasderOptions &options) {
  std::vector<search::PruningOptions> list;
  for (double sparsity : options.sparsities)
    list.emplace_back(options.pruning).sparsity = sparsity;
  return list;
}

/// Adds the series by which all layers are pruned together.
LogicalResult TasderJob::addPruned() {
  request.side = mlir::tasd::PlanSide::Weights;
  request.isPruning = true;
  auto options = getPruningOptions(inputs.options);
  return inputs.options.scoresPath.empty() ? addPruned(options)
                                           : addScored(options);
}

LogicalResult TasderJob::addPruned(ArrayRef<search::PruningOptions> options) {
  for (const search::PruningOptions &each : options) {
    FailureOr<mlir::tasd::SeriesAttr> series = mlir::tasd::choosePrunedSeries(
        module, request, *inputs.pruning, each,
        [&](StringRef option) { return emitFlagError(option); });
    if (failed(series))
      return failure();
    if (!llvm::is_contained(request.candidates, *series))
      request.candidates.push_back(*series);
  }
  return success();
}

LogicalResult TasderJob::addScored(ArrayRef<search::PruningOptions> options) {
  auto pruned = mlir::tasd::pruneByScores(
      module, request, *inputs.pruning, options, inputs.options.scoresPath,
      [&](StringRef option) { return emitFlagError(option); });
  if (failed(pruned))
    return failure();
  request.candidates = std::move(pruned->series);
  request.pruned = std::move(pruned->weights);
  return success();
}

/// Writes what was left of weights, all of which stand in row-major order.
static llvm::Error copyRest(const PrunedWeights::Input &pruned,
                            const sparsity::MutableTensorView &target) {
  arith::ConstantOp rest = *pruned.rest;
  auto data = mlir::tasd::ElementsData::get(cast<ElementsAttr>(rest.getValue()),
                                            [&] { return rest.emitError(); });
  if (failed(data))
    return llvm::createStringError("expected the data of pruned weights");
  std::memcpy(target.data, data->bytes.data(), data->bytes.size());
  return llvm::Error::success();
}

ComposeWeights TasderJob::getComposeScored() const {
  return [weights = request.pruned, layers = mlir::tasd::collectLayers(module)](
             LayerInput place, mlir::tasd::OperandPlanAttr plan,
             const sparsity::TensorView &dense,
             const sparsity::MutableTensorView &target) {
    const PrunedWeights::Input *pruned = weights->find(
        layers[place.layer].layer.getOp(), place.input, plan.getSeries());
    return pruned ? copyRest(*pruned, target)
                  : composeKept(place, plan, dense, target);
  };
}

/// Gives the planned module what its plans leave of the weights.
void TasderJob::replaceScored() {
  for (auto [named, copy] :
       llvm::zip_equal(mlir::tasd::collectLayers(module),
                       mlir::tasd::collectLayers(*planned))) {
    linalg::LinalgOp op = named.layer.getOp(), target = copy.layer.getOp();
    StringRef name = mlir::tasd::TASDDialect::kPlanAttrName;
    auto plan = op->getAttrOfType<mlir::tasd::PlanAttr>(name);
    if (!plan)
      continue;
    request.pruned->replaceInputs(op, plan, target);
    target->setAttr(name, request.pruned->getStored(op, plan));
  }
}
