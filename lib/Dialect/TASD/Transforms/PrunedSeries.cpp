//===- PrunedSeries.cpp - A series chosen for all layers at once ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/PrunedSeries.h"

#include "PrunedInputs.h"

#include "tasd/Dialect/TASD/IR/ConstantStorage.h"

using namespace mlir;
using namespace mlir::tasd;

static FailureOr<std::vector<ConstantTensor>>
getConstants(ArrayRef<PrunedInput> inputs) {
  std::vector<ConstantTensor> constants;
  for (const PrunedInput &pruned : inputs) {
    auto constant = ConstantTensor::get(pruned.getValue());
    if (failed(constant))
      return failure();
    constants.push_back(std::move(*constant));
  }
  return constants;
}

FailureOr<SeriesAttr> mlir::tasd::choosePrunedSeries(
    ModuleOp module, const PlanRequest &request, const search::Pruning &pruning,
    const search::PruningOptions &options,
    function_ref<InFlightDiagnostic(StringRef)> emitError) {
  auto task = getPruningTask(module, request, pruning, options, emitError);
  if (failed(task))
    return failure();
  auto constants = getConstants(task->inputs);
  if (failed(constants))
    return failure();
  std::vector<search::PrunedLayer> layers;
  for (auto [pruned, constant] : llvm::zip_equal(task->inputs, *constants))
    layers.push_back({pruned.named.name, pruned.getView(constant)});
  auto chosen = search::prune(layers, task->series.getSeries(), options);
  releaseConstantData(module.getContext());
  if (!chosen)
    return mlir::emitError(module.getLoc(), llvm::toString(chosen.takeError()));
  return SeriesAttr::get(module.getContext(), *chosen);
}
