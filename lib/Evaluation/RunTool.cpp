//===- RunTool.cpp - The job of tasd-run ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/RunTool.h"

#include "tasd/Evaluation/NumpyIO.h"
#include "tasd/Evaluation/RunStats.h"
#include "tasd/Evaluation/Slicing.h"
#include "tasd/Support/OutputFile.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"

#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

/// Reports an error that has no place in the module.
static LogicalResult report(llvm::Error error) {
  llvm::WithColor::error(llvm::errs(), "tasd-run")
      << llvm::toString(std::move(error)) << "\n";
  return failure();
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

static LogicalResult openModule(StringRef path, llvm::SourceMgr &sources) {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> file = openInputFile(path, &message);
  if (!file)
    return report(llvm::createStringError(message));
  sources.AddNewSourceBuffer(std::move(file), SMLoc());
  return success();
}

static LogicalResult readInputs(ArrayRef<std::string> paths,
                                SmallVectorImpl<NDArray> &inputs) {
  for (const std::string &path : paths) {
    llvm::Expected<std::vector<NamedArray>> arrays = readArrays(path);
    if (!arrays)
      return report(arrays.takeError());
    for (NamedArray &named : *arrays)
      inputs.push_back(std::move(named.array));
  }
  return success();
}

/// Finds the entry and checks the arrays against it, before anything is
/// compiled.
static FailureOr<func::FuncOp> checkEntry(ModuleOp module,
                                          const RunToolOptions &options,
                                          ArrayRef<NDArray> inputs) {
  llvm::Expected<func::FuncOp> entry = findEntry(module, options.entry);
  if (!entry)
    return module.emitError(llvm::toString(entry.takeError()));
  llvm::Expected<Signature> signature =
      Signature::get(entry->getFunctionType());
  if (!signature)
    return entry->emitError(llvm::toString(signature.takeError()));
  llvm::Expected<Slices> slices =
      Slices::get(*signature, inputs, options.batch);
  if (!slices)
    return entry->emitError(llvm::toString(slices.takeError()));
  if (!options.outputPath.empty())
    if (llvm::Error error =
            verifyOutputPath(options.outputPath, signature->results.size()))
      return report(std::move(error));
  return *entry;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

static FailureOr<RunResult> compileAndRun(ModuleOp module, func::FuncOp entry,
                                          const RunToolOptions &options,
                                          ArrayRef<NDArray> inputs) {
  FailureOr<Executable> executable = compile(module, entry, options.backend);
  if (failed(executable))
    return failure();
  llvm::Expected<RunResult> result =
      runRepeatedly(*executable, inputs, options.batch, options.repeat);
  if (!result)
    return entry.emitError(llvm::toString(result.takeError()));
  return std::move(*result);
}

/// Runs the module as it is and then without its plans.
static FailureOr<RunStats> runBesideDense(ModuleOp module, func::FuncOp entry,
                                          const RunToolOptions &options,
                                          ArrayRef<NDArray> inputs,
                                          SmallVectorImpl<NDArray> &results) {
  FailureOr<RunResult> planned = compileAndRun(module, entry, options, inputs);
  if (failed(planned))
    return failure();
  stripPlans(module);
  FailureOr<RunResult> dense = compileAndRun(module, entry, options, inputs);
  if (failed(dense))
    return failure();
  llvm::Expected<ErrorStats> error = compare(planned->results, dense->results);
  if (!error)
    return entry.emitError(llvm::toString(error.takeError()));
  results = std::move(planned->results);
  return RunStats{planned->milliseconds, dense->milliseconds, *error};
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

LogicalResult evaluation::runTool(const RunToolOptions &options) {
  SmallVector<NDArray> inputs;
  auto sources = std::make_shared<llvm::SourceMgr>();
  if (failed(readInputs(options.inputPaths, inputs)) ||
      failed(openModule(options.modulePath, *sources)))
    return failure();

  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry);
  SourceMgrDiagnosticHandler handler(*sources, &context);
  // An op's text may hold all of a model's weights.
  context.printOpOnDiagnostic(false);
  // The shared source manager lets resources of bytecode stay in the file.
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  if (!module)
    return failure();
  FailureOr<func::FuncOp> entry = checkEntry(*module, options, inputs);
  if (failed(entry))
    return failure();

  SmallVector<NDArray> results;
  FailureOr<RunStats> stats =
      runBesideDense(*module, *entry, options, inputs, results);
  if (failed(stats))
    return failure();
  if (llvm::Error error = writeOutputs(options, *stats, results))
    return report(std::move(error));
  if (options.statsPath != "-")
    stats->printText(llvm::outs());
  return success();
}
