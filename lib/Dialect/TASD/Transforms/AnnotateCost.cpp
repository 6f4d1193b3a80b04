//===- AnnotateCost.cpp - Say on every layer what it costs ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: every op that is planned, or contracts series, has a tasd.cost
// of the machine given; a remark says the same.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Transforms/MachineOptions.h"

#include "tasd/Pass/Remarks.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_ANNOTATECOST
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;
using ::tasd::report::CostPart;
using ::tasd::report::getComparedParts;

namespace {
/// Turns the parts of a cost into attributes.
struct AttributeBuilder {
  explicit AttributeBuilder(MLIRContext *context) : builder(context) {}
  Builder builder;

  Attribute operator()(int64_t value) {
    return builder.getI64IntegerAttr(value);
  }
  Attribute operator()(double value) { return builder.getF64FloatAttr(value); }
  Attribute operator()(const std::string &value) {
    return builder.getStringAttr(value);
  }
};
} // namespace

/// The name of the machine, and what the layer costs on it, planned and dense.
static std::vector<CostPart> getParts(const LayerCost &cost,
                                      const machine::Machine &machine) {
  std::vector<CostPart> parts = {{"machine", machine.name}};
  llvm::append_range(parts, getComparedParts(cost.planned->mapped.cost));
  llvm::append_range(parts,
                     getComparedParts(cost.dense->mapped.cost, "dense_"));
  return parts;
}

/// Whether an op was planned, be it as dense.
static bool isPlanned(Operation *op) {
  return isa<ContractOp>(op) || op->hasAttr(TASDDialect::kPlanAttrName);
}

namespace {
struct AnnotateCostPass : mlir::tasd::impl::AnnotateCostBase<AnnotateCostPass> {
  using AnnotateCostBase::AnnotateCostBase;

  void runOnOperation() override {
    auto model = loadCostModel(
        getOperation(), {machine, "", energyProfile, objective, dynamicExtent});
    if (failed(model))
      return signalPassFailure();
    auto costs = computeLayerCosts(getOperation(), **model, **model);
    if (failed(costs))
      return signalPassFailure();
    for (const LayerCost &cost : *costs)
      if (isPlanned(cost.layer.op))
        annotate(cost, **model);
  }

private:
  void annotate(const LayerCost &cost, const CostModel &model);
};
} // namespace

void AnnotateCostPass::annotate(const LayerCost &cost, const CostModel &model) {
  if (!cost.planned) {
    ++numLeftOut;
    return remarkMissed(
        cost.layer.op, getArgument(),
        {{"layer", cost.layer.name}, {"reason", cost.obstacle}});
  }
  ++numAnnotated;
  NamedAttrList attributes;
  SmallVector<RemarkArgument> arguments = {{"layer", cost.layer.name}};
  auto parts = getParts(cost, model.getMachine());
  for (const auto &[key, value] : parts) {
    attributes.append(key, std::visit(AttributeBuilder(&getContext()), value));
    arguments.push_back(
        {key, std::visit([](const auto &value) { return toRemarkValue(value); },
                         value)});
  }
  cost.layer.op->setAttr(TASDDialect::kCostAttrName,
                         attributes.getDictionary(&getContext()));
  remarkPassed(cost.layer.op, getArgument(), arguments);
}
