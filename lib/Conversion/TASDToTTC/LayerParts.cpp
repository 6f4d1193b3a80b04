//===- LayerParts.cpp - Layers that machines run part by part -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerParts.h"

#include "Axes.h"

#include "tasd/Conversion/TermParts/PartValues.h"

using namespace mlir;
using namespace mlir::tasd;
using sparsity::PackedPart;

static SeriesAttr getSeries(MLIRContext *context, const PackedPart &part) {
  if (!part.pattern)
    return nullptr;
  return SeriesAttr::get(context, sparsity::Series({part.pattern}));
}

/// Whether the values of a term, of any size, are none.
static bool storesNothing(Value series) {
  auto assemble = series.getDefiningOp<AssembleOp>();
  if (!assemble)
    return false;
  auto values =
      cast<ShapedType>(assemble.getSizedComponents().front().getType());
  return values.hasStaticShape() && values.getNumElements() == 0;
}

std::vector<AcceleratorLayer>
mlir::tasd::splitIntoParts(AcceleratorLayer layer) {
  auto contract = dyn_cast<ContractOp>(layer.work.op);
  auto packed = contract ? findPartedInput(contract) : std::nullopt;
  if (!packed) {
    if (contract &&
        (storesNothing(contract.getLhs()) || storesNothing(contract.getRhs())))
      layer.work.obstacle = "its series keeps nothing";
    return {std::move(layer)};
  }
  StringRef reason = "its series has terms beside one of tiles";
  bool isAlone = layer.work.getSeries(*packed).size() == 1;
  FailureOr<PartedContraction> matched = failure();
  if (isAlone)
    matched = matchPartedContraction(contract, *packed, reason);
  if (failed(matched)) {
    layer.work.obstacle = reason;
    return {std::move(layer)};
  }
  auto product = std::make_shared<PartedContraction>(std::move(*matched));
  std::vector<AcceleratorLayer> layers;
  for (auto [index, part] : llvm::enumerate(product->parts)) {
    AcceleratorLayer &piece = layers.emplace_back(layer);
    piece.part = LayerPart{product, index};
    piece.work.part = WorkPart{static_cast<int64_t>(part.rows.size()),
                               static_cast<int64_t>(part.columns.size()),
                               getSeries(contract.getContext(), part)};
  }
  return layers;
}

static ttc::DigitAttr getDigit(MLIRContext *context, int64_t extent,
                               int64_t dimension) {
  return ttc::DigitAttr::get(context, extent, dimension, /*scale=*/1);
}

/// The type and, where it is dense, the axes of a part as operand A.
static std::pair<Type, ttc::AxesAttr>
getArgumentOfA(MLIRContext *context, const WorkPart &part, Type elementType) {
  auto [numRows, numColumns] = std::pair(part.numRows, part.numColumns);
  if (part.series)
    return {ttc::PackedArgumentType::get(context, {1, numRows, numColumns},
                                         elementType, part.series),
            nullptr};
  return {
      ttc::TensorArgumentType::get(context, {numRows, numColumns}, elementType),
      ttc::AxesAttr::get(context, {}, {getDigit(context, numRows, 0)},
                         {getDigit(context, numColumns, 1)}, nullptr, nullptr)};
}

FailureOr<ProgramInterface>
mlir::tasd::getPartInterface(const AcceleratorLayer &layer,
                             std::string &reason) {
  const LayerWork &work = layer.work;
  const Contraction &contraction = work.contraction;
  MLIRContext *context = work.op->getContext();
  unsigned a = layer.part->product->packed;
  ProductLoops loops = getProductLoops(contraction, a);
  if (!loops.products.empty()) {
    reason = "a term of parts is of one product, not of a batch of them";
    return failure();
  }
  ProgramInterface interface = layer.getBareInterface(a);
  std::tie(interface.types[0], interface.axes[0]) = getArgumentOfA(
      context, *work.part, getArgumentElementType(contraction, a));
  interface.series = work.part->series;
  auto b = getAxes(context, contraction, 1 - a, {}, loops.n, loops.k, reason);
  auto z = getAxes(context, contraction, Contraction::Init, {}, loops.m,
                   loops.n, reason);
  if (failed(b) || failed(z))
    return failure();
  const PackedPart &part = layer.part->get();
  interface.axes[1] =
      ttc::AxesAttr::get(context, {}, b->getRows(), b->getColumns(), nullptr,
                         DenseI64ArrayAttr::get(context, part.columns));
  interface.axes[2] =
      ttc::AxesAttr::get(context, {}, z->getRows(), z->getColumns(),
                         DenseI64ArrayAttr::get(context, part.rows), nullptr);
  return interface;
}

SmallVector<Value> mlir::tasd::getPartInputs(OpBuilder &builder,
                                             const AcceleratorLayer &layer) {
  const PartedContraction &product = *layer.part->product;
  SmallVector<Value> inputs;
  for (const PackedPart::Component &component : layer.part->get().components)
    inputs.push_back(getPartComponent(builder, product, component));
  inputs.push_back(layer.work.op->getOperand(1 - product.packed));
  return inputs;
}
