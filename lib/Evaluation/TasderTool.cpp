//===- TasderTool.cpp - The tool that finds plans -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/TasderTool.h"

#include "ModuleSession.h"
#include "TasderRequest.h"

#include "tasd/ModuleIO/ModuleFile.h"
#include "tasd/Support/OutputFile.h"

#include "mlir/Bytecode/BytecodeWriter.h"

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
// Checks against the module
//===----------------------------------------------------------------------===//

static llvm::Error verifyData(const TasderRequest &request,
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
                                  const TasderRequest &request) {
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
                                            const TasderRequest &request) {
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
                           TasderRequest &request, search::Journal *journal,
                           llvm::ThreadPoolInterface &pool, Deliver deliver) {
  FailureOr<func::FuncOp> entry = prepareEntry(module, options, request);
  if (failed(entry))
    return failure();
  auto series = parseSeries(module, options.series);
  if (failed(series))
    return failure();
  TasderInputs inputs{options,
                      *request.backend,
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
  llvm::Expected<TasderRequest> request = TasderRequest::read(options);
  if (!request)
    return fail(request.takeError());
  auto file = mlir::tasd::openModuleFile(options.modulePath);
  if (!file)
    return fail(file.takeError());
  auto journal = request->openJournal(options, (*file)->getBuffer());
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
