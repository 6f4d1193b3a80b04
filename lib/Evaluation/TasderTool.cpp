//===- TasderTool.cpp - The tool that finds plans -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/TasderTool.h"

#include "ModuleSession.h"
#include "TasderJob.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/ModuleIO/ModuleFile.h"
#include "tasd/Runtime/Runtime.h"
#include "tasd/Support/OutputFile.h"

#include "mlir/Bytecode/BytecodeWriter.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

static LogicalResult fail(llvm::Error error) {
  llvm::WithColor::error(llvm::errs(), "tasder")
      << llvm::toString(std::move(error)) << "\n";
  return failure();
}

//===----------------------------------------------------------------------===//
// What does not need the module
//===----------------------------------------------------------------------===//

namespace {
/// Everything the options name but the module.
struct Request {
  static llvm::Expected<Request> read(const TasderOptions &options);

  /// What evaluations depend on, beside the choice and the module.
  std::string getContext(const TasderOptions &options) const;

  std::shared_ptr<const mlir::tasd::CostModel> model;
  std::unique_ptr<Metric> metric;
  const search::Strategy *strategy = nullptr;
  /// Null if candidates are not pruned.
  const search::Pruning *pruning = nullptr;
  std::optional<QualityData> calibration, test;
  std::optional<llvm::GlobPattern> layers, skip;
  std::vector<llvm::GlobPattern> explained;
};
} // namespace

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
                                  Request &request) {
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

static llvm::Error readTest(const TasderOptions &options, Request &request) {
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
                       {"--inner", !pruning.inner.empty()}})
    if (isGiven)
      return llvm::createStringError("expected no " + flag +
                                     " with --strategy " + options.strategy);
  if (isPruning && options.sparsities.empty())
    return llvm::createStringError("expected --sparsity with --strategy " +
                                   options.strategy);
  return llvm::Error::success();
}

/// Finds the strategy; that of layers that are pruned together is the same
/// series for all of them.
static llvm::Error findStrategy(const TasderOptions &options,
                                Request &request) {
  request.pruning = search::findPruning(options.strategy);
  StringRef name =
      request.pruning ? StringRef("uniform") : StringRef(options.strategy);
  if (llvm::Error error = assign(request.strategy, search::getStrategy(name)))
    return error;
  return verifyStrategy(options, request.pruning != nullptr);
}

