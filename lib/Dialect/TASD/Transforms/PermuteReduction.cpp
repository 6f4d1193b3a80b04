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
#include "SeriesWeights.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/Analysis/SharedAxes.h"
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
/// Weights, and the axis of their columns to be put in order.
struct Weights : SeriesWeights {
  explicit Weights(SeriesWeights weights) : SeriesWeights(std::move(weights)) {}

  /// None where no axis is free.
  std::optional<AxisId> axis;
  /// Columns inside a position of the axis.
  int64_t numInner = 1;
  /// Why the weights are left as they are; empty if they are not.
  std::string obstacle;
};

using Orders = llvm::MapVector<AxisId, std::vector<int64_t>>;
} // namespace

/// What series of activations keep is known only when they run.
static void pinRunTimeSeries(ModuleOp module, SharedAxes &axes) {
  for (auto [op, plan] : collectPlans(module))
    for (auto [input, operand] : llvm::enumerate(plan.getInputs()))
      if (operand && operand.getTime() == DecomposeTime::RunTime)
        for (int64_t dim : operand.getAlong())
          axes.pin(axes.get(op.getDpsInputOperand(input)->get(), dim),
                   "activations are decomposed along it when run");
}

//===----------------------------------------------------------------------===//
// SharedAxes
//===----------------------------------------------------------------------===//

/// Chooses the axis of the columns that is best put in order: of the innermost
/// ones, whose neighbours share blocks, or else of all, the longest. The other
/// ones keep theirs, so that nothing else moves the columns.
static void chooseAxis(Weights &weights, SharedAxes &axes) {
  AxisList columns;
  for (int64_t dim : weights.along)
    llvm::append_range(columns, axes.get(weights.getValue(), dim));
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
groupByAxis(MutableArrayRef<Weights> all, const SharedAxes &axes) {
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
static std::vector<int64_t> getDimOrder(ArrayRef<AxisId> list,
                                        const SharedAxes &axes,
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
static FailureOr<bool> reorderConstant(arith::ConstantOp op, SharedAxes &axes,
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

/// What was profiled of activations says nothing of them in another order.
static void removeProfiles(ModuleOp module, SharedAxes &axes,
                           const Orders &orders) {
  module.walk([&](linalg::LinalgOp op) {
    if (!op->hasAttr(TASDDialect::kProfileAttrName))
      return;
    for (OpOperand *input : op.getDpsInputOperands()) {
      auto type = dyn_cast<RankedTensorType>(input->get().getType());
      for (int64_t dim = 0; type && dim < type.getRank(); ++dim)
        for (AxisId axis : axes.get(input->get(), dim))
          if (orders.contains(axis))
            op->removeAttr(TASDDialect::kProfileAttrName);
    }
  });
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
    std::vector<Weights> weights;
    for (const SeriesWeights &one :
         collectSeriesWeights(getOperation(), *unplanned))
      weights.emplace_back(one);
    SharedAxes axes = computeSharedAxes(getOperation());
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
  LogicalResult reorderConstants(SharedAxes &axes, const Orders &orders);
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
  remarkMissed(weights.getLayer().getOp(), "tasd-permute-reduction",
               {{"layer", weights.named.name}, {"reason", weights.obstacle}});
}

/// Keeps constants alive beside the search's view of them.
static LogicalResult
viewWeights(ArrayRef<Weights *> group, std::vector<ConstantTensor> &constants,
            std::vector<sparsity::ChannelTensor> &tensors) {
  for (Weights *weights : group) {
    auto constant = ConstantTensor::get(weights->getValue());
    if (failed(constant))
      return failure();
    constants.push_back(std::move(*constant));
    tensors.push_back(
        {constants.back().getView(weights->along, weights->isUnsigned()),
         weights->series.getSeries(), weights->numInner});
  }
  return success();
}

static void remarkOrdered(const Weights &weights, size_t numTogether,
                          const sparsity::ChannelOrder &order) {
  remarkPassed(weights.getLayer().getOp(), "tasd-permute-reduction",
               {{"layer", weights.named.name},
                {"series", weights.series.getText()},
                {"channels", std::to_string(order.channels.size())},
                {"layers_together", std::to_string(numTogether)},
                {"kept_before", llvm::formatv("{0:f6}", order.keptBefore)},
                {"kept_after", llvm::formatv("{0:f6}", order.keptAfter)}});
}

/// Finds the order of an axis for all weights that sum over it.
LogicalResult PermuteReductionPass::findOrder(AxisId axis, int64_t numChannels,
                                              ArrayRef<Weights *> group,
                                              Orders &orders) {
  std::vector<ConstantTensor> constants;
  std::vector<sparsity::ChannelTensor> tensors;
  if (failed(viewWeights(group, constants, tensors)))
    return failure();
  llvm::Expected<sparsity::ChannelOrder> order = sparsity::findChannelOrder(
      tensors, numChannels, {seed}, getThreadPool(&getContext()));
  releaseConstantData(&getContext());
  std::string obstacle;
  if (!order)
    obstacle = llvm::toString(order.takeError());
  else if (order->isIdentity())
    obstacle = "no order was found that keeps more";
  for (Weights *weights : group) {
    weights->obstacle = obstacle;
    if (obstacle.empty())
      remarkOrdered(*weights, group.size(), *order);
  }
  if (!obstacle.empty())
    return success();
  ++numOrders;
  numLayers += group.size();
  orders[axis] = std::move(order->channels);
  return success();
}

LogicalResult PermuteReductionPass::reorderConstants(SharedAxes &axes,
                                                     const Orders &orders) {
  WalkResult result = getOperation().walk([&](arith::ConstantOp op) {
    FailureOr<bool> isMoved = reorderConstant(op, axes, orders);
    if (failed(isMoved))
      return WalkResult::interrupt();
    numConstants += *isMoved;
    return WalkResult::advance();
  });
  releaseConstantData(&getContext());
  removeProfiles(getOperation(), axes, orders);
  return failure(result.wasInterrupted());
}
