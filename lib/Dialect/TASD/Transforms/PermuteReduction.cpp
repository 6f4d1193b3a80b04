//===- PermuteReduction.cpp - Order channels for the layers' series -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors, planned or with a series to plan for.
// Postcondition: the same module but for the order of elements in constants; it
// computes the same but for the order in which it sums. Channel permutations
// for N:M sparsity are due to Pool and Yu (NeurIPS 2021).
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "ElementOrder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "tasd/Dialect/TASD/Analysis/Axes.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Pass/Remarks.h"
#include "tasd/Sparsity/Permutation.h"
#include "llvm/Support/FormatVariadic.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PERMUTEREDUCTION
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

namespace {
/// Constant weights with a series.
struct Weights {
  NamedLayer layer;
  unsigned input;
  SeriesAttr series;
  SmallVector<int64_t> along;
  /// The axis to put in order, if its columns have one.
  std::optional<AxisId> axis;
  /// Columns inside a position of the axis.
  int64_t numInner = 1;
  /// Why the layer is left as it is; empty if it is not.
  std::string obstacle;
};

using Orders = llvm::MapVector<AxisId, std::vector<int64_t>>;
} // namespace

/// The weights of a layer that has no plan, by a series for all.
static std::optional<Weights> getUnplannedWeights(const NamedLayer &named,
                                                  SeriesAttr series) {
  if (!series || !named.layer.getObstacle().empty())
    return std::nullopt;
  for (unsigned input : {1, 0}) {
    SmallVector<int64_t> along = named.layer.getBlockedDims(input, true);
    Type elementType =
        named.layer.getContraction().types[input].getElementType();
    if (!along.empty() && getSparsityElementType(elementType, false) &&
        ConstantTensor::isConstant(named.layer.getInput(input)))
      return Weights{named, input, series, along, {}, 1, ""};
  }
  return std::nullopt;
}

/// The weights of all layers that have a series, or get `series`.
static std::vector<Weights> collectWeights(ModuleOp module, SeriesAttr series) {
  std::vector<Weights> weights;
  for (const NamedLayer &named : collectLayers(module)) {
    auto plan = named.layer.getOp()->getAttrOfType<PlanAttr>(
        TASDDialect::kPlanAttrName);
    if (!plan) {
      if (auto unplanned = getUnplannedWeights(named, series))
        weights.push_back(std::move(*unplanned));
      continue;
    }
    for (auto [input, operand] : llvm::enumerate(plan.getInputs()))
      if (operand && operand.getTime() == DecomposeTime::CompileTime)
        weights.push_back({named,
                           static_cast<unsigned>(input),
                           operand.getSeries(),
                           llvm::to_vector(operand.getAlong()),
                           {},
                           1,
                           ""});
  }
  return weights;
}

/// What series of activations keep is known only when they run.
static void pinRunTimeSeries(ModuleOp module, Axes &axes) {
  for (auto [op, plan] : collectPlans(module))
    for (auto [input, operand] : llvm::enumerate(plan.getInputs()))
      if (operand && operand.getTime() == DecomposeTime::RunTime)
        for (int64_t dim : operand.getAlong())
          axes.pin(axes.get(op.getDpsInputOperand(input)->get(), dim),
                   "activations are decomposed along it when run");
}

//===----------------------------------------------------------------------===//
// Axes
//===----------------------------------------------------------------------===//

/// Chooses the axis of the columns that is best put in order: of the innermost
/// ones, whose neighbours share blocks, or else of all, the longest. The other
/// ones keep theirs, so that nothing else moves the columns.
static void chooseAxis(Weights &weights, Axes &axes) {
  Value value = weights.layer.layer.getInput(weights.input);
  AxisList columns;
  for (int64_t dim : weights.along)
    llvm::append_range(columns, axes.get(value, dim));
  int64_t numInner = 1;
  for (AxisId axis : llvm::reverse(columns)) {
    if (llvm::count(columns, axis) > 1)
      axes.pin(axis, "two dimensions of the weights share it");
    bool isFree = axes.getObstacle(axis).empty();
    bool isLonger =
        !weights.axis || (weights.numInner > 1 &&
                          axes.getExtent(axis) > axes.getExtent(*weights.axis));
    if (isFree && isLonger) {
      weights.axis = axis;
      weights.numInner = numInner;
    } else if (weights.obstacle.empty()) {
      weights.obstacle = axes.getObstacle(axis).str();
    }
    numInner *= axes.getExtent(axis);
  }
  for (AxisId axis : columns)
    if (axis != weights.axis)
      axes.pin(axis, "another axis of the same weights is put in order");
  if (weights.obstacle.empty())
    weights.obstacle = "it sums over one channel only";
}

