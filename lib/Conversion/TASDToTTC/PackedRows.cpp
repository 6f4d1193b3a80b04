//===- PackedRows.cpp - Rows of packed terms in a program -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackedRows.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

using namespace mlir;
using namespace mlir::tasd;

static constexpr llvm::StringLiteral kRaggedReason =
    "its blocks are ragged inside the reduction";

/// The length of the rows that a series is blocked in.
static int64_t getRowLength(SeriesType type) {
  int64_t length = 1;
  for (int64_t dim : type.getAlong())
    length *= type.getDimSize(dim);
  return length;
}

/// Whether the last block of a row is shorter.
static bool isRagged(SeriesType type, SeriesAttr blocks) {
  std::optional<int64_t> block = blocks.getSeries().getBlockSize();
  return block && getRowLength(type) % *block != 0;
}

PackedRows::PackedRows(const Contraction &contraction, unsigned a,
                       const ProductLoops &loops)
    : type(cast<SeriesType>(contraction.types[a])),
      rowLength(getRowLength(type)) {
  AffineMap map = contraction.maps[a];
  // The components have the dimensions without blocks, then one of slots.
  SmallVector<std::optional<unsigned>> rowLoops;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (!type.isBlocked(dim)) {
      rowLoops.push_back(matchLoop(map.getResult(dim)));
      isImage |= !rowLoops.back();
    }
  SmallVector<int64_t> ranges = contraction.getStaticRanges();
  auto place = [&](ArrayRef<unsigned> group, int64_t &count) {
    for (unsigned loop : group)
      for (auto [dim, rowLoop] : llvm::enumerate(rowLoops))
        if (rowLoop == loop) {
          order.push_back(dim);
          count *= ranges[loop];
        }
  };
  place(loops.products, numProducts);
  place(loops.m, numRows);
  place(loops.k, numParts);
}

Type PackedRows::getArgumentType(Type elementType) const {
  return ttc::PackedArgumentType::get(
      type.getContext(), {numProducts, numRows, numParts * rowLength},
      elementType, type.getSeries());
}

std::string PackedRows::findReason() const {
  if (isImage)
    return "its packed terms are read through a window";
  if (numParts == 1)
    return {};
  if (isRagged(type, type.getSeries()))
    return kRaggedReason.str();
  // Metadata of a row begins at a byte.
  auto whole = cast<ttc::PackedArgumentType>(
      getArgumentType(Float32Type::get(type.getContext())));
  for (auto [part, row] :
       llvm::zip(type.getComponentTypes(), whole.getHostTypes()))
    if (part.getShape().back() * numParts != row.getShape().back())
      return "the metadata of its rows ends inside a byte";
  return {};
}

/// Reorders the dimensions of a component but the last.
static Value transpose(OpBuilder &builder, Location loc, Value component,
                       ArrayRef<int64_t> order) {
  SmallVector<int64_t> permutation(order);
  permutation.push_back(order.size());
  if (llvm::is_sorted(permutation))
    return component;
  auto type = cast<RankedTensorType>(component.getType());
  SmallVector<int64_t> shape;
  for (int64_t dim : permutation)
    shape.push_back(type.getDimSize(dim));
  Value init =
      tensor::EmptyOp::create(builder, loc, shape, type.getElementType());
  return linalg::TransposeOp::create(builder, loc, component, init, permutation)
      .getResult()
      .front();
}

/// A component as a matrix.
static Value collapse(OpBuilder &builder, Location loc, Value component,
                      int64_t numRows) {
  auto type = cast<RankedTensorType>(component.getType());
  ReassociationIndices rows, columns;
  int64_t count = 1;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    (count == numRows ? columns : rows).push_back(dim);
    count *= count == numRows ? 1 : type.getDimSize(dim);
  }
  return tensor::CollapseShapeOp::create(
      builder, loc, component, ArrayRef<ReassociationIndices>{rows, columns});
}

SmallVector<Value> PackedRows::arrange(OpBuilder &builder, Location loc,
                                       ValueRange components) const {
  SmallVector<Value> arranged;
  for (Value component : components) {
    Value value = transpose(builder, loc, component, order);
    if (numParts != 1)
      value = collapse(builder, loc, value, numProducts * numRows);
    arranged.push_back(value);
  }
  return arranged;
}

std::string mlir::tasd::findExtractionReason(const Contraction &contraction,
                                             unsigned a,
                                             const ProductLoops &loops,
                                             SeriesAttr extracted) {
  auto type = cast<SeriesType>(contraction.types[a]);
  SmallVector<int64_t> ranges = contraction.getStaticRanges();
  int64_t reduction = 1;
  for (unsigned loop : loops.k)
    reduction *= ranges[loop];
  if (isRagged(type, extracted) && reduction != getRowLength(type))
    return kRaggedReason.str();
  return {};
}
