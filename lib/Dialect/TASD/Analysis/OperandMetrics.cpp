//===- OperandMetrics.cpp - What series keep of a layer's operand ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"

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
  if (plan)
    for (OperandPlanAttr input : plan.getInputs())
      if (input) {
        row.series +=
            (row.series.empty() ? "" : " x ") + input.getSeries().getText();
        row.macShare *=
            input.getSeries().getSeries().getMaxDensity().value_or(1);
      }
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
