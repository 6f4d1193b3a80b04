//===- PrunedSeries.cpp - A series chosen for all layers at once ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/PrunedSeries.h"

#include "KeptPlan.h"
#include "OperandCandidates.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {
/// An input that is pruned.
struct PrunedInput {
  NamedLayer named;
  unsigned input;
  SmallVector<int64_t> along;
};
} // namespace

/// Whether nothing speaks against a series of an input.
static bool canHave(const PrunedInput &pruned, SeriesAttr series) {
  MLIRContext *context = series.getContext();
  SmallVector<OperandPlanAttr> plans(
      linalg::LinalgOp(pruned.named.layer.getOp()).getNumDpsInputs());
  plans[pruned.input] = OperandPlanAttr::get(context, series, pruned.along,
                                             DecomposeTime::CompileTime);
  auto plan = PlanAttr::get(context, plans, /*mapping=*/nullptr);
  return pruned.named.layer.findViolation(plan).empty();
}

/// The weights of a layer, if they are among those that are asked for.
static std::optional<PrunedInput> findInput(const PlanRequest &request,
                                            const NamedLayer &named,
                                            SeriesAttr series) {
  const Layer &layer = named.layer;
  if (!request.isChosen(named.name) || getKeptPlan(named) ||
      !layer.getObstacle().empty())
    return std::nullopt;
  for (unsigned input : getInputs(layer, PlanSide::Weights)) {
    PrunedInput pruned{named, input,
                       layer.getBlockedDims(input, /*isWeights=*/true)};
    ShapedType type = layer.getContraction().types[input];
    if (findInputObstacle(type, pruned.along).empty() &&
        canHave(pruned, series))
      return pruned;
  }
  return std::nullopt;
}

static std::vector<PrunedInput>
findInputs(ModuleOp module, const PlanRequest &request, SeriesAttr series) {
  std::vector<PrunedInput> inputs;
  for (const NamedLayer &named : collectLayers(module))
    if (auto input = findInput(request, named, series))
      inputs.push_back(std::move(*input));
  return inputs;
}

/// Chooses the thresholds of `series`. `constants` keeps the data alive.
static llvm::Expected<sparsity::Series>
prune(ArrayRef<PrunedInput> inputs, ArrayRef<ConstantTensor> constants,
      SeriesAttr series, const search::PruningOptions &options) {
  std::vector<search::PrunedLayer> layers;
  for (auto [pruned, constant] : llvm::zip_equal(inputs, constants)) {
    const Contraction &contraction = pruned.named.layer.getContraction();
    layers.push_back(
        {pruned.named.name,
         constant.getView(pruned.along, contraction.isUnsigned[pruned.input])});
  }
  return search::prune(layers, series.getSeries(), options);
}

using EmitOptionError = function_ref<InFlightDiagnostic(StringRef)>;

/// The series, its thresholds not chosen yet.
static FailureOr<SeriesAttr> parseSeries(MLIRContext *context,
                                         const search::Pruning &pruning,
                                         const search::PruningOptions &options,
                                         EmitOptionError emitError) {
  if (auto mistake = pruning.findMistake(options))
    return emitError(mistake->option) << mistake->message;
  if (!options.inner.empty()) {
    FailureOr<SeriesAttr> inner = SeriesAttr::parseText(
        context, options.inner, [&] { return emitError("inner"); });
    if (failed(inner))
      return failure();
    if (inner->getSeries().size() != 1)
      return emitError("inner")
             << "expected one pattern but got '" << options.inner << "'";
  }
  return SeriesAttr::parseText(context, pruning.getSeriesText(options),
                               [&] { return emitError("strategy"); });
}

static FailureOr<std::vector<ConstantTensor>>
getConstants(ArrayRef<PrunedInput> inputs) {
  std::vector<ConstantTensor> constants;
  for (const PrunedInput &pruned : inputs) {
    auto constant =
        ConstantTensor::get(pruned.named.layer.getInput(pruned.input));
    if (failed(constant))
      return failure();
    constants.push_back(std::move(*constant));
  }
  return constants;
}

FailureOr<SeriesAttr> mlir::tasd::choosePrunedSeries(
    ModuleOp module, const PlanRequest &request, const search::Pruning &pruning,
    const search::PruningOptions &options, EmitOptionError emitError) {
  MLIRContext *context = module.getContext();
  auto series = parseSeries(context, pruning, options, emitError);
  if (failed(series))
    return failure();
  std::vector<PrunedInput> inputs = findInputs(module, request, *series);
  if (inputs.empty())
    return emitError("strategy")
           << "expected a layer with constant weights for '" << pruning.name
           << "' but got none";
  auto constants = getConstants(inputs);
  if (failed(constants))
    return failure();
  auto chosen = ::prune(inputs, *constants, *series, options);
  releaseConstantData(context);
  if (!chosen)
    return emitError("sparsity") << llvm::toString(chosen.takeError());
  return SeriesAttr::get(context, *chosen);
}
