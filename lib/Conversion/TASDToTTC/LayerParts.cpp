//===- LayerParts.cpp - Layers that machines run part by part -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerParts.h"

#include "Axes.h"

#include "tasd/Conversion/TermParts/PartValues.h"
#include "tasd/Dialect/TASD/Analysis/WorkParts.h"

using namespace mlir;
using namespace mlir::tasd;
using sparsity::PackedPart;

/// Whether the values of a term, of any size, are none.
static bool storesNothing(Value series) {
  auto assemble = series.getDefiningOp<AssembleOp>();
  if (!assemble)
    return false;
  auto values =
      cast<ShapedType>(assemble.getSizedComponents().front().getType());
  return values.hasStaticShape() && values.getNumElements() == 0;
}

void mlir::tasd::matchParts(AcceleratorLayer &layer) {
  auto contract = dyn_cast<ContractOp>(layer.work.op);
  auto packed = contract ? findPartedInput(contract) : std::nullopt;
  if (!packed) {
    if (contract &&
        (storesNothing(contract.getLhs()) || storesNothing(contract.getRhs())))
      layer.work.obstacle = "its series keeps nothing";
    return;
  }
  StringRef reason = "its series has terms beside one of tiles";
  bool isAlone = layer.work.getSeries(*packed).size() == 1;
  FailureOr<PartedContraction> matched = failure();
  if (isAlone)
    matched = matchPartedContraction(contract, *packed, reason);
  if (failed(matched)) {
    layer.work.obstacle = reason;
    return;
  }
  layer.product = std::make_shared<PartedContraction>(std::move(*matched));
  layer.work.parts = getWorkParts(layer.work, layer.product->parts);
  layer.work.obstacle = layer.work.parts->obstacle;
}

std::vector<AcceleratorLayer>
mlir::tasd::splitIntoParts(const AcceleratorLayer &layer) {
  if (!layer.product)
    return {layer};
  std::vector<AcceleratorLayer> layers;
  for (auto [index, part] : llvm::enumerate(layer.work.parts->list)) {
    AcceleratorLayer &piece = layers.emplace_back();
    piece.work = layer.work.getPart(part);
    piece.zeroPoints = layer.zeroPoints;
    piece.part = LayerPart{layer.product, index};
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

/// The values of loops, one for each row or column of a part.
using LoopIndices = llvm::SmallDenseMap<unsigned, SmallVector<int32_t>, 4>;

/// Adds the values that `loops` take at flattened indices of the term.
static void addIndices(LoopIndices &indices, const PartedContraction &product,
                       ArrayRef<unsigned> loops, ArrayRef<int64_t> dims,
                       ArrayRef<int64_t> flattened) {
  SeriesType type = product.series.getType();
  for (auto [loop, values] :
       llvm::zip_equal(loops, splitIndices(type, dims, flattened)))
    indices[loop] = values;
}

/// The places that `loops` lead to, as digits of one number. A value that is
/// the same everywhere need not be there so often.
static DenseI64ArrayAttr getPlaces(const PartedContraction &product,
                                   ArrayRef<unsigned> loops,
                                   const LoopIndices &indices, size_t size) {
  SmallVector<int64_t> ranges = product.op.getContraction().getStaticRanges();
  SmallVector<int64_t> places(size, 0);
  for (unsigned loop : loops) {
    ArrayRef<int32_t> values = indices.find(loop)->second;
    for (auto [i, place] : llvm::enumerate(places))
      place = place * ranges[loop] +
              (values.size() == size ? values[i] : values.front());
  }
  return DenseI64ArrayAttr::get(product.op.getContext(), places);
}

/// Of equal products, as those of a batch, each part belongs to one: places
/// say to which.
FailureOr<ProgramInterface>
mlir::tasd::getPartInterface(const AcceleratorLayer &layer,
                             std::string &reason) {
  const LayerWork &work = layer.work;
  const Contraction &contraction = work.contraction;
  MLIRContext *context = work.op->getContext();
  const PartedContraction &product = *layer.part->product;
  const PackedPart &part = layer.part->get();
  unsigned a = product.packed;
  ProductLoops loops = getProductLoops(contraction, a);
  ProgramInterface interface = layer.getBareInterface(a);
  std::tie(interface.types[0], interface.axes[0]) = getArgumentOfA(
      context, *work.part, getArgumentElementType(contraction, a));
  interface.series = work.part->series;
  auto rows = llvm::to_vector(loops.products);
  auto columns = rows;
  llvm::append_range(rows, loops.m);
  llvm::append_range(columns, loops.k);
  auto b = getAxes(context, contraction, 1 - a, {}, loops.n, columns, reason);
  auto z = getAxes(context, contraction, Contraction::Init, {}, rows, loops.n,
                   reason);
  if (failed(b) || failed(z))
    return failure();
  SeriesType type = product.series.getType();
  LoopIndices indices;
  addIndices(indices, product, product.rows,
             type.getBlockedShape().getRowDims(), part.rows);
  addIndices(indices, product, product.columns, type.getAlong(), part.columns);
  interface.axes[1] = ttc::AxesAttr::get(
      context, {}, b->getRows(), b->getColumns(), nullptr,
      getPlaces(product, columns, indices, part.columns.size()));
  interface.axes[2] = ttc::AxesAttr::get(
      context, {}, z->getRows(), z->getColumns(),
      getPlaces(product, rows, indices, part.rows.size()), nullptr);
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
