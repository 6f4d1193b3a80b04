//===- ScoredPruning.cpp - Prune weights by scores of a file --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/ScoredPruning.h"

#include "PrunedInputs.h"
#include "Resources.h"
#include "ScoreTable.h"

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Search/StoredSeries.h"
#include "tasd/Sparsity/Masking.h"
#include "tasd/Sparsity/Packing.h"

#include <cmath>

using namespace mlir;
using namespace mlir::tasd;

using EmitOptionError = function_ref<InFlightDiagnostic(StringRef)>;

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

namespace {
/// A part of an input's weights, in row-major order.
struct WeightsPart {
  AsmResourceBlob blob;
  sparsity::TensorView view;
};
} // namespace

static WeightsPart copyPart(const sparsity::TensorView &weights,
                            const sparsity::Ownership &ownership,
                            sparsity::Part part, RankedTensorType type) {
  WeightsPart copy{
      HeapAsmResourceBlob::allocate(getNumBytes(type), kResourceAlignment),
      sparsity::TensorView::contiguous(nullptr, weights.elementType,
                                       weights.blocked.shape,
                                       weights.blocked.along)};
  copy.view.data = copy.blob.getData().data();
  sparsity::copyPart(weights, ownership, part,
                     {copy.blob.getMutableData().data(), copy.view.elementType,
                      copy.view.blocked, copy.view.strides});
  return copy;
}

/// What a tensor, without series, holds.
static llvm::Expected<sparsity::TensorMetrics>
measure(const sparsity::TensorView &view, MLIRContext *context) {
  auto metrics = sparsity::measure(view, {}, {}, getThreadPool(context));
  if (!metrics)
    return metrics.takeError();
  return metrics->tensor;
}

/// The metrics of a tensor by what is kept of it and what is left out.
static sparsity::Metrics join(const sparsity::TensorMetrics &all,
                              const sparsity::TensorMetrics &kept,
                              const sparsity::TensorMetrics &dropped) {
  sparsity::SeriesMetrics series;
  series.keptNonZeros = kept.numNonZeros;
  series.droppedNonZeros = dropped.numNonZeros;
  series.keptMagnitude = kept.magnitude;
  series.droppedMagnitude = dropped.magnitude;
  series.keptSquaredNorm = kept.squaredNorm;
  series.droppedSquaredNorm = dropped.squaredNorm;
  return {all, {series}, {}};
}

static sparsity::PatternRef getOverlay(MLIRContext *context) {
  return llvm::cantFail(context->getLoadedDialect<TASDDialect>()
                            ->getPatternRegistry()
                            .parsePattern(search::getOverlayText()));
}

/// A constant that stands in no block.
static OwningOpRef<arith::ConstantOp> createConstant(linalg::LinalgOp op,
                                                     const PrunedInput &pruned,
                                                     RankedTensorType type,
                                                     WeightsPart part) {
  OpBuilder builder(op.getContext());
  return arith::ConstantOp::create(
      builder, op.getLoc(),
      createConstantAttr(type, pruned.named.name, std::move(part.blob)));
}

/// What is left of an input without what a series leaves out of its scores.
static llvm::Expected<PrunedWeights::Input>
prune(const PrunedInput &pruned, const ConstantTensor &constant,
      const sparsity::TensorView &scores, SeriesAttr chosen) {
  linalg::LinalgOp op = pruned.named.layer.getOp();
  MLIRContext *context = op->getContext();
  auto ownership =
      sparsity::select(scores, chosen.getSeries(), getThreadPool(context));
  if (!ownership)
    return ownership.takeError();
  sparsity::TensorView view = pruned.getView(constant);
  RankedTensorType type = constant.getType();
  WeightsPart rest = copyPart(view, *ownership, sparsity::Part::Owned, type);
  WeightsPart left = copyPart(view, *ownership, sparsity::Part::Unowned, type);
  auto all = measure(view, context), kept = measure(rest.view, context),
       dropped = measure(left.view, context);
  for (auto *metrics : {&all, &kept, &dropped})
    if (!*metrics)
      return metrics->takeError();
  // Scores may leave out any element, but infinities and NaNs must not go.
  if (!std::isfinite(all->magnitude))
    return llvm::createStringError(
        "layer '" + pruned.named.name +
        "': expected weights that are finite but got a "
        "NaN or an infinity");
  auto stored = search::chooseStoredSeries(chosen.getSeries(), scores,
                                           rest.view, getOverlay(context));
  if (!stored)
    return stored.takeError();
  return PrunedWeights::Input{
      op,
      pruned.input,
      chosen,
      SeriesAttr::get(context, *stored),
      join(*all, *kept, *dropped),
      createConstant(op, pruned, type, std::move(rest))};
}

