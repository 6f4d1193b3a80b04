//===- LayerCost.cpp - What the layers of a module cost -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/LayerCost.h"

#include "mlir/IR/Threading.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/Analysis/WorkParts.h"

using namespace mlir;
using namespace mlir::tasd;
using namespace ::tasd::report;

//===----------------------------------------------------------------------===//
// Data
//===----------------------------------------------------------------------===//

/// As its profile says, or 1 where it has none.
static double getProfiledDensity(const Layer &layer, unsigned input) {
  OperandProfileAttr profile = findProfile(
      layer, input, layer.getBlockedDims(input, /*isWeights=*/false));
  return profile ? profile.getDensity() : 1;
}

LogicalResult mlir::tasd::measureDensities(LayerWork &work,
                                           const machine::Machine &machine) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(work.op);
  bool isUseless = machine.a.zeros == machine::ZeroSupport::Stored &&
                   machine.b.zeros == machine::ZeroSupport::Stored;
  if (isUseless || !linalgOp)
    return success();
  Layer layer = *Layer::match(linalgOp);
  for (unsigned input : {0, 1}) {
    ShapedType type = layer.getContraction().types[input];
    SmallVector<int64_t> along =
        layer.getBlockedDims(input, /*isWeights=*/true);
    if (!ConstantTensor::isConstant(layer.getInput(input))) {
      work.densities[input] = getProfiledDensity(layer, input);
      continue;
    }
    if (along.empty() ||
        !getSparsityElementType(type.getElementType(), /*isUnsigned=*/false))
      continue;
    auto metrics = measureWeights(layer, input, along, {});
    if (failed(metrics))
      return failure();
    work.densities[input] = metrics->tensor.getDensity();
  }
  return success();
}

/// Whether the machine has the patterns; that it has not is told with the cost.
static bool runs(const machine::Machine &machine, SeriesAttr series) {
  return !llvm::errorToBool(checkPlannedSeries(machine, series.getSeries()));
}

LogicalResult mlir::tasd::verifyLossless(const LayerWork &work,
                                         const machine::Machine &machine) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(work.op);
  if (work.isDense() || !linalgOp)
    return success();
  Layer layer = *Layer::match(linalgOp);
  for (unsigned input : {0, 1}) {
    auto type = dyn_cast<SeriesType>(work.contraction.types[input]);
    if (!type || !ConstantTensor::isConstant(layer.getInput(input)) ||
        mayDrop(machine, type.getSeries().getSeries()) ||
        !runs(machine, type.getSeries()))
      continue;
    auto metrics = measureWeights(layer, input, type.getAlong(),
                                  type.getSeries().getSeries());
    if (failed(metrics))
      return failure();
    if (int64_t dropped = metrics->series[0].droppedNonZeros)
      return emitError(work.op->getLoc())
             << "layer '" << work.name << "': expected a series that drops "
             << "nothing, on machine '" << machine.name << "', but "
             << type.getSeries().getText() << " drops " << dropped
             << " non-zeros";
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

/// Verifies what is asked of data, on both machines.
static LogicalResult prepare(LayerWork &layer, const CostModel &model,
                             const CostModel &baseline) {
  return success(succeeded(verifyLossless(layer, model.getMachine())) &&
                 succeeded(findParts(layer)) &&
                 succeeded(measureDensities(layer, model.getMachine())) &&
                 succeeded(measureDensities(layer, baseline.getMachine())));
}

/// Fills in the costs of a layer, or why there are none; the error is of a plan
/// that the machine does not run.
static llvm::Error compute(LayerCost &cost, const CostModel &model,
                           const CostModel &baseline) {
  auto dense = baseline.compute(cost.layer.getDense());
  if (!dense) {
    cost.obstacle = llvm::toString(dense.takeError());
    return llvm::Error::success();
  }
  if (cost.layer.parts && !cost.layer.parts->obstacle.empty()) {
    cost.obstacle = cost.layer.parts->obstacle;
    return llvm::Error::success();
  }
  auto planned = model.computeAsRun(cost.layer);
  if (!planned && cost.layer.isDense() && !cost.layer.mapping) {
    cost.obstacle = llvm::toString(planned.takeError());
    return llvm::Error::success();
  }
  if (!planned)
    return planned.takeError();
  cost.planned = std::move(*planned);
  cost.dense = std::move(*dense);
  return llvm::Error::success();
}

FailureOr<std::vector<LayerCost>>
mlir::tasd::computeLayerCosts(ModuleOp module, const CostModel &model,
                              const CostModel &baseline) {
  for (auto [op, plan] : collectPlans(module))
    if (failed(verifyPlan(op, plan)))
      return failure();
  std::vector<LayerCost> costs;
  for (LayerWork &layer : collectLayerWorks(module, model.getDynamicExtent())) {
    if (failed(prepare(layer, model, baseline)))
      return failure();
    costs.push_back({std::move(layer), {}, {}, {}});
  }
  // Messages in the order of the layers, whatever the order of threads.
  std::vector<std::string> errors(costs.size());
  parallelFor(module.getContext(), 0, costs.size(), [&](size_t index) {
    if (llvm::Error error = compute(costs[index], model, baseline))
      errors[index] = llvm::toString(std::move(error));
  });
  for (auto [cost, error] : llvm::zip(costs, errors))
    if (!error.empty())
      return emitError(cost.layer.op->getLoc())
             << "layer '" << cost.layer.name << "': " << error;
  return costs;
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

static LayerCostRow getRow(const LayerCost &cost) {
  LayerCostRow row;
  row.name = cost.layer.name;
  row.op = cost.layer.op->getName().stripDialect();
  row.series = cost.layer.getSeriesText();
  row.macs = cost.layer.obstacle.empty() ? cost.layer.getNumMACs()
                                         : cost.layer.contraction.getNumMACs();
  row.obstacle = cost.obstacle;
  if (cost.planned) {
    row.planned = MappedRow{cost.planned->a, cost.planned->mapped};
    row.dense = MappedRow{cost.dense->a, cost.dense->mapped};
  }
  return row;
}

ModuleCost mlir::tasd::getModuleCost(ArrayRef<LayerCost> costs,
                                     const CostModel &model,
                                     const CostModel &baseline) {
  ModuleCost result;
  result.machine = model.getMachine().name;
  result.baseline = baseline.getMachine().name;
  result.energyProfile = model.getMachine().energyProfile;
  result.objective = model.getObjective();
  result.dynamicExtent = model.getDynamicExtent();
  for (const LayerCost &cost : costs)
    result.rows.push_back(getRow(cost));
  return result;
}