llvm::Expected<Request> Request::read(const TasderOptions &options) {
  Request request;
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
  request.model = std::make_shared<const mlir::tasd::CostModel>(
      std::move(*machine), options.objective, options.dynamicExtent);
  if (llvm::Error error = assign(request.metric, createMetric(options.metric)))
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

std::string Request::getContext(const TasderOptions &options) const {
  return "entry " + options.entry + "\nbatch " + std::to_string(options.batch) +
         "\nmetric " + metric->getIdentity() + "\ndata " +
         calibration->getDigest() +
         // What layers are measured decides which kept plans are compensated.
         (options.isCompensated
              ? "\ncompensated " + options.layers + " not " + options.skip
              : "");
}

//===----------------------------------------------------------------------===//
// What does
//===----------------------------------------------------------------------===//

static llvm::Error verifyData(const Request &request,
                              const Signature &signature, int64_t batch) {
  for (const auto *data : {&request.calibration, &request.test})
    if (*data)
      if (llvm::Error error =
              (*data)->verify(signature, *request.metric, batch))
        return error;
  return llvm::Error::success();
}

/// Checks that there are layers, and that the options that name some do.
static LogicalResult verifyLayers(ModuleOp module, const TasderOptions &options,
                                  const Request &request) {
  auto layers = mlir::tasd::collectLayers(module);
  if (layers.empty())
    return module.emitError(
        "expected a contraction or a convolution to plan but got none");
  auto fitsSome = [&](const llvm::GlobPattern &glob) {
    return llvm::any_of(layers, [&](const mlir::tasd::NamedLayer &named) {
      return glob.match(named.name);
    });
  };
  for (auto [option, text, glob] :
       {std::tuple("--layers", options.layers, &request.layers),
        std::tuple("--skip", options.skip, &request.skip)})
    if (*glob && !fitsSome(**glob))
      return module.emitError(option)
             << ": expected the name of a layer, as '" << layers.front().name
             << "', but '" << text << "' fits none";
  return success();
}

/// Finds the entry, and checks the data against it before anything is compiled.
static FailureOr<func::FuncOp> prepareEntry(ModuleOp module,
                                            const TasderOptions &options,
                                            const Request &request) {
  llvm::Expected<func::FuncOp> entry = findEntry(module, options.entry);
  if (!entry)
    return module.emitError(llvm::toString(entry.takeError()));
  if (failed(verifyLayers(module, options, request)))
    return failure();
  llvm::Expected<Signature> signature =
      Signature::get(entry->getFunctionType());
  if (!signature)
    return entry->emitError(llvm::toString(signature.takeError()));
  if (llvm::Error error = verifyData(request, *signature, options.batch))
    return entry->emitError(llvm::toString(std::move(error)));
  return *entry;
}

static FailureOr<SmallVector<mlir::tasd::SeriesAttr>>
parseSeries(ModuleOp module, ArrayRef<std::string> texts) {
  SmallVector<mlir::tasd::SeriesAttr> list;
  for (const std::string &text : texts) {
    auto series =
        mlir::tasd::SeriesAttr::parseText(module.getContext(), text, [&] {
          return emitError(module.getLoc()) << "option series: ";
        });
    if (failed(series))
      return failure();
    list.push_back(*series);
  }
  return list;
}

/// Opens the journal, if one is asked for.
static llvm::Expected<std::unique_ptr<search::DirectoryJournal>>
openJournal(const TasderOptions &options, const Request &request,
            StringRef moduleBytes) {
  if (options.journalPath.empty())
    return nullptr;
  std::string context = "module " +
                        llvm::toHex(llvm::SHA256::hash(
                            llvm::arrayRefFromStringRef(moduleBytes))) +
                        "\n" + request.getContext(options);
  return search::DirectoryJournal::open(
      options.journalPath, context, [](const std::string &message) {
        llvm::WithColor::warning(llvm::errs(), "tasder") << message << "\n";
      });
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// Text keeps the locations, which hold the layers' names.
static void writeModule(raw_ostream &os, ModuleOp module, StringRef path) {
  if (path.ends_with(".mlirbc")) {
    (void)writeBytecodeToFile(module, os);
    return;
  }
  module.print(os, OpPrintingFlags().enableDebugInfo());
  os << "\n";
}

static llvm::Error writeOutputs(const TasderOptions &options,
                                const TasderJob &job) {
  OutputFiles files;
  if (llvm::Error error = files.add(options.outputPath, [&](raw_ostream &os) {
        writeModule(os, job.getPlanned(), options.outputPath);
      }))
    return error;
  if (llvm::Error error = files.add(options.jsonPath, [&](raw_ostream &os) {
        os << llvm::formatv("{0:2}\n", report::toJSON(job.getReport()));
      }))
    return error;
  if (llvm::Error error = files.add(options.reportPath, [&](raw_ostream &os) {
        report::writeHTML(os, job.getReport(), options.provenance);
      }))
    return error;
  if (llvm::Error error = files.keep())
    return error;
  if (llvm::is_contained(
          {options.jsonPath, options.outputPath, options.reportPath}, "-"))
    return llvm::Error::success();
  return writeOutputFile("-", [&](raw_ostream &os) {
    job.explain(os);
    report::printSearchReport(os, job.getReport());
  });
}

using Deliver = llvm::function_ref<llvm::Error(const TasderJob &)>;

static LogicalResult runOn(ModuleOp module, const TasderOptions &options,
                           Request &request, search::Journal *journal,
                           llvm::ThreadPoolInterface &pool, Deliver deliver) {
  FailureOr<func::FuncOp> entry = prepareEntry(module, options, request);
  if (failed(entry))
    return failure();
  auto series = parseSeries(module, options.series);
  if (failed(series))
    return failure();
  TasderInputs inputs{options,
                      request.model,
                      *request.metric,
                      *request.calibration,
                      request.test ? &*request.test : nullptr,
                      *request.strategy,
                      request.pruning,
                      std::move(*series),
                      std::move(request.layers),
                      std::move(request.skip),
                      std::move(request.explained),
                      journal,
                      pool};
  TasderJob job(module, *entry, inputs);
  if (failed(job.run()))
    return failure();
  if (llvm::Error error = deliver(job))
    return fail(std::move(error));
  return success();
}

static LogicalResult run(const TasderOptions &options, Deliver deliver) {
  llvm::Expected<Request> request = Request::read(options);
  if (!request)
    return fail(request.takeError());
  auto file = mlir::tasd::openModuleFile(options.modulePath);
  if (!file)
    return fail(file.takeError());
  auto journal = openJournal(options, *request, (*file)->getBuffer());
  if (!journal)
    return fail(journal.takeError());

  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(options.numThreads));
  ModuleSession session(std::move(*file), &pool);
  // A machine may run no series, and the module may name none.
  session.getContext().loadDialect<mlir::tasd::TASDDialect>();
  ModuleOp module = session.parse();
  if (!module)
    return failure();
  return runOn(module, options, *request, journal->get(), pool, deliver);
}

LogicalResult evaluation::runTasder(const TasderOptions &options,
                                    TakeReport take) {
  return run(options,
             [&](const TasderJob &job) { return take(job.getReport()); });
}

LogicalResult evaluation::runTasder(const TasderOptions &options) {
  return run(options,
             [&](const TasderJob &job) { return writeOutputs(options, job); });
}