static LogicalResult prune(ArrayRef<PrunedInput> inputs,
                           ArrayRef<search::PrunedLayer> scores,
                           SeriesAttr chosen, PrunedWeights &weights) {
  for (auto [pruned, layer] : llvm::zip_equal(inputs, scores)) {
    Operation *op = pruned.named.layer.getOp();
    auto constant = ConstantTensor::get(pruned.getValue());
    if (failed(constant))
      return failure();
    auto left = prune(pruned, *constant, layer.weights, chosen);
    releaseConstantData(op->getContext());
    if (!left)
      return emitError(op->getLoc(), llvm::toString(left.takeError()));
    weights.add(std::move(*left));
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Prunings
//===----------------------------------------------------------------------===//

/// Verifies that the machine, if there is one, runs the series of a task.
static LogicalResult verifyRunnable(const PlanRequest &request,
                                    ArrayRef<PruningTask> tasks,
                                    EmitOptionError emitError) {
  if (!request.model)
    return success();
  std::string reason;
  for (const PruningTask &task : llvm::reverse(tasks)) {
    llvm::Error error = checkPlannedSeries(request.model->getMachine(),
                                           task.series.getSeries());
    if (!error)
      return success();
    reason = llvm::toString(std::move(error));
  }
  return emitError("strategy") << reason;
}

static FailureOr<std::vector<PruningTask>>
getTasks(ModuleOp module, const PlanRequest &request,
         const search::Pruning &pruning,
         ArrayRef<search::PruningOptions> options, EmitOptionError emitError) {
  std::vector<PruningTask> tasks;
  for (const search::PruningOptions &each : options) {
    auto task = getPruningTask(module, request, pruning, each, emitError);
    if (failed(task))
      return failure();
    tasks.push_back(std::move(*task));
  }
  if (failed(verifyRunnable(request, tasks, emitError)))
    return failure();
  return tasks;
}

FailureOr<ScoredPruning>
mlir::tasd::pruneByScores(ModuleOp module, const PlanRequest &request,
                          const search::Pruning &pruning,
                          ArrayRef<search::PruningOptions> options,
                          StringRef path, EmitOptionError emitError) {
  MLIRContext *context = module.getContext();
  auto tasks = getTasks(module, request, pruning, options, emitError);
  if (failed(tasks))
    return failure();
  auto table = ScoreTable::read(module, path, emitError);
  if (failed(table))
    return failure();
  ScoredPruning result;
  auto weights = std::make_shared<PrunedWeights>();
  for (auto [task, each] : llvm::zip_equal(*tasks, options)) {
    auto scores = table->getLayers(task.inputs);
    if (failed(scores))
      return failure();
    auto chosen = search::prune(*scores, task.series.getSeries(), each);
    if (!chosen)
      return emitError("scores")
             << path << ": " << llvm::toString(chosen.takeError());
    auto series = SeriesAttr::get(context, *chosen);
    if (llvm::is_contained(result.series, series))
      continue;
    result.series.push_back(series);
    if (failed(prune(task.inputs, *scores, series, *weights)))
      return failure();
  }
  result.weights = std::move(weights);
  return result;
}
