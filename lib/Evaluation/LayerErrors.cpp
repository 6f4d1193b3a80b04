//===- LayerErrors.cpp - How far plans move each layer's output -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/LayerErrors.h"

#include "ProbeBuilder.h"

#include "tasd/Evaluation/LayerProbes.h"

#include <cmath>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

/// The results of the probed entry, summed up over all batches.
static llvm::Expected<SmallVector<double>>
sumOverBatches(const Executable &executable, FunctionType type,
               ArrayRef<NDArray> inputs, int64_t batch,
               ProgressFunction progress) {
  SmallVector<double> sums(executable.getSignature().results.size(), 0);
  auto add = [&](ArrayRef<double> values) {
    for (auto [sum, value] : llvm::zip_equal(sums, values))
      sum += value;
  };
  if (llvm::Error error =
          forEachBatch(executable, type, inputs, batch, add, progress))
    return std::move(error);
  return sums;
}

/// Takes the ratio of the norms.
static llvm::Error setRelativeError(LayerError &layer, double squaredError,
                                    double squaredNorm) {
  if (!std::isfinite(squaredError) || !std::isfinite(squaredNorm))
    return llvm::createStringError(
        "layer '" + layer.name +
        "': expected finite outputs to compare but got NaN or infinity");
  if (squaredError == 0)
    layer.relativeError = 0;
  else if (squaredNorm == 0)
    layer.reason = "its dense output is zero everywhere";
  else
    layer.relativeError = std::sqrt(squaredError / squaredNorm);
  return llvm::Error::success();
}

/// The errors of the layers from the sums of those that were measured.
static llvm::Expected<std::vector<LayerError>>
makeErrors(ArrayRef<LayerProbe> probes, ArrayRef<double> sums) {
  std::vector<LayerError> errors;
  for (const LayerProbe &probe : probes) {
    LayerError &error =
        errors.emplace_back(LayerError{probe.name, {}, probe.obstacle});
    if (!probe.isMeasured())
      continue;
    if (llvm::Error failure = setRelativeError(error, sums[0], sums[1]))
      return std::move(failure);
    sums = sums.drop_front(2);
  }
  return errors;
}

FailureOr<std::vector<LayerError>>
evaluation::measureLayerErrors(ModuleOp module, func::FuncOp entry,
                               const Backend &backend, ArrayRef<NDArray> inputs,
                               int64_t batch, ProgressFunction progress) {
  ProbedModule probed = addLayerProbes(module, entry);
  SmallVector<double> sums;
  if (llvm::any_of(probed.layers, [](const LayerProbe &layer) {
        return layer.isMeasured();
      })) {
    FailureOr<Executable> executable =
        compile(*probed.module, probed.entry, backend);
    if (failed(executable))
      return failure();
    llvm::Expected<SmallVector<double>> measured = sumOverBatches(
        *executable, entry.getFunctionType(), inputs, batch, progress);
    if (!measured)
      return entry.emitError(llvm::toString(measured.takeError()));
    sums = std::move(*measured);
  }
  llvm::Expected<std::vector<LayerError>> errors =
      makeErrors(probed.layers, sums);
  if (!errors)
    return entry.emitError(llvm::toString(errors.takeError()));
  return std::move(*errors);
}
