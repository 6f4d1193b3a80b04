//===- Layer.cpp - Contractions and convolutions in linalg ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/Layer.h"

#include "mlir/IR/Matchers.h"
#include "tasd/Cost/Mapping.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/MultiplyAddBody.h"
#include "tasd/Pass/LayerNames.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Recognition
//===----------------------------------------------------------------------===//

std::optional<Layer> Layer::match(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1 ||
      op.getNumDpsInputs() < 2 || op.getNumReductionLoops() == 0)
    return std::nullopt;
  std::optional<MultiplyAddBody> body = matchMultiplyAddBody(*op.getBlock());
  if (!body)
    return std::nullopt;
  Layer layer(op);
  for (OpOperand *operand : {op.getDpsInputOperand(0), op.getDpsInputOperand(1),
                             op.getDpsInitOperand(0)}) {
    layer.contraction.maps.push_back(op.getMatchingIndexingMap(operand));
    layer.contraction.types.push_back(
        cast<ShapedType>(operand->get().getType()));
  }
  layer.productObstacle = layer.readFactors(*body);
  if (layer.productObstacle.empty())
    layer.productObstacle = layer.findFormObstacle();
  layer.obstacle = layer.productObstacle;
  if (layer.obstacle.empty() && layer.isDepthwise())
    layer.obstacle = "a depthwise convolution sums over no channels";
  return layer;
}

/// Takes over how the inputs are multiplied; says why that cannot be told.
std::string Layer::readFactors(const MultiplyAddBody &body) {
  for (unsigned input : {0, 1}) {
    const Factor &factor = body.factors[input];
    if (!factor.argument || factor.argument.getArgNumber() != input ||
        !factor.isWidenedOnce())
      return "its body is not a sum of products of its two inputs, each cast "
             "at most once";
    contraction.isUnsigned[input] = factor.isUnsigned();
    if (!factor.zeroPoint)
      continue;
    zeroPoints[input] =
        op.getDpsInputOperand(factor.zeroPoint.getArgNumber())->get();
    if (!zeroPoints[input].getType().isSignlessInteger(32))
      return "a zero point is not one scalar";
  }
  return {};
}

bool Layer::isConvolution() const {
  for (unsigned loop = 0; loop < contraction.getNumLoops(); ++loop)
    if (contraction.isWindow(loop))
      return true;
  return false;
}

/// Depthwise: windows are all that is summed over, and some parallel loop
/// chooses the channel in both inputs and the result.
bool Layer::isDepthwise() const {
  bool hasDepth = false;
  for (unsigned loop = 0; loop < contraction.getNumLoops(); ++loop) {
    if (!contraction.isParallel(loop) && !contraction.isWindow(loop))
      return false;
    hasDepth |= contraction.isParallel(loop) &&
                contraction.maps[0].isFunctionOfDim(loop) &&
                contraction.maps[1].isFunctionOfDim(loop);
  }
  return hasDepth && isConvolution();
}