/// The weights that share an axis to be put in order.
static llvm::MapVector<AxisId, SmallVector<Weights *>>
groupByAxis(MutableArrayRef<Weights> all, const Axes &axes) {
  llvm::MapVector<AxisId, SmallVector<Weights *>> groups;
  for (Weights &weights : all) {
    if (!weights.axis)
      continue;
    weights.obstacle = axes.getObstacle(*weights.axis).str();
    if (weights.obstacle.empty())
      groups[*weights.axis].push_back(&weights);
  }
  return groups;
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// The order of a dimension that consists of several axes; empty if none moves.
static std::vector<int64_t> getDimOrder(ArrayRef<AxisId> list, const Axes &axes,
                                        const Orders &orders) {
  if (llvm::none_of(list, [&](AxisId axis) { return orders.contains(axis); }))
    return {};
  std::vector<int64_t> result = {0};
  for (AxisId axis : list) {
    std::vector<int64_t> outer = std::move(result);
    result.clear();
    int64_t extent = axes.getExtent(axis);
    auto order = orders.find(axis);
    for (int64_t base : outer)
      for (int64_t i = 0; i < extent; ++i)
        result.push_back(base * extent +
                         (order == orders.end() ? i : order->second[i]));
  }
  return result;
}

/// Whether the elements of a constant were moved.
static FailureOr<bool> reorderConstant(arith::ConstantOp op, Axes &axes,
                                       const Orders &orders) {
  auto elements = dyn_cast<ElementsAttr>(op.getValue());
  auto type = dyn_cast<RankedTensorType>(op.getType());
  if (!elements || !type || isa<SplatElementsAttr>(elements))
    return false;
  DimOrders dimOrders;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    dimOrders.push_back(
        getDimOrder(axes.get(op.getResult(), dim), axes, orders));
  if (llvm::all_of(dimOrders, [](auto &order) { return order.empty(); }))
    return false;
  FailureOr<ElementsAttr> reordered =
      reorderElements(elements, dimOrders, [&] { return op.emitError(); });
  if (failed(reordered))
    return failure();
  op.setValueAttr(*reordered);
  return true;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct PermuteReductionPass
    : mlir::tasd::impl::PermuteReductionBase<PermuteReductionPass> {
  using PermuteReductionBase::PermuteReductionBase;

  void runOnOperation() override {
    FailureOr<SeriesAttr> unplanned = parseSeries();
    if (failed(unplanned))
      return signalPassFailure();
    std::vector<Weights> weights = collectWeights(getOperation(), *unplanned);
    Axes axes = computeAxes(getOperation());
    pinRunTimeSeries(getOperation(), axes);
    for (Weights &one : weights)
      chooseAxis(one, axes);
    Orders orders;
    for (auto &[axis, group] : groupByAxis(weights, axes))
      if (failed(findOrder(axis, axes.getExtent(axis), group, orders)))
        return signalPassFailure();
    for (const Weights &one : weights)
      if (!one.obstacle.empty())
        remarkLeft(one);
    if (!orders.empty() && failed(reorderConstants(axes, orders)))
      signalPassFailure();
  }

private:
  FailureOr<SeriesAttr> parseSeries();
  LogicalResult findOrder(AxisId axis, int64_t numChannels,
                          ArrayRef<Weights *> group, Orders &orders);
  LogicalResult reorderConstants(Axes &axes, const Orders &orders);
  void remarkLeft(const Weights &weights);
};
} // namespace

FailureOr<SeriesAttr> PermuteReductionPass::parseSeries() {
  if (series.empty())
    return SeriesAttr();
  return SeriesAttr::parseText(&getContext(), series, [&] {
    return emitError(getOperation().getLoc()) << "option series: ";
  });
}

void PermuteReductionPass::remarkLeft(const Weights &weights) {
  ++numLeft;
  remarkMissed(weights.layer.layer.getOp(), "tasd-permute-reduction",
               {{"layer", weights.layer.name}, {"reason", weights.obstacle}});
}

/// Finds the order of an axis for all weights that sum over it.
LogicalResult PermuteReductionPass::findOrder(AxisId axis, int64_t numChannels,
                                              ArrayRef<Weights *> group,
                                              Orders &orders) {
  std::vector<ConstantTensor> constants;
  std::vector<sparsity::ChannelTensor> tensors;
  for (Weights *weights : group) {
    const Layer &layer = weights->layer.layer;
    auto constant = ConstantTensor::get(layer.getInput(weights->input));
    if (failed(constant))
      return failure();
    constants.push_back(std::move(*constant));
    tensors.push_back(
        {constants.back().getView(
             weights->along, layer.getContraction().isUnsigned[weights->input]),
         weights->series.getSeries(), weights->numInner});
  }
  llvm::Expected<sparsity::ChannelOrder> order = sparsity::findChannelOrder(
      tensors, numChannels, {seed}, getThreadPool(&getContext()));
  releaseConstantData(&getContext());
  if (!order) {
    std::string reason = llvm::toString(order.takeError());
    for (Weights *weights : group)
      weights->obstacle = reason;
    return success();
  }
  for (Weights *weights : group) {
    if (order->isIdentity()) {
      weights->obstacle = "no order was found that keeps more";
      continue;
    }
    ++numLayers;
    remarkPassed(weights->layer.layer.getOp(), "tasd-permute-reduction",
                 {{"layer", weights->layer.name},
                  {"series", weights->series.getText()},
                  {"channels", std::to_string(numChannels)},
                  {"layers_together", std::to_string(group.size())},
                  {"kept_before", llvm::formatv("{0:f6}", order->keptBefore)},
                  {"kept_after", llvm::formatv("{0:f6}", order->keptAfter)}});
  }
  if (!order->isIdentity()) {
    ++numOrders;
    orders[axis] = std::move(order->channels);
  }
  return success();
}

LogicalResult PermuteReductionPass::reorderConstants(Axes &axes,
                                                     const Orders &orders) {
  WalkResult result = getOperation().walk([&](arith::ConstantOp op) {
    FailureOr<bool> isMoved = reorderConstant(op, axes, orders);
    if (failed(isMoved))
      return WalkResult::interrupt();
    numConstants += *isMoved;
    return WalkResult::advance();
  });
  releaseConstantData(&getContext());
  return failure(result.wasInterrupted());
}
