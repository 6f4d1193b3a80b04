//===- RunJob.cpp - The runs of tasd-run ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunJob.h"

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Evaluation/LayerErrors.h"
#include "tasd/Runtime/ProfileCollector.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

RunJob::RunJob(ModuleOp module, func::FuncOp entry,
               const RunToolOptions &options, const RunData &data,
               const Backend &backend, const Backend *baseline)
    : module(module), entry(entry), options(options), data(data),
      backend(backend), baseline(baseline) {
  if (const machine::Machine *machine = backend.getMachine())
    accelerator.emplace(*machine, baseline ? baseline->getMachine() : nullptr,
                        options.backend.objective);
  if (!options.tracePath.empty())
    trace.emplace(backend.getMachine()->clockGHz);
}

const Backend &RunJob::getNumericBackend() const {
  return accelerator ? getCPUBackend() : backend;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

FailureOr<RunResult> RunJob::callAll(const Executable &executable,
                                     StringRef name, ProgressFunction onCall) {
  // Simulated time is the same every time, and data are measured once.
  bool isOnce = accelerator || !options.profilePath.empty();
  int64_t repeat = isOnce ? 1 : options.repeat;
  llvm::Expected<RunResult> result = runRepeatedly(
      executable, data.inputs, options.batch, repeat,
      [&](int64_t numDone, int64_t numAll) {
        onCall(numDone, numAll);
        progress.show("running the " + name + " module", numDone, numAll);
      });
  if (!result)
    return entry.emitError(llvm::toString(result.takeError()));
  return std::move(*result);
}

/// Calls code that launches programs.
FailureOr<RunResult> RunJob::launchAll(const Executable &executable,
                                       const machine::Machine &machine) {
  LaunchScope scope(machine);
  std::map<std::string, int64_t> launches;
  llvm::Error error = llvm::Error::success();
  int64_t numCalls = 1;
  auto count = [&](int64_t, int64_t numAll) {
    numCalls = numAll;
    // Results of launches would pile up.
    error = llvm::joinErrors(std::move(error), scope.count(launches));
  };
  FailureOr<RunResult> result = callAll(executable, "planned", count);
  count(numCalls, numCalls);
  if (error)
    return entry.emitError(llvm::toString(std::move(error)));
  accelerator->setLaunches(launches, numCalls);
  return result;
}

/// Compiles and runs what lowerLayers gave, which `name` tells from others in
/// the progress.
FailureOr<RunResult> RunJob::execute(StringRef name, ModuleOp lowered,
                                     const Backend &backend) {
  progress.show("compiling the " + name + " module");
  FailureOr<Executable> executable = compileHost(lowered, entry, backend);
  if (failed(executable))
    return failure();
  if (const machine::Machine *machine = backend.getMachine())
    return launchAll(*executable, *machine);
  return callAll(*executable, name, [](int64_t, int64_t) {});
}

/// Runs the module as it is, and takes what it measures.
FailureOr<RunResult> RunJob::executePlanned(ModuleOp lowered) {
  if (options.profilePath.empty())
    return execute("planned", lowered, backend);
  runtime::ProfileCollector collector(
      mlir::tasd::getThreadPool(module.getContext()));
  runtime::ProfileScope scope(collector);
  FailureOr<RunResult> result = execute("instrumented", lowered, backend);
  if (failed(result))
    return failure();
  llvm::Expected<sparsity::Profile> taken = collector.take();
  if (!taken)
    return entry.emitError(llvm::toString(taken.takeError()));
  profile = std::move(*taken);
  return result;
}

//===----------------------------------------------------------------------===//
// Measurements
//===----------------------------------------------------------------------===//

LogicalResult RunJob::countCorrect(const RunResult &result,
                                   std::optional<Accuracy> &accuracy) {
  if (!data.labels)
    return success();
  llvm::Expected<Accuracy> counted =
      data.labels->getAccuracy(result.results.front());
  if (!counted)
    return reportError(counted.takeError());
  accuracy = *counted;
  return success();
}

LogicalResult RunJob::measureLayers() {
  progress.show("measuring layers");
  FailureOr<std::vector<report::LayerRow>> rows =
      mlir::tasd::collectPlanRows(module);
  if (failed(rows))
    return failure();
  FailureOr<std::vector<LayerError>> errors =
      measureLayerErrors(module, entry, getNumericBackend(), data.inputs,
                         options.batch, [&](int64_t numDone, int64_t numAll) {
                           progress.show("measuring layers", numDone, numAll);
                         });
  if (failed(errors))
    return failure();
  stats.layers.emplace();
  for (auto [row, error] : llvm::zip_equal(*rows, *errors)) {
    row.outputError = error.relativeError;
    stats.layers->push_back({std::move(row), std::move(error.reason)});
  }
  return success();
}

/// Verifies that no layer's rounding is beyond the bound.
static LogicalResult verifyRounding(func::FuncOp entry,
                                    ArrayRef<LayerRounding> layers) {
  for (const LayerRounding &layer : layers)
    if (layer.shareOfBound && !(*layer.shareOfBound <= 1))
      return entry.emitError("layer '")
             << layer.name << "': expected sums within the bound on rounding "
             << "but got " << llvm::formatv("{0:f2}", *layer.shareOfBound)
             << " times as much";
  return success();
}

LogicalResult RunJob::measureRounding() {
  std::optional<LaunchScope> scope;
  if (const machine::Machine *machine = backend.getMachine())
    scope.emplace(*machine);
  FailureOr<std::vector<LayerRounding>> rounding = measureLayerRounding(
      module, entry, backend, data.inputs, options.batch,
      [&](int64_t numDone, int64_t numAll) {
        progress.show("measuring the rounding of layers", numDone, numAll);
      });
  std::map<std::string, int64_t> launches;
  if (scope)
    if (llvm::Error error = scope->count(launches))
      return entry.emitError(llvm::toString(std::move(error)));
  if (failed(rounding) || failed(verifyRounding(entry, *rounding)))
    return failure();
  stats.rounding = std::move(*rounding);
  return success();
}

LogicalResult RunJob::compareWith(const RunResult &dense) {
  llvm::Expected<ErrorStats> error = compare(results, dense.results);
  if (!error)
    return entry.emitError(llvm::toString(error.takeError()));
  stats.error = *error;
  stats.denseTimeMs = dense.milliseconds;
  return success();
}

//===----------------------------------------------------------------------===//
// The accelerator
//===----------------------------------------------------------------------===//

LogicalResult RunJob::simulatePlanned(ModuleOp lowered) {
  if (options.timingOnly &&
      failed(verifyStraightLine(lowered, entry.getName())))
    return failure();
  return accelerator->simulatePlanned(
      module, lowered, trace ? &*trace : nullptr,
      [&](int64_t numDone, int64_t numAll) {
        progress.show("simulating the planned layers", numDone, numAll);
      });
}

/// The module has no plans any more.
LogicalResult RunJob::simulateDense() {
  progress.show("mapping the dense layers");
  FailureOr<OwningOpRef<ModuleOp>> lowered = lowerLayers(module, *baseline);
  if (failed(lowered))
    return failure();
  return accelerator->simulateDense(
      **lowered, [&](int64_t numDone, int64_t numAll) {
        progress.show("simulating the dense layers", numDone, numAll);
      });
}

void RunJob::setAcceleratorStats() {
  const report::SimulatedModule &report = accelerator->getReport();
  stats.timeMs = report.getTotals().getTimeMs(report.machine);
  if (report.baseline)
    stats.denseTimeMs = report.getDenseTotals().getTimeMs(*report.baseline);
  stats.accelerator = report;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

LogicalResult RunJob::runPlanned() {
  progress.show("lowering the planned layers");
  FailureOr<OwningOpRef<ModuleOp>> lowered = lowerLayers(module, backend);
  if (failed(lowered) || (accelerator && failed(simulatePlanned(**lowered))))
    return failure();
  if (options.timingOnly)
    return success();
  FailureOr<RunResult> planned = executePlanned(**lowered);
  if (failed(planned) || failed(countCorrect(*planned, stats.accuracy)))
    return failure();
  results = std::move(planned->results);
  stats.timeMs = planned->milliseconds;
  if (options.measureRounding && failed(measureRounding()))
    return failure();
  return options.measureLayers ? measureLayers() : success();
}

LogicalResult RunJob::runDense() {
  // Without a plan the module is the dense one already.
  if (!accelerator && mlir::tasd::collectPlans(module).empty()) {
    stats.denseTimeMs = stats.timeMs;
    stats.denseAccuracy = stats.accuracy;
    return success();
  }
  stripPlans(module);
  if (accelerator && failed(simulateDense()))
    return failure();
  if (options.timingOnly)
    return success();
  const Backend &numeric = getNumericBackend();
  FailureOr<OwningOpRef<ModuleOp>> lowered = lowerLayers(module, numeric);
  if (failed(lowered))
    return failure();
  FailureOr<RunResult> dense = execute("dense", **lowered, numeric);
  if (failed(dense) || failed(countCorrect(*dense, stats.denseAccuracy)))
    return failure();
  return compareWith(*dense);
}

LogicalResult RunJob::run() {
  if (failed(runPlanned()))
    return failure();
  if (!baseline)
    stats.dropBaseline();
  else if (failed(runDense()))
    return failure();
  if (options.timingOnly)
    stats.dropErrors();
  if (accelerator)
    setAcceleratorStats();
  progress.clear();
  return success();
}