std::string Layer::findFormObstacle() const {
  if (!zeroPoints[0] && !zeroPoints[1] &&
      linalg::LinalgOp(op).getNumDpsInputs() != 2)
    return "it has more than two inputs";
  Contraction checked = contraction;
  checked.hasZeroPoint = false; // decided once an input is a series
  return checked.findViolation();
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

Value Layer::getInput(unsigned input) const {
  return linalg::LinalgOp(op).getDpsInputOperand(input)->get();
}

Value Layer::getInit() const {
  return linalg::LinalgOp(op).getDpsInitOperand(0)->get();
}

bool Layer::hasZeroPoint(unsigned input) const {
  return zeroPoints[input] && !matchPattern(zeroPoints[input], m_Zero());
}

Contraction Layer::getContraction(PlanAttr plan) const {
  Contraction planned = contraction;
  for (unsigned input : {0, 1})
    if (OperandPlanAttr operand = plan.getInputs()[input])
      planned.types[input] =
          SeriesType::get(cast<RankedTensorType>(planned.types[input]),
                          operand.getSeries().getStored(), operand.getAlong());
  planned.hasZeroPoint = hasZeroPoint(0) || hasZeroPoint(1);
  return planned;
}

std::string Layer::findViolation(PlanAttr plan) const {
  for (ShapedType type : contraction.types)
    if (cast<RankedTensorType>(type).getEncoding())
      return "the type of an operand has an encoding";
  return findFormViolation(plan);
}

std::string Layer::findFormViolation(PlanAttr plan) const {
  if (!obstacle.empty())
    return "cannot be planned: " + obstacle;
  for (unsigned input : {0, 1}) {
    OperandPlanAttr operand = plan.getInputs()[input];
    if (!operand)
      continue;
    std::string prefix = "input " + std::to_string(input) + ": ";
    if (hasZeroPoint(input))
      return prefix + "expected a zero point of constant 0";
    if (operand.getTime() == DecomposeTime::CompileTime &&
        !ConstantTensor::isConstant(getInput(input)))
      return prefix + "expected a constant to decompose at compile time";
    std::string obstacle = operand.getSeries().findRunTimeObstacle();
    if (operand.getTime() == DecomposeTime::RunTime && !obstacle.empty())
      return prefix + obstacle;
  }
  return getContraction(plan).findViolation();
}

SmallVector<int64_t> Layer::getBlockedDims(unsigned input,
                                           bool isWeights) const {
  SmallVector<std::pair<unsigned, int64_t>> windows, channels;
  for (auto [dim, expr] :
       llvm::enumerate(contraction.maps[input].getResults())) {
    std::optional<unsigned> loop = matchLoop(expr);
    if (!loop || contraction.isParallel(*loop))
      continue;
    if (!contraction.isWindow(*loop))
      channels.push_back({*loop, dim});
    else if (isWeights)
      windows.push_back({*loop, dim});
  }
  // In the order of the loops, which the layout of the operand does not change.
  llvm::sort(windows);
  llvm::sort(channels);
  windows.append(channels);
  return llvm::to_vector(llvm::make_second_range(windows));
}

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

FailureOr<Layer> mlir::tasd::getPlannedLayer(linalg::LinalgOp op,
                                             PlanAttr plan) {
  std::optional<Layer> layer = Layer::match(op);
  if (!layer)
    return op->emitOpError("expected a contraction or a convolution to carry "
                           "a plan");
  std::string violation = layer->findViolation(plan);
  if (!violation.empty())
    return op->emitOpError(violation);
  return *layer;
}

LogicalResult mlir::tasd::verifyPlan(linalg::LinalgOp op, PlanAttr plan) {
  if (!plan.isDense() && failed(getPlannedLayer(op, plan)))
    return failure();
  if (!plan.getMapping())
    return success();
  auto mapping =
      ::tasd::cost::parseMapping(plan.getMapping().getText(), "mapping");
  if (!mapping)
    return op->emitOpError(llvm::toString(mapping.takeError()));
  return success();
}

SmallVector<std::pair<linalg::LinalgOp, PlanAttr>>
mlir::tasd::collectPlans(ModuleOp module) {
  SmallVector<std::pair<linalg::LinalgOp, PlanAttr>> plans;
  module.walk([&](linalg::LinalgOp op) {
    if (auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName))
      plans.push_back({op, plan});
  });
  return plans;
}

void mlir::tasd::stampPlanCount(ModuleOp module) {
  module->setAttr(TASDDialect::kPlanCountAttrName,
                  Builder(module.getContext())
                      .getI64IntegerAttr(collectPlans(module).size()));
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

SmallVector<NamedLayer> mlir::tasd::collectLayers(Operation *root) {
  SmallVector<NamedLayer> layers;
  LayerNamer namer;
  root->walk([&](linalg::LinalgOp op) {
    if (std::optional<Layer> layer = Layer::match(op))
      layers.push_back({namer.getName(op), std::move(*layer)});
  });
  return layers;
}
