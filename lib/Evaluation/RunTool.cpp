//===- RunTool.cpp - The job of tasd-run ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/RunTool.h"

#include "ModuleSession.h"
#include "RunJob.h"

#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Evaluation/NumpyIO.h"
#include "tasd/ModuleIO/ModuleFile.h"
#include "tasd/Sparsity/ProfileFile.h"
#include "tasd/Support/OutputFile.h"

#include "llvm/Support/Path.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

//===----------------------------------------------------------------------===//
// Back ends
//===----------------------------------------------------------------------===//

namespace {
/// What runs the module, and what the dense layers are compared on.
struct Backends {
  std::unique_ptr<Backend> planned, other;
  /// Null where nothing is compared.
  const Backend *baseline = nullptr;
};
} // namespace

/// What is wrong if it is asked for.
using Refusal = std::pair<bool, const char *>;

static llvm::Error refuse(const llvm::Twine &what, ArrayRef<Refusal> refusals) {
  for (auto [isAsked, option] : refusals)
    if (isAsked)
      return llvm::createStringError(llvm::Twine("expected no ") + option +
                                     " with " + what);
  return llvm::Error::success();
}

/// Verifies what only an accelerator can be asked for, and what only data can.
static llvm::Error verifyOptions(const RunToolOptions &options,
                                 const Backend &backend) {
  bool isOther = options.baseline != "dense" && options.baseline != "none";
  if (!backend.getMachine())
    return refuse("back end '" + options.backend.name + "'",
                  {{isOther, "machine as --baseline"},
                   {!options.tracePath.empty(), "--trace"},
                   {options.timingOnly, "--timing"}});
  if (!options.timingOnly)
    return llvm::Error::success();
  return refuse("--timing", {{!options.outputPath.empty(), "--output"},
                             {!options.labelsPath.empty(), "--labels"},
                             {options.measureLayers, "--layers"},
                             {options.measureRounding, "--rounding"}});
}

/// Verifies what cannot be asked for while a run is measured.
static llvm::Error verifyProfiling(const RunToolOptions &options) {
  if (options.profilePath.empty())
    return llvm::Error::success();
  bool isCompared = options.baseline != "dense" && options.baseline != "none";
  return refuse("--profile", {{options.timingOnly, "--timing"},
                              {isCompared, "machine as --baseline"}});
}

static llvm::Expected<Backends> createBackends(const RunToolOptions &options) {
  Backends backends;
  auto planned = createBackend(options.backend);
  if (!planned)
    return planned.takeError();
  backends.planned = std::move(*planned);
  if (llvm::Error error = verifyOptions(options, *backends.planned))
    return std::move(error);
  if (llvm::Error error = verifyProfiling(options))
    return std::move(error);
  if (options.baseline == "none" || !options.profilePath.empty())
    return backends;
  backends.baseline = backends.planned.get();
  if (options.baseline == "dense")
    return backends;
  BackendOptions baseline = options.backend;
  baseline.machine = options.baseline;
  auto other = createBackend(baseline);
  if (!other)
    return other.takeError();
  if (llvm::Error error = machine::checkComparable(
          *backends.planned->getMachine(), *(*other)->getMachine()))
    return std::move(error);
  backends.other = std::move(*other);
  backends.baseline = backends.other.get();
  return backends;
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

static std::string getReportTitle(const RunToolOptions &options) {
  std::string title = llvm::sys::path::filename(options.modulePath).str();
  const std::string &machine = options.backend.machine;
  return title + " on " + (machine.empty() ? options.backend.name : machine);
}

static llvm::Error writeOutputs(const RunToolOptions &options, RunJob &job) {
  OutputFiles files;
  std::vector<char> bytes;
  if (!options.outputPath.empty()) {
    auto encoded = encodeResults(options.outputPath, job.results);
    if (!encoded)
      return encoded.takeError();
    bytes = std::move(*encoded);
  }
  const RunStats &stats = job.stats;
  if (llvm::Error error = files.add(options.outputPath, [&](raw_ostream &os) {
        os.write(bytes.data(), bytes.size());
      }))
    return error;
  if (llvm::Error error = files.add(
          options.statsPath, [&](raw_ostream &os) { stats.printJSON(os); }))
    return error;
  if (llvm::Error error = files.add(options.reportPath, [&](raw_ostream &os) {
        stats.printHTML(os, getReportTitle(options), options.provenance);
      }))
    return error;
  if (llvm::Error error = files.add(
          options.tracePath, [&](raw_ostream &os) { job.trace->write(os); }))
    return error;
  if (job.profile)
    if (llvm::Error error = sparsity::addProfileFiles(
            options.profilePath, std::move(*job.profile), files))
      return error;
  return files.keep();
}

/// Prints what has not gone to the standard output already.
static llvm::Error printStats(const RunToolOptions &options,
                              const RunStats &stats) {
  if (options.statsPath == "-")
    return llvm::Error::success();
  return writeOutputFile("-", [&](raw_ostream &os) {
    if (options.json)
      stats.printJSON(os);
    else
      stats.printText(os);
  });
}

/// Verifies that the module measures anything.
static LogicalResult verifyInstrumented(ModuleOp module) {
  auto find = [](mlir::tasd::RecordOp) { return WalkResult::interrupt(); };
  if (module.walk(find).wasInterrupted())
    return success();
  return module.emitError(
      "expected tasd.record ops to profile by: run tasd-instrument first");
}

static llvm::Error verifyOutputs(const RunToolOptions &options) {
  return verifyDifferent({{"--output", options.outputPath},
                          {"--stats", options.statsPath},
                          {"--report", options.reportPath},
                          {"--trace", options.tracePath},
                          {"--profile", options.profilePath}});
}

LogicalResult evaluation::runTool(const RunToolOptions &options) {
  if (llvm::Error error = verifyOutputs(options))
    return reportError(std::move(error));
  llvm::Expected<Backends> backends = createBackends(options);
  if (!backends)
    return reportError(backends.takeError());
  FailureOr<RunData> data = RunData::read(options);
  if (failed(data))
    return failure();
  auto file = mlir::tasd::openModuleFile(options.modulePath);
  if (!file)
    return reportError(file.takeError());

  ModuleSession session(std::move(*file));
  ModuleOp module = session.parse();
  if (!module)
    return failure();
  FailureOr<func::FuncOp> entry =
      prepareEntry(module, options, *data, *backends->planned);
  if (failed(entry))
    return failure();

  if (!options.profilePath.empty() && failed(verifyInstrumented(module)))
    return failure();

  RunJob job(module, *entry, options, *data, *backends->planned,
             backends->baseline);
  if (failed(job.run()))
    return failure();
  if (llvm::Error error = writeOutputs(options, job))
    return reportError(std::move(error));
  if (llvm::Error error = printStats(options, job.stats))
    return reportError(std::move(error));
  return success();
}
