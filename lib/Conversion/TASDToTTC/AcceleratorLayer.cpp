//===- AcceleratorLayer.cpp - A layer that becomes a program --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AcceleratorLayer.h"

#include "Axes.h"
#include "PackedRows.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Parts of a layer
//===----------------------------------------------------------------------===//

static bool isZero(Value value) {
  return matchPattern(value, m_Zero()) || matchPattern(value, m_AnyZeroFloat());
}

/// Whether a tensor is known to hold zeros, of any sign.
static bool isZeroTensor(Value tensor) {
  if (auto fill = tensor.getDefiningOp<linalg::FillOp>())
    return isZero(fill.getInputs().front());
  return isZero(tensor);
}

/// A constant; nothing subtracted is 0.
static std::optional<int64_t> getZeroPoint(Value zeroPoint) {
  if (!zeroPoint)
    return 0;
  APInt value;
  if (matchPattern(zeroPoint, m_ConstantInt(&value)))
    return value.getSExtValue();
  return std::nullopt;
}

AcceleratorLayer AcceleratorLayer::get(LayerWork work) {
  AcceleratorLayer layer;
  std::array<Value, 2> zeroPoints;
  if (auto contract = dyn_cast<ContractOp>(work.op)) {
    layer.init = contract.getInit();
    bool isLhsDense = !work.getSeries(0);
    zeroPoints[isLhsDense ? 0 : 1] = contract.getZeroPoint();
  } else {
    Layer linalgLayer = *Layer::match(cast<linalg::LinalgOp>(work.op));
    layer.init = linalgLayer.getInit();
    for (unsigned input : {0, 1})
      zeroPoints[input] = linalgLayer.getZeroPoint(input);
  }
  layer.accumulates = !isZeroTensor(layer.init);
  for (unsigned input : {0, 1}) {
    layer.zeroPoints[input] = getZeroPoint(zeroPoints[input]);
    if (!work.getSeries(input))
      continue;
    layer.sources[input] = findSeriesSource(work.op->getOperand(input));
    work.isDecomposedAtRunTime[input] =
        layer.sources[input] && layer.sources[input]->dense;
  }
  layer.work = std::move(work);
  return layer;
}

Value AcceleratorLayer::getInput(unsigned input) const {
  if (sources[input])
    return sources[input]->dense;
  return work.op->getOperand(input);
}

//===----------------------------------------------------------------------===//
// Reasons
//===----------------------------------------------------------------------===//

static std::string print(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

/// The type of an operand's elements in a program, where integers know their
/// sign; null if it is none.
static Type getArgumentElementType(const Contraction &contraction,
                                   unsigned operand) {
  Type type = contraction.types[operand].getElementType();
  bool isUnsigned =
      operand != Contraction::Init && contraction.isUnsigned[operand];
  auto element = getSparsityElementType(type, isUnsigned);
  return element ? ttc::getType(type.getContext(), *element) : Type();
}

/// Sums are of the widest type of their kind that the lanes have.
static Type getSumType(Type resultType) {
  MLIRContext *context = resultType.getContext();
  if (isa<IntegerType>(resultType))
    return IntegerType::get(context, 32, IntegerType::Signed);
  return resultType.isF64() ? resultType : Float32Type::get(context);
}

/// Why the lanes have no unit for the types; they are of the wider input.
static std::string findTypeReason(const Contraction &contraction,
                                  const machine::Machine &machine) {
  for (unsigned operand : {0, 1, 2})
    if (!getArgumentElementType(contraction, operand))
      return "programs have no elements of '" +
             print(contraction.types[operand].getElementType()) + "'";
  Type result = contraction.types[Contraction::Init].getElementType();
  Type wider = contraction.types[0].getElementType();
  Type other = contraction.types[1].getElementType();
  if (other.getIntOrFloatBitWidth() > wider.getIntOrFloatBitWidth())
    std::swap(wider, other);
  if (isa<IntegerType>(result) != isa<IntegerType>(wider) ||
      isa<IntegerType>(result) != isa<IntegerType>(other))
    return "sums of '" + print(result) +
           "' are of other kind than products "
           "of '" +
           print(wider) + "'";
  if (!machine.getMacEnergy(print(wider)))
    return "machine '" + machine.name + "' has no multiply-add of '" +
           print(wider) + "'";
  return {};
}

std::string
AcceleratorLayer::findHostReason(const machine::Machine &machine) const {
  if (!work.obstacle.empty())
    return work.obstacle;
  for (ShapedType type : work.contraction.types)
    if (!type.hasStaticShape())
      return "an extent is dynamic";
  std::string reason = findTypeReason(work.contraction, machine);
  if (!reason.empty())
    return reason;
  for (unsigned input : {0, 1})
    if (!zeroPoints[input])
      return "a zero point is not constant";
  if (*zeroPoints[0] && *zeroPoints[1])
    return "both inputs have a zero point";
  unsigned a = work.getOperandA();
  (void)getInterface(a, reason);
  return reason;
}

//===----------------------------------------------------------------------===//
// The interface
//===----------------------------------------------------------------------===//

static Type getTensorArgument(const Contraction &contraction,
                              unsigned operand) {
  ShapedType type = contraction.types[operand];
  return ttc::TensorArgumentType::get(
      type.getContext(), type.getShape(),
      getArgumentElementType(contraction, operand));
}

FailureOr<ProgramInterface>
AcceleratorLayer::getInterface(unsigned a, std::string &reason) const {
  MLIRContext *context = work.op->getContext();
  const Contraction &contraction = work.contraction;
  ProductLoops loops = getProductLoops(contraction, a);
  ProgramInterface interface;
  interface.types = {getTensorArgument(contraction, a),
                     getTensorArgument(contraction, 1 - a),
                     getTensorArgument(contraction, Contraction::Init)};
  auto setAxes = [&](unsigned index, unsigned operand, ArrayRef<unsigned> rows,
                     ArrayRef<unsigned> columns) {
    auto axes = getAxes(context, contraction, operand, loops.products, rows,
                        columns, reason);
    if (succeeded(axes))
      interface.axes[index] = *axes;
    return axes;
  };
  if (failed(setAxes(0, a, loops.m, loops.k)) ||
      failed(setAxes(1, 1 - a, loops.n, loops.k)) ||
      failed(setAxes(2, Contraction::Init, loops.m, loops.n)))
    return failure();
  interface.sumType =
      getSumType(contraction.types[Contraction::Init].getElementType());
  interface.densities = {work.densities[a], work.densities[1 - a], 1};
  interface.zeroPoint = *zeroPoints[1 - a];
  interface.accumulates = accumulates;
  interface.series = work.getSeries(a);
  if (!interface.series)
    return interface;
  if (sources[a]->dense) {
    interface.extracted = sources[a]->extracted;
    interface.firstTerm = sources[a]->firstTerm;
    reason = findExtractionReason(contraction, a, loops);
  } else {
    PackedRows rows(contraction, a, loops);
    reason = rows.findReason();
    interface.types[0] =
        rows.getArgumentType(getArgumentElementType(contraction, a));
    interface.axes[0] = nullptr;
  }
  if (!reason.empty())
    return failure();
  return interface;
}

SmallVector<Value> AcceleratorLayer::getLaunchInputs(OpBuilder &builder,
                                                     unsigned a) const {
  SmallVector<Value> inputs;
  if (sources[a] && !sources[a]->dense)
    inputs =
        PackedRows(work.contraction, a, getProductLoops(work.contraction, a))
            .arrange(builder, work.op->getLoc(), sources[a]->components);
  else
    inputs = {getInput(a)};
  inputs.push_back(getInput(1 - a));
  return inputs;
}
