//===- SweepAddresses.cpp - The names of results
//---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SweepResults.h"

#include "tasd/Evaluation/Metric.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/Support/Digest.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd;
using namespace tasd::evaluation;
using llvm::Expected;
using llvm::StringRef;

/// Rises whenever a result may become another for the same inputs.
static constexpr StringRef kVersion = "tasd sweep 1, tasd " TASD_VERSION "\n";

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

static std::string getMachineText(const machine::Machine &machine) {
  std::string text;
  llvm::raw_string_ostream os(text);
  machine::printMachine(machine, os);
  return text;
}

/// All options that results depend on, a line each.
static std::string getText(const TasderOptions &options) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "entry " << options.entry << "\nbatch " << options.batch
     << "\nmin quality " << llvm::bit_cast<uint64_t>(options.minQuality)
     << "\nstrategy " << options.strategy << "\nobjective "
     << cost::getName(options.objective) << "\nside "
     << mlir::tasd::stringifyPlanSide(options.side) << "\ncompensated "
     << options.isCompensated << "\nlayers " << options.layers << "\nskip "
     << options.skip << "\ndynamic extent " << options.dynamicExtent
     << "\nmax evaluations " << options.maxEvaluations << "\nerror models";
  for (search::ErrorModel model : options.errorModels)
    os << " " << search::getName(model);
  os << "\nseries " << llvm::join(options.series, " ") << "\n";
  return text;
}

Expected<std::string> SweepAddresses::get(const SweepTask &task) {
  const TasderOptions &options = task.options;
  auto metric = createMetric(options.metric);
  if (!metric)
    return metric.takeError();
  // Lengths of lists keep apart what would read the same.
  std::string text = kVersion.str() + getText(options) +
                     getDigest((*metric)->getIdentity()) + "\n" +
                     getDigest(getMachineText(task.machine->machine));
  std::vector<std::string> paths = {options.modulePath};
  auto add = [&](const std::vector<std::string> &data,
                 const std::string &labels) {
    text += "\n" + std::to_string(data.size()) + " " +
            std::to_string(labels.empty() ? 0 : 1);
    llvm::append_range(paths, data);
    if (!labels.empty())
      paths.push_back(labels);
  };
  add(options.calibrationPaths, options.labelsPath);
  add(options.testPaths, options.testLabelsPath);
  for (const std::string &path : paths) {
    Expected<std::string> digest = getFileDigest(path);
    if (!digest)
      return digest.takeError();
    text += "\n" + *digest;
  }
  return getDigest(text);
}
