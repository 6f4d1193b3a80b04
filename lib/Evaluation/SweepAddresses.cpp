//===- SweepAddresses.cpp - The names of results --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SweepResults.h"

#include "tasd/Evaluation/Metric.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/Support/Digest.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd;
using namespace tasd::evaluation;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::json::Object;
using llvm::json::Value;

/// Rises whenever a result may become another for the same inputs.
static constexpr StringRef kVersion = "tasd sweep 1, tasd " TASD_VERSION;

Expected<std::string> SweepAddresses::getFileDigest(StringRef path) {
  std::string &digest = digests[path];
  if (!digest.empty())
    return digest;
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createStringError("cannot read '" + path +
                                   "': " + buffer.getError().message());
  digest = getDigest((*buffer)->getBuffer());
  return digest;
}

static std::string getMachineDigest(const machine::Machine &machine) {
  std::string text;
  llvm::raw_string_ostream os(text);
  machine::printMachine(machine, os);
  return getDigest(text);
}

/// What results depend on beside files, machine and metric.
static Object describe(const TasderOptions &options) {
  llvm::json::Array errorModels;
  for (search::ErrorModel model : options.errorModels)
    errorModels.push_back(search::getName(model));
  return Object{{"version", kVersion},
                // Reports name the file.
                {"module_name", llvm::json::fixUTF8(llvm::sys::path::filename(
                                    options.modulePath))},
                {"entry", llvm::json::fixUTF8(options.entry)},
                {"batch", options.batch},
                {"min_quality", options.minQuality},
                {"strategy", options.strategy},
                {"objective", cost::getName(options.objective)},
                {"error_models", std::move(errorModels)},
                {"series", llvm::json::Array(options.series)},
                {"side", mlir::tasd::stringifyPlanSide(options.side)},
                {"compensated", options.isCompensated},
                {"layers", llvm::json::fixUTF8(options.layers)},
                {"skip", llvm::json::fixUTF8(options.skip)},
                {"dynamic_extent", options.dynamicExtent},
                {"max_evaluations", options.maxEvaluations}};
}

/// Puts the digests of files under a key.
Error SweepAddresses::addFiles(Object &object, StringRef key,
                               llvm::ArrayRef<std::string> paths) {
  llvm::json::Array files;
  for (const std::string &path : paths) {
    Expected<std::string> digest = getFileDigest(path);
    if (!digest)
      return digest.takeError();
    files.push_back(*digest);
  }
  object[key] = std::move(files);
  return Error::success();
}

static std::vector<std::string> getPaths(const std::string &path) {
  return path.empty() ? std::vector<std::string>() : std::vector{path};
}

Expected<std::string> SweepAddresses::get(const SweepTask &task) {
  const TasderOptions &options = task.options;
  Object object = describe(options);
  auto metric = createMetric(options.metric);
  if (!metric)
    return metric.takeError();
  object["metric"] = getDigest((*metric)->getIdentity());
  object["machine"] = getMachineDigest(task.machine->machine);
  const std::pair<StringRef, std::vector<std::string>> files[] = {
      {"module", getPaths(options.modulePath)},
      {"calibration", options.calibrationPaths},
      {"labels", getPaths(options.labelsPath)},
      {"test", options.testPaths},
      {"test_labels", getPaths(options.testLabelsPath)}};
  for (const auto &[key, paths] : files)
    if (Error error = addFiles(object, key, paths))
      return std::move(error);
  return getDigest(llvm::formatv("{0}", Value(std::move(object))).str());
}
