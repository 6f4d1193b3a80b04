//===- RunTool.cpp - The job of tasd-run ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/RunTool.h"

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Evaluation/Labels.h"
#include "tasd/Evaluation/LayerErrors.h"
#include "tasd/Evaluation/NumpyIO.h"
#include "tasd/Evaluation/RunStats.h"
#include "tasd/Evaluation/Slicing.h"
#include "tasd/ModuleIO/ModuleFile.h"
#include "tasd/Support/OutputFile.h"
#include "tasd/Support/Progress.h"

#include "mlir/Parser/Parser.h"

#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

/// Reports an error that has no place in the module.
static LogicalResult fail(llvm::Error error) {
  llvm::WithColor::error(llvm::errs(), "tasd-run")
      << llvm::toString(std::move(error)) << "\n";
  return failure();
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

namespace {
/// What a module is run on.
struct RunData {
  SmallVector<NDArray> inputs;
  std::optional<Labels> labels;
};
} // namespace

static LogicalResult readData(const RunToolOptions &options, RunData &data) {
  for (const std::string &path : options.inputPaths) {
    llvm::Expected<std::vector<NamedArray>> arrays = readArrays(path);
    if (!arrays)
      return fail(arrays.takeError());
    for (NamedArray &named : *arrays)
      data.inputs.push_back(std::move(named.array));
  }
  if (options.labelsPath.empty())
    return success();
  llvm::Expected<Labels> labels = Labels::read(options.labelsPath);
  if (!labels)
    return fail(labels.takeError());
  data.labels = std::move(*labels);
  return success();
}

/// Finds the entry and checks the arrays against it, before anything is
/// compiled.
static FailureOr<func::FuncOp> checkEntry(ModuleOp module,
                                          const RunToolOptions &options,
                                          const RunData &data) {
  llvm::Expected<func::FuncOp> entry = findEntry(module, options.entry);
  if (!entry)
    return module.emitError(llvm::toString(entry.takeError()));
  llvm::Expected<Signature> signature =
      Signature::get(entry->getFunctionType());
  if (!signature)
    return entry->emitError(llvm::toString(signature.takeError()));
  llvm::Expected<Slices> slices =
      Slices::get(*signature, data.inputs, options.batch);
  if (!slices)
    return entry->emitError(llvm::toString(slices.takeError()));
  if (data.labels)
    if (llvm::Error error = data.labels->verify(*signature))
      return fail(std::move(error));
  if (!options.outputPath.empty())
    if (llvm::Error error =
            verifyOutputPath(options.outputPath, signature->results.size()))
      return fail(std::move(error));
  return *entry;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

namespace {
/// Runs the module as it is and then without its plans.
class Job {
public:
  Job(ModuleOp module, func::FuncOp entry, const RunToolOptions &options,
      const RunData &data)
      : module(module), entry(entry), options(options), data(data) {}

  LogicalResult run();

  RunStats stats;
  SmallVector<NDArray> results;

private:
  FailureOr<RunResult> compileAndRun(StringRef name);
  LogicalResult countCorrect(const RunResult &result,
                             std::optional<Accuracy> &accuracy);
  LogicalResult measureLayers();
  LogicalResult compareWith(const RunResult &dense);

  ModuleOp module;
  func::FuncOp entry;
  const RunToolOptions &options;
  const RunData &data;
  Progress progress;
};
} // namespace

/// Compiles and runs the module, which `name` tells from others in the
/// progress.
FailureOr<RunResult> Job::compileAndRun(StringRef name) {
  progress.show("compiling the " + name + " module");
  FailureOr<Executable> executable = compile(module, entry, options.backend);
  if (failed(executable))
    return failure();
  llvm::Expected<RunResult> result = runRepeatedly(
      *executable, data.inputs, options.batch, options.repeat,
      [&](int64_t numDone, int64_t numAll) {
        progress.show("running the " + name + " module", numDone, numAll);
      });
  if (!result)
    return entry.emitError(llvm::toString(result.takeError()));
  return std::move(*result);
}

LogicalResult Job::countCorrect(const RunResult &result,
                                std::optional<Accuracy> &accuracy) {
  if (!data.labels)
    return success();
  llvm::Expected<Accuracy> counted =
      data.labels->getAccuracy(result.results.front());
  if (!counted)
    return fail(counted.takeError());
  accuracy = *counted;
  return success();
}

LogicalResult Job::measureLayers() {
  progress.show("measuring layers");
  FailureOr<std::vector<report::LayerRow>> rows =
      mlir::tasd::collectPlanRows(module);
  if (failed(rows))
    return failure();
  FailureOr<std::vector<LayerError>> errors =
      measureLayerErrors(module, entry, options.backend, data.inputs,
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

LogicalResult Job::compareWith(const RunResult &dense) {
  llvm::Expected<ErrorStats> error = compare(results, dense.results);
  if (!error)
    return entry.emitError(llvm::toString(error.takeError()));
  stats.error = *error;
  stats.denseTimeMs = dense.milliseconds;
  return success();
}

LogicalResult Job::run() {
  FailureOr<RunResult> planned = compileAndRun("planned");
  if (failed(planned) || failed(countCorrect(*planned, stats.accuracy)))
    return failure();
  results = std::move(planned->results);
  stats.timeMs = planned->milliseconds;
  if (options.measureLayers && failed(measureLayers()))
    return failure();
  if (options.baseline == Baseline::None) {
    stats.dropBaseline();
    progress.clear();
    return success();
  }
  // Without a plan the module is the dense one already.
  if (mlir::tasd::collectPlans(module).empty()) {
    stats.denseTimeMs = stats.timeMs;
    stats.denseAccuracy = stats.accuracy;
    progress.clear();
    return success();
  }
  stripPlans(module);
  FailureOr<RunResult> dense = compileAndRun("dense");
  if (failed(dense) || failed(countCorrect(*dense, stats.denseAccuracy)))
    return failure();
  progress.clear();
  return compareWith(*dense);
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

static llvm::Expected<std::vector<char>>
encodeResults(StringRef path, MutableArrayRef<NDArray> results) {
  std::vector<NamedArray> arrays;
  for (auto [i, result] : llvm::enumerate(results))
    arrays.push_back({"result" + std::to_string(i), std::move(result)});
  return encodeArrays(path, arrays);
}

/// Writes the outputs: all are on disk before the first takes its place.
static llvm::Error writeOutputs(const RunToolOptions &options,
                                const RunStats &stats,
                                MutableArrayRef<NDArray> results) {
  SmallVector<OutputFile, 2> files;
  auto add = [&](StringRef path,
                 function_ref<void(raw_ostream &)> write) -> llvm::Error {
    llvm::Expected<OutputFile> file = OutputFile::create(path, write);
    if (!file)
      return file.takeError();
    files.push_back(std::move(*file));
    return llvm::Error::success();
  };
  if (!options.outputPath.empty()) {
    llvm::Expected<std::vector<char>> bytes =
        encodeResults(options.outputPath, results);
    if (!bytes)
      return bytes.takeError();
    if (llvm::Error error = add(options.outputPath, [&](raw_ostream &os) {
          os.write(bytes->data(), bytes->size());
        }))
      return error;
  }
  if (!options.statsPath.empty())
    if (llvm::Error error = add(options.statsPath,
                                [&](raw_ostream &os) { stats.printJSON(os); }))
      return error;
  for (OutputFile &file : files)
    if (llvm::Error error = file.keep())
      return error;
  return llvm::Error::success();
}

/// Prints what has not gone to the standard output already.
static void printStats(const RunToolOptions &options, const RunStats &stats) {
  if (options.statsPath == "-")
    return;
  if (options.json)
    stats.printJSON(llvm::outs());
  else
    stats.printText(llvm::outs());
}

LogicalResult evaluation::runTool(const RunToolOptions &options) {
  RunData data;
  if (failed(readData(options, data)))
    return failure();
  auto file = mlir::tasd::openModuleFile(options.modulePath);
  if (!file)
    return fail(file.takeError());

  DialectRegistry registry;
  registerDialects(registry);
  mlir::tasd::registerConstantStorage(registry, **file);
  MLIRContext context(registry);
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(*file), SMLoc());
  SourceMgrDiagnosticHandler handler(*sources, &context);
  // An op's text may hold all of a model's weights.
  context.printOpOnDiagnostic(false);
  // The shared source manager lets resources of bytecode stay in the file.
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  if (!module)
    return failure();
  FailureOr<func::FuncOp> entry = checkEntry(*module, options, data);
  if (failed(entry))
    return failure();

  Job job(*module, *entry, options, data);
  if (failed(job.run()))
    return failure();
  if (llvm::Error error = writeOutputs(options, job.stats, job.results))
    return fail(std::move(error));
  printStats(options, job.stats);
  return success();
}
