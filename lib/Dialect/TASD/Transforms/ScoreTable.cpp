//===- ScoreTable.cpp - Scores of a file, by layer ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScoreTable.h"

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Sparsity/Metrics.h"

#include "llvm/ADT/StringSet.h"

#include <cmath>

using namespace mlir;
using namespace mlir::tasd;

FailureOr<ScoreTable> ScoreTable::read(ModuleOp module, StringRef path,
                                       EmitOptionError emitError) {
  const auto *reader = module.getContext()
                           ->getLoadedDialect<TASDDialect>()
                           ->getRegisteredInterface<ScoreReader>();
  if (!reader)
    return emitError("scores") << "expected a program that reads files of "
                                  "arrays, as tasd-opt";
  auto scores = reader->read(path);
  if (!scores)
    return emitError("scores") << llvm::toString(scores.takeError());
  ScoreTable table(path, emitError);
  for (LayerScores &layer : *scores)
    table.byName[layer.layer] = std::move(layer);
  if (failed(table.verifyNames(module)))
    return failure();
  return table;
}

InFlightDiagnostic ScoreTable::emitScoreError() const {
  return emitError("scores") << path << ": ";
}

LogicalResult ScoreTable::verifyNames(ModuleOp module) const {
  llvm::StringSet<> known;
  for (const NamedLayer &named : collectLayers(module))
    known.insert(named.name);
  // The first by name, whatever the order of the table.
  StringRef unknown;
  for (StringRef name : byName.keys())
    if (!known.contains(name) && (unknown.empty() || name < unknown))
      unknown = name;
  if (unknown.empty())
    return success();
  return emitScoreError() << "expected arrays by the names of layers but got '"
                          << unknown << "'";
}

static std::string getShapeText(ArrayRef<int64_t> shape) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(shape, os, "x");
  return text;
}

/// Whether no element is a NaN or an infinity.
static bool isFinite(const sparsity::TensorView &view, MLIRContext *context) {
  auto metrics =
      llvm::cantFail(sparsity::measure(view, {}, {}, getThreadPool(context)));
  return std::isfinite(metrics.tensor.magnitude);
}

FailureOr<search::PrunedLayer>
ScoreTable::getLayer(const PrunedInput &pruned) const {
  StringRef name = pruned.named.name;
  auto found = byName.find(name);
  if (found == byName.end())
    return emitScoreError()
           << "expected scores of layer '" << name << "' but got none";
  const LayerScores &scores = found->second;
  auto type = cast<ShapedType>(pruned.getValue().getType());
  if (type.getShape() != ArrayRef(scores.shape))
    return emitScoreError()
           << "expected scores of shape " << getShapeText(type.getShape())
           << " for layer '" << name << "' but got "
           << getShapeText(scores.shape);
  auto view = sparsity::TensorView::contiguous(
      scores.bytes.data(), scores.elementType, scores.shape, pruned.along);
  if (!isFinite(view, type.getContext()))
    return emitScoreError() << "expected scores that are finite for layer '"
                            << name << "' but got a NaN or an infinity";
  return search::PrunedLayer{name.str(), view, "scores"};
}

FailureOr<std::vector<search::PrunedLayer>>
ScoreTable::getLayers(ArrayRef<PrunedInput> inputs) const {
  std::vector<search::PrunedLayer> layers;
  for (const PrunedInput &pruned : inputs) {
    auto layer = getLayer(pruned);
    if (failed(layer))
      return failure();
    layers.push_back(std::move(*layer));
  }
  return layers;
}
