//===- TasderRequest.cpp - What options of tasder name --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TasderRequest.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Runtime/Runtime.h"
#include "tasd/Support/Digest.h"
#include "tasd/Support/OutputFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

static llvm::Expected<std::optional<llvm::GlobPattern>>
parseGlob(StringRef option, StringRef text) {
  if (text.empty())
    return std::nullopt;
  llvm::Expected<llvm::GlobPattern> glob = mlir::tasd::parseLayerGlob(text);
  if (!glob)
    return llvm::createStringError(option + ": " +
                                   llvm::toString(glob.takeError()));
  return std::move(*glob);
}

static llvm::Error parseExplained(const TasderOptions &options,
                                  TasderRequest &request) {
  for (const std::string &text : options.explained) {
    llvm::Expected<llvm::GlobPattern> glob = mlir::tasd::parseLayerGlob(text);
    if (!glob)
      return llvm::createStringError("--explain: " +
                                     llvm::toString(glob.takeError()));
    request.explained.push_back(std::move(*glob));
  }
  return llvm::Error::success();
}

/// Sets `target` to a value, or hands its error on.
template <typename T, typename Target>
static llvm::Error assign(Target &target, llvm::Expected<T> value) {
  if (!value)
    return value.takeError();
  target = std::move(*value);
  return llvm::Error::success();
}

static llvm::Error readTest(const TasderOptions &options,
                            TasderRequest &request) {
  if (options.testPaths.empty())
    return options.testLabelsPath.empty()
               ? llvm::Error::success()
               : llvm::createStringError("expected --test with --test-labels");
  if (options.labelsPath.empty() != options.testLabelsPath.empty())
    return llvm::createStringError(
        "expected --labels and --test-labels, or none of them, with --test");
  return assign(request.test, QualityData::read("test", options.testPaths,
                                                options.testLabelsPath));
}

/// Checks that no option is given that the strategy has no use for, and that
/// one that prunes knows how much.
static llvm::Error verifyStrategy(const TasderOptions &options,
                                  bool isPruning) {
  using Flag = std::pair<StringRef, bool>;
  const search::PruningOptions &pruning = options.pruning;
  bool isOfActivations = options.side == mlir::tasd::PlanSide::Activations;
  for (auto [flag, isGiven] :
       isPruning ? std::vector<Flag>{{"--series", !options.series.empty()},
                                     {"--side activations", isOfActivations}}
                 : std::vector<Flag>{
                       {"--sparsity", !options.sparsities.empty()},
                       {"--granularity", pruning.granularity.has_value()},
                       {"--delta", pruning.delta != 0},
                       {"--inner", !pruning.inner.empty()},
                       {"--score", pruning.score != sparsity::ScoreKind::Norm},
                       {"--scores", !options.scoresPath.empty()}})
    if (isGiven)
      return llvm::createStringError("expected no " + flag +
                                     " with --strategy " + options.strategy);
  if (isPruning && options.sparsities.empty())
    return llvm::createStringError("expected --sparsity with --strategy " +
                                   options.strategy);
  if (!options.scoresPath.empty() && options.isCompensated)
    return llvm::createStringError("expected no --compensate with --scores, of "
                                   "which series drop nothing");
  return llvm::Error::success();
}

/// Finds the strategy; that of layers that are pruned together is the same
/// series for all of them.
static llvm::Error findStrategy(const TasderOptions &options,
                                TasderRequest &request) {
  request.pruning = search::findPruning(options.strategy);
  StringRef name =
      request.pruning ? StringRef("uniform") : StringRef(options.strategy);
  if (llvm::Error error = assign(request.strategy, search::getStrategy(name)))
    return llvm::createStringError(
        llvm::toString(std::move(error)) +
        "; strategies that prune are: " + search::getPruningNames());
  return verifyStrategy(options, request.pruning != nullptr);
}

llvm::Expected<TasderRequest>
TasderRequest::read(const TasderOptions &options) {
  TasderRequest request;
  if (llvm::Error error = verifyDifferent({{"-o", options.outputPath},
                                           {"--json", options.jsonPath},
                                           {"--report", options.reportPath}}))
    return std::move(error);
  if (options.isCompensated &&
      options.side == mlir::tasd::PlanSide::Activations)
    return llvm::createStringError("expected series of weights, which "
                                   "--side activations excludes, with "
                                   "--compensate");
  if (options.machine.empty())
    return llvm::createStringError("expected a machine but got none");
  auto machine =
      machine::loadMachine(options.machine, runtime::getPatternRegistry());
  if (!machine)
    return machine.takeError();
  if (llvm::Error error = assign(
          request.model,
          mlir::tasd::CostModel::create(std::move(*machine), options.objective,
                                        options.dynamicExtent)))
    return std::move(error);
  if (llvm::Error error = assign(request.metric, createMetric(options.metric)))
    return std::move(error);
  BackendOptions backend;
  backend.host.dense = options.dense;
  if (llvm::Error error = assign(request.backend, createBackend(backend)))
    return std::move(error);
  if (llvm::Error error = findStrategy(options, request))
    return std::move(error);
  if (llvm::Error error =
          assign(request.layers, parseGlob("--layers", options.layers)))
    return std::move(error);
  if (llvm::Error error =
          assign(request.skip, parseGlob("--skip", options.skip)))
    return std::move(error);
  if (llvm::Error error = parseExplained(options, request))
    return std::move(error);
  if (llvm::Error error =
          assign(request.calibration,
                 QualityData::read("calibration", options.calibrationPaths,
                                   options.labelsPath)))
    return std::move(error);
  if (llvm::Error error = readTest(options, request))
    return std::move(error);
  return request;
}

/// What evaluations depend on, beside the choice, the module and the scores.
static std::string getContext(const TasderOptions &options,
                              const TasderRequest &request) {
  return "entry " + options.entry + "\nbatch " + std::to_string(options.batch) +
         "\nmetric " + request.metric->getIdentity() + "\ndata " +
         request.calibration->getDigest() +
         (options.dense == mlir::tasd::DenseKernels::BLAS ? "\ndense blas"
                                                          : "") +
         // What layers are measured decides which kept plans are compensated.
         (options.isCompensated
              ? "\ncompensated " + options.layers + " not " + options.skip
              : "");
}

/// What evaluations depend on of the file of scores.
static llvm::Expected<std::string> getScoresContext(StringRef path) {
  if (path.empty())
    return "";
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createStringError("--scores: cannot read '" + path +
                                   "': " + buffer.getError().message());
  return "\nscores " + getDigest((*buffer)->getBuffer());
}

llvm::Expected<std::unique_ptr<search::DirectoryJournal>>
TasderRequest::openJournal(const TasderOptions &options,
                           StringRef moduleBytes) const {
  if (options.journalPath.empty())
    return nullptr;
  auto scores = getScoresContext(options.scoresPath);
  if (!scores)
    return scores.takeError();
  std::string context = "module " +
                        llvm::toHex(llvm::SHA256::hash(
                            llvm::arrayRefFromStringRef(moduleBytes))) +
                        "\n" + getContext(options, *this) + *scores;
  return search::DirectoryJournal::open(
      options.journalPath, context, [](const std::string &message) {
        llvm::WithColor::warning(llvm::errs(), "tasder") << message << "\n";
      });
}
