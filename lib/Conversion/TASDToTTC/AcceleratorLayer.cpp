//===- AcceleratorLayer.cpp - A layer that becomes a program --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AcceleratorLayer.h"

#include "Axes.h"
#include "LayerParts.h"
#include "PackedRows.h"
#include "RowPadding.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Parts of a layer
//===----------------------------------------------------------------------===//

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
    bool isLhsDense = !work.getSeries(0);
    zeroPoints[isLhsDense ? 0 : 1] = contract.getZeroPoint();
  } else {
    Layer linalgLayer = *Layer::match(cast<linalg::LinalgOp>(work.op));
    for (unsigned input : {0, 1})
      zeroPoints[input] = linalgLayer.getZeroPoint(input);
  }
  layer.work = std::move(work);
  for (unsigned input : {0, 1}) {
    layer.zeroPoints[input] = getZeroPoint(zeroPoints[input]);
    std::optional<SeriesSource> source = layer.getSource(input);
    layer.work.isDecomposedAtRunTime[input] = source && source->dense;
    if (source && source->extracted != layer.work.getSeries(input))
      layer.work.extracted[input] = source->extracted;
  }
  return layer;
}

Value AcceleratorLayer::getInit() const {
  return cast<DestinationStyleOpInterface>(work.op).getDpsInits().front();
}

std::optional<SeriesSource> AcceleratorLayer::getSource(unsigned input) const {
  if (!work.getSeries(input))
    return std::nullopt;
  return findSeriesSource(work.op->getOperand(input));
}

//===----------------------------------------------------------------------===//
// Reasons
//===----------------------------------------------------------------------===//

static std::string print(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

/// The type of an input's elements in a program, where integers know their
/// sign.
Type mlir::tasd::getArgumentElementType(const Contraction &contraction,
                                        unsigned input) {
  Type type = contraction.types[input].getElementType();
  return ttc::getType(
      type.getContext(),
      *getSparsityElementType(type, contraction.isUnsigned[input]));
}

/// The type of the sums whose results have `type`; null where there is none.
/// Floats are summed in f32, and rounded by the host where results are
/// narrower.
static Type getSumType(Type type) {
  if (type.isInteger(8) || type.isInteger(32))
    return IntegerType::get(type.getContext(), type.getIntOrFloatBitWidth(),
                            IntegerType::Signed);
  if (type.isF32() || type.isF16() || type.isBF16())
    return Float32Type::get(type.getContext());
  return {};
}

/// Whether lanes multiply elements of `type` exactly as they are.
static bool isMultiplied(Type type) {
  return type.isInteger(8) || type.isF32() || type.isF16() || type.isBF16() ||
         isa<Float8E4M3FNType>(type);
}

/// Why the lanes have no unit for the types; they are of the wider input.
static std::string findTypeReason(const Contraction &contraction,
                                  const machine::Machine &machine) {
  for (unsigned input : {0, 1})
    if (Type type = contraction.types[input].getElementType();
        !isMultiplied(type))
      return "programs multiply no '" + print(type) + "'";
  Type result = contraction.types[Contraction::Init].getElementType();
  if (!getSumType(result))
    return "programs sum up no '" + print(result) + "'";
  Type wider = contraction.types[0].getElementType();
  Type other = contraction.types[1].getElementType();
  if (other.getIntOrFloatBitWidth() > wider.getIntOrFloatBitWidth())
    std::swap(wider, other);
  if (isa<IntegerType>(result) != isa<IntegerType>(wider) ||
      isa<IntegerType>(result) != isa<IntegerType>(other))
    return "sums of '" + print(result) +
           "' are of another kind than products "
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

static Type getTensorArgument(const Contraction &contraction, unsigned operand,
                              Type elementType) {
  ShapedType type = contraction.types[operand];
  return ttc::TensorArgumentType::get(type.getContext(), type.getShape(),
                                      elementType);
}

ProgramInterface AcceleratorLayer::getBareInterface(unsigned a) const {
  const Contraction &contraction = work.contraction;
  ProgramInterface interface;
  interface.sumType =
      getSumType(contraction.types[Contraction::Init].getElementType());
  interface.types[1] = getTensorArgument(
      contraction, 1 - a, getArgumentElementType(contraction, 1 - a));
  interface.types[2] =
      getTensorArgument(contraction, Contraction::Init, interface.sumType);
  interface.densities = {work.densities[a], work.densities[1 - a], 1};
  interface.zeroPoint = *zeroPoints[1 - a];
  interface.accumulates = work.accumulates;
  return interface;
}

FailureOr<ProgramInterface>
AcceleratorLayer::getInterface(unsigned a, std::string &reason) const {
  if (*zeroPoints[a] != 0) {
    reason = "the mapping makes the input with a zero point operand a";
    return failure();
  }
  MLIRContext *context = work.op->getContext();
  if (part)
    return getPartInterface(*this, reason);
  Contraction contraction = padRows(work.contraction, a, work.getBlocks(a));
  ProductLoops loops = getProductLoops(contraction, a);
  ProgramInterface interface = getBareInterface(a);
  for (unsigned input : {0, 1})
    interface.types[input == a ? 0 : 1] = getTensorArgument(
        contraction, input, getArgumentElementType(contraction, input));
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
  interface.series = work.getSeries(a);
  if (!interface.series)
    return interface;
  std::optional<SeriesSource> source = getSource(a);
  if (source && source->dense) {
    interface.extracted = source->extracted;
    interface.firstTerm = source->firstTerm;
    reason = findExtractionReason(contraction, a, loops, source->extracted);
  } else if (!interface.series.hasFixedSize()) {
    reason = "programs take no series whose size depends on data";
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
  if (part)
    return getPartInputs(builder, *this);
  Location loc = work.op->getLoc();
  Contraction padded = padRows(work.contraction, a, work.getBlocks(a));
  auto pad = [&](Value tensor, unsigned input) {
    return padTensor(builder, loc, tensor, padded.types[input].getShape());
  };
  Value b = pad(work.op->getOperand(1 - a), 1 - a);
  std::optional<SeriesSource> source = getSource(a);
  if (!source)
    return {work.op->getOperand(a), b};
  if (source->dense)
    return {pad(source->dense, a), b};
  PackedRows rows(padded, a, getProductLoops(padded, a));
  SmallVector<Value> inputs = rows.arrange(builder, loc, source->components);
  inputs.push_back(b);
  return inputs;
}
