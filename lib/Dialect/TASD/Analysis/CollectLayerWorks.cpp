//===- CollectLayerWorks.cpp - From layers of the IR to works -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "tasd/Pass/LayerNames.h"

using namespace mlir;
using namespace mlir::tasd;

/// Sets the extents of the loops, and what keeps them from being counted.
static void setRanges(LayerWork &layer, int64_t dynamicExtent) {
  double product = 1;
  for (int64_t range : layer.contraction.getStaticRanges()) {
    layer.ranges.push_back(ShapedType::isDynamic(range) ? dynamicExtent
                                                        : range);
    product *= layer.ranges.back();
  }
  if (product == 0)
    layer.obstacle = "a dimension is empty";
  // Up to here every count is exact in a double, and in JSON.
  if (product > static_cast<double>(int64_t(1) << 53))
    layer.obstacle = "it has more than 2^53 multiplications";
}

static bool isZero(Value value) {
  return matchPattern(value, m_Zero()) || matchPattern(value, m_AnyZeroFloat());
}

/// Whether a layer's init is not known to hold zeros, of any sign.
static bool hasInit(Operation *op) {
  Value init = cast<DestinationStyleOpInterface>(op).getDpsInits().front();
  if (auto fill = init.getDefiningOp<linalg::FillOp>())
    init = fill.getInputs().front();
  return !isZero(init);
}

LayerWork LayerWork::get(const NamedLayer &named, PlanAttr plan,
                         int64_t dynamicExtent) {
  const Layer &layer = named.layer;
  LayerWork work;
  work.name = named.name;
  work.op = layer.getOp();
  work.contraction = plan ? layer.getContraction(plan) : layer.getContraction();
  work.accumulates = hasInit(work.op);
  work.mapping = plan ? plan.getMapping() : nullptr;
  for (unsigned input : {0, 1})
    work.hasZeroPoint[input] = layer.hasZeroPoint(input);
  for (unsigned input : {0, 1})
    if (OperandPlanAttr operand = plan ? plan.getInputs()[input] : nullptr) {
      work.isDecomposedAtRunTime[input] =
          operand.getTime() == DecomposeTime::RunTime;
      work.selected[input] = operand.getSeries();
    }
  work.obstacle = layer.getProductObstacle();
  if (work.obstacle.empty())
    setRanges(work, dynamicExtent);
  return work;
}

/// Whether an op writes constants in another form only, so that compilers store
/// its result. Packing does so while the program runs.
static bool rewritesForm(Operation *op) {
  // Casts leave the extents of components open.
  return isa<AssembleAsOp, AssembleOp, ComposeOp, DecomposeOp, DisassembleOp,
             SliceOp, TermOp, tensor::CastOp>(op);
}

/// Whether a series is made of values that only the running program has, in
/// whichever form its components are stored.
static bool isMadeAtRunTime(Value value) {
  if (ConstantTensor::isConstant(value))
    return false;
  Operation *op = value.getDefiningOp();
  return !op || !rewritesForm(op) ||
         llvm::any_of(op->getOperands(), isMadeAtRunTime);
}

LayerWork LayerWork::get(StringRef name, ContractOp op, int64_t dynamicExtent) {
  LayerWork work;
  work.name = name;
  work.op = op;
  work.contraction = op.getContraction();
  work.accumulates = hasInit(op);
  work.mapping = op->getAttrOfType<MappingAttr>(TASDDialect::kMappingAttrName);
  for (unsigned input : {0, 1})
    work.isDecomposedAtRunTime[input] =
        work.getSeries(input) && isMadeAtRunTime(op->getOperand(input));
  setRanges(work, dynamicExtent);
  return work;
}

std::vector<LayerWork> mlir::tasd::collectLayerWorks(Operation *root,
                                                     int64_t dynamicExtent) {
  std::vector<LayerWork> works;
  LayerNamer namer;
  root->walk([&](Operation *op) {
    if (auto contract = dyn_cast<ContractOp>(op)) {
      works.push_back(
          LayerWork::get(namer.getName(op), contract, dynamicExtent));
      return;
    }
    auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
    std::optional<Layer> layer =
        linalgOp ? Layer::match(linalgOp) : std::nullopt;
    if (layer)
      works.push_back(LayerWork::get(
          {namer.getName(op), *layer},
          op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName),
          dynamicExtent));
  });
  return works;
}
