//===- ProfileModule.cpp - Measure a model on data ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/ProfileModule.h"

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Runtime/ProfileCollector.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

/// Calls the function batch by batch, and drops its results.
static llvm::Error callAll(const Executable &executable,
                           ArrayRef<NDArray> inputs, int64_t batch,
                           ProgressFunction progress) {
  llvm::Expected<Slices> slices =
      Slices::get(executable.getSignature(), inputs, batch);
  if (!slices)
    return slices.takeError();
  return forEachCall(
      executable, *slices, inputs,
      [](const RunResult &) { return llvm::Error::success(); }, progress);
}

/// What the calls of an instrumented function measure.
static llvm::Expected<sparsity::Profile>
collect(const Executable &executable, llvm::ThreadPoolInterface *pool,
        ArrayRef<NDArray> inputs, int64_t batch, ProgressFunction progress) {
  runtime::ProfileCollector collector(pool);
  runtime::ProfileScope scope(collector);
  if (llvm::Error error = callAll(executable, inputs, batch, progress))
    return std::move(error);
  llvm::Expected<sparsity::Profile> profile = collector.take();
  if (profile && profile->layers.empty())
    return llvm::createStringError("expected a layer to run but none did");
  return profile;
}

FailureOr<sparsity::Profile> evaluation::profileModule(
    ModuleOp module, func::FuncOp entry, const Backend &backend,
    const mlir::tasd::InstrumentRequest &request, ArrayRef<NDArray> inputs,
    int64_t batch, ProgressFunction progress) {
  OwningOpRef<ModuleOp> instrumented = module.clone();
  if (llvm::Error error = request.verify())
    return entry.emitError(llvm::toString(std::move(error)));
  if (mlir::tasd::instrumentModule(*instrumented, request).done == 0)
    return entry.emitError("expected a layer with an input to measure");
  FailureOr<Executable> executable = compile(*instrumented, entry, backend);
  if (failed(executable))
    return failure();
  llvm::Expected<sparsity::Profile> profile =
      collect(*executable, mlir::tasd::getThreadPool(module.getContext()),
              inputs, batch, progress);
  if (!profile)
    return entry.emitError(llvm::toString(profile.takeError()));
  return std::move(*profile);
}
