//===- OperandMetrics.cpp - What series keep of a layer's operand ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Sparsity/Packing.h"

using namespace mlir;
using namespace mlir::tasd;
using ::tasd::report::LayerRow;

llvm::ThreadPoolInterface *mlir::tasd::getThreadPool(MLIRContext *context) {
  return context->isMultithreadingEnabled() ? &context->getThreadPool()
                                            : nullptr;
}

FailureOr<sparsity::Metrics>
mlir::tasd::measureWeights(const Layer &layer, unsigned input,
                           ArrayRef<int64_t> along,
                           ArrayRef<sparsity::Series> series) {
  FailureOr<ConstantTensor> tensor = ConstantTensor::get(layer.getInput(input));
  if (failed(tensor))
    return failure();
  llvm::Expected<sparsity::Metrics> metrics = sparsity::measure(
      tensor->getView(along, layer.getContraction().isUnsigned[input]), series,
      {}, getThreadPool(layer.getOp()->getContext()));
  releaseConstantData(layer.getOp()->getContext());
  if (!metrics)
    return layer.getOp()->emitError(llvm::toString(metrics.takeError()));
  return *metrics;
}

//===----------------------------------------------------------------------===//
// Rows of the table
//===----------------------------------------------------------------------===//

/// The input that the row shows: the weights, else the first planned one.
static std::optional<unsigned> getShownInput(const Layer &layer,
                                             PlanAttr plan) {
  for (unsigned input : {1, 0})
    if (ConstantTensor::isConstant(layer.getInput(input)))
      return input;
  for (unsigned input : {0, 1})
    if (plan && plan.getInputs()[input])
      return input;
  return std::nullopt;
}

static std::string getShapeText(ShapedType type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto printExtent = [&](int64_t extent) {
    if (ShapedType::isDynamic(extent))
      os << "?";
    else
      os << extent;
  };
  llvm::interleave(type.getShape(), os, printExtent, "x");
  return text;
}

/// The share of elements that the first series does not keep.
static double getSparsity(const sparsity::Metrics &metrics) {
  int64_t numElements = metrics.tensor.numElements;
  return numElements == 0
             ? 0
             : 1 - double(metrics.series[0].keptNonZeros) / double(numElements);
}

/// The share of the elements of constant weights that the terms of a series
/// store, some of which the data decide.
static FailureOr<double> measureStoredShare(const Layer &layer, unsigned input,
                                            OperandPlanAttr plan) {
  FailureOr<ConstantTensor> tensor = ConstantTensor::get(layer.getInput(input));
  if (failed(tensor))
    return failure();
  sparsity::Series series = plan.getSeries().getSeries();
  sparsity::TensorView view = tensor->getView(
      plan.getAlong(), layer.getContraction().isUnsigned[input]);
  auto ownership = sparsity::select(view, series,
                                    getThreadPool(layer.getOp()->getContext()));
  if (!ownership)
    return layer.getOp()->emitError(llvm::toString(ownership.takeError()));
  int64_t numStored = 0;
  for (auto [term, pattern] : llvm::enumerate(series.getPatterns()))
    for (const sparsity::PackedComponent &component :
         pattern->getSizedComponents(view, *ownership, term))
      if (!component.elementType)
        numStored += component.getNumElements();
  releaseConstantData(layer.getOp()->getContext());
  int64_t numElements = tensor->getType().getNumElements();
  return numElements == 0 ? 0 : double(numStored) / double(numElements);
}

/// The share of the multiplications that the series of an input leaves.
static FailureOr<double> getMACShare(const Layer &layer, unsigned input,
                                     OperandPlanAttr plan) {
  if (plan.getSeries().hasFixedSize() ||
      plan.getTime() == DecomposeTime::RunTime)
    return plan.getSeries().getSeries().getMaxDensity().value_or(1);
  return measureStoredShare(layer, input, plan);
}

/// Fills in what only the weights' data tell.
static LogicalResult addMetrics(LayerRow &row, const Layer &layer,
                                unsigned input, OperandPlanAttr plan) {
  SmallVector<int64_t> along = layer.getBlockedDims(input, /*isWeights=*/true);
  std::vector<sparsity::Series> series;
  if (plan) {
    along.assign(plan.getAlong().begin(), plan.getAlong().end());
    series.push_back(plan.getSeries().getSeries());
  }
  Type elementType = layer.getContraction().types[input].getElementType();
  if (along.empty() || !getSparsityElementType(elementType, false))
    return success();
  FailureOr<sparsity::Metrics> metrics =
      measureWeights(layer, input, along, series);
  if (failed(metrics))
    return failure();
  row.zeros = 1 - metrics->tensor.getDensity();
  if (plan) {
    row.keptMagnitude = 1 - metrics->series[0].getDroppedMagnitudeShare();
    row.droppedNonZeros = metrics->series[0].droppedNonZeros;
    if (!plan.getSeries().hasFixedSize())
      row.sparsity = getSparsity(*metrics);
  }
  return success();
}

/// Fills in what the plan, null for dense, says.
static LogicalResult addSeries(LayerRow &row, const Layer &layer,
                               PlanAttr plan) {
  for (unsigned input : {0, 1}) {
    OperandPlanAttr operand = plan ? plan.getInputs()[input] : nullptr;
    if (!operand)
      continue;
    row.series +=
        (row.series.empty() ? "" : " x ") + operand.getSeries().getText();
    FailureOr<double> share = getMACShare(layer, input, operand);
    if (failed(share))
      return failure();
    row.macShare *= *share;
  }
  return success();
}

static FailureOr<LayerRow> makeRow(const NamedLayer &named) {
  const Layer &layer = named.layer;
  linalg::LinalgOp op = layer.getOp();
  auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  LayerRow row;
  row.name = named.name;
  row.op = op->getName().stripDialect();
  row.macs = layer.getNumMACs();
  if (failed(addSeries(row, layer, plan)))
    return failure();
  std::optional<unsigned> shown = getShownInput(layer, plan);
  if (!shown)
    return row;
  row.shape = getShapeText(layer.getContraction().types[*shown]);
  if (ConstantTensor::isConstant(layer.getInput(*shown)) &&
      failed(addMetrics(row, layer, *shown,
                        plan ? plan.getInputs()[*shown] : nullptr)))
    return failure();
  return row;
}

FailureOr<std::vector<LayerRow>> mlir::tasd::collectPlanRows(ModuleOp module) {
  std::vector<LayerRow> rows;
  for (const NamedLayer &named : collectLayers(module)) {
    FailureOr<LayerRow> row = makeRow(named);
    if (failed(row))
      return failure();
    rows.push_back(std::move(*row));
  }
  return rows;
}
