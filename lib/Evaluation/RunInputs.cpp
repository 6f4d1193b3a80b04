//===- RunInputs.cpp - What tasd-run runs on ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunInputs.h"

#include "tasd/Evaluation/NumpyIO.h"
#include "tasd/Evaluation/StaticShapes.h"

#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

LogicalResult evaluation::reportError(llvm::Error error) {
  llvm::WithColor::error(llvm::errs(), "tasd-run")
      << llvm::toString(std::move(error)) << "\n";
  return failure();
}

FailureOr<RunData> RunData::read(const RunToolOptions &options) {
  RunData data;
  for (const std::string &path : options.inputPaths) {
    llvm::Expected<std::vector<NamedArray>> arrays = readArrays(path);
    if (!arrays)
      return reportError(arrays.takeError());
    for (NamedArray &named : *arrays)
      data.inputs.push_back(std::move(named.array));
  }
  if (options.labelsPath.empty())
    return data;
  llvm::Expected<Labels> labels = Labels::read(options.labelsPath);
  if (!labels)
    return reportError(labels.takeError());
  data.labels = std::move(*labels);
  return data;
}

/// The shapes of one call.
static llvm::Expected<Shapes> getShapes(const Signature &signature,
                                        const RunToolOptions &options,
                                        const RunData &data) {
  if (options.timingOnly && data.inputs.empty())
    return getCallShapes(signature, std::max<int64_t>(options.batch, 1));
  llvm::Expected<Slices> slices =
      Slices::get(signature, data.inputs, options.batch);
  if (!slices)
    return slices.takeError();
  return getCallShapes(data.inputs, *slices);
}

/// What the entry takes; verified against the data.
static llvm::Expected<Signature> verifyEntry(func::FuncOp entry,
                                             const RunToolOptions &options,
                                             const RunData &data) {
  llvm::Expected<Signature> signature = Signature::get(entry.getFunctionType());
  if (!signature)
    return signature.takeError();
  llvm::Expected<Shapes> shapes = getShapes(*signature, options, data);
  if (!shapes)
    return shapes.takeError();
  return signature;
}

/// Verifies what labels and the output file ask of the results.
static llvm::Error verifyResults(const Signature &signature,
                                 const RunToolOptions &options,
                                 const RunData &data) {
  if (data.labels)
    if (llvm::Error error = data.labels->verify(signature))
      return error;
  if (options.outputPath.empty())
    return llvm::Error::success();
  return verifyOutputPath(options.outputPath, signature.results.size());
}

/// Programs have static extents, and are named after their layers.
static LogicalResult prepareForAccelerator(func::FuncOp entry,
                                           const Signature &signature,
                                           const RunToolOptions &options,
                                           const RunData &data) {
  fixLayerNames(entry->getParentOfType<ModuleOp>());
  Shapes shapes = llvm::cantFail(getShapes(signature, options, data));
  if (failed(setStaticShapes(entry, shapes)))
    return failure();
  // The last call may not have fewer rows any more.
  llvm::Expected<Signature> fixed = verifyEntry(entry, options, data);
  if (!fixed)
    return entry.emitError(llvm::toString(fixed.takeError()));
  return success();
}

FailureOr<func::FuncOp> evaluation::prepareEntry(ModuleOp module,
                                                 const RunToolOptions &options,
                                                 const RunData &data,
                                                 const Backend &backend) {
  llvm::Expected<func::FuncOp> entry = findEntry(module, options.entry);
  if (!entry)
    return module.emitError(llvm::toString(entry.takeError()));
  llvm::Expected<Signature> signature = verifyEntry(*entry, options, data);
  if (!signature)
    return entry->emitError(llvm::toString(signature.takeError()));
  if (llvm::Error error = verifyResults(*signature, options, data))
    return reportError(std::move(error));
  if (backend.getMachine() &&
      failed(prepareForAccelerator(*entry, *signature, options, data)))
    return failure();
  return *entry;
}
