//===- PrunedInputs.cpp - What is pruned together -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PrunedInputs.h"

#include "KeptPlan.h"
#include "OperandCandidates.h"

using namespace mlir;
using namespace mlir::tasd;

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

using EmitOptionError = function_ref<InFlightDiagnostic(StringRef)>;

/// The series, its thresholds not chosen yet.
static FailureOr<SeriesAttr> parseSeries(MLIRContext *context,
                                         const search::Pruning &pruning,
                                         const search::PruningOptions &options,
                                         EmitOptionError emitError) {
  if (auto mistake = pruning.findMistake(options))
    return emitError(mistake->option) << mistake->message;
  // Without an inner pattern nothing but the granularity can be at fault.
  search::PruningOptions outer = options;
  outer.inner.clear();
  FailureOr<SeriesAttr> series =
      SeriesAttr::parseText(context, pruning.getSeriesText(outer),
                            [&] { return emitError("granularity"); });
  if (failed(series) || options.inner.empty())
    return series;
  FailureOr<SeriesAttr> inner = SeriesAttr::parseText(
      context, options.inner, [&] { return emitError("inner"); });
  if (failed(inner))
    return failure();
  if (inner->getSeries().size() != 1)
    return emitError("inner")
           << "expected one pattern but got '" << options.inner << "'";
  return SeriesAttr::parseText(context, pruning.getSeriesText(options),
                               [&] { return emitError("inner"); });
}

FailureOr<PruningTask> mlir::tasd::getPruningTask(
    ModuleOp module, const PlanRequest &request, const search::Pruning &pruning,
    const search::PruningOptions &options, EmitOptionError emitError) {
  auto series = parseSeries(module.getContext(), pruning, options, emitError);
  if (failed(series))
    return failure();
  if (auto mistake = search::findMistake(series->getSeries(), options))
    return emitError(mistake->option) << mistake->message;
  std::vector<PrunedInput> inputs = findInputs(module, request, *series);
  if (inputs.empty())
    return emitError("strategy")
           << "expected a layer with constant weights for '" << pruning.name
           << "' but got none";
  return PruningTask{*series, std::move(inputs)};
}
