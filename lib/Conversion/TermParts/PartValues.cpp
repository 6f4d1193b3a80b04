//===- PartValues.cpp - Where the parts of a term stand -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TermParts/PartValues.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::tasd;

OpFoldResult LoopValues::getAt(OpBuilder &builder, Location loc,
                               Value position) const {
  if (uniform)
    return builder.getIndexAttr(*uniform);
  Value element = tensor::ExtractOp::create(builder, loc, list, position);
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    element)
      .getResult();
}

static LoopValues makeValues(OpBuilder &builder, Location loc,
                             ArrayRef<int32_t> values) {
  if (llvm::all_equal(values))
    return {values.front(), {}};
  auto type = RankedTensorType::get({static_cast<int64_t>(values.size())},
                                    builder.getI32Type());
  return {std::nullopt,
          arith::ConstantOp::create(builder, loc,
                                    DenseElementsAttr::get(type, values))};
}

static LoopValueMap makeValueMap(OpBuilder &builder,
                                 const PartedContraction &product,
                                 ArrayRef<unsigned> loops,
                                 ArrayRef<int64_t> dims,
                                 ArrayRef<int64_t> flattened) {
  LoopValueMap map;
  auto values = splitIndices(product.series.getType(), dims, flattened);
  for (auto [loop, indices] : llvm::zip_equal(loops, values))
    map[loop] = makeValues(builder, product.op.getLoc(), indices);
  return map;
}

LoopValueMap mlir::tasd::getRowValues(OpBuilder &builder,
                                      const PartedContraction &product,
                                      const sparsity::PackedPart &part) {
  return makeValueMap(builder, product, product.rows,
                      product.series.getType().getBlockedShape().getRowDims(),
                      part.rows);
}

LoopValueMap mlir::tasd::getColumnValues(OpBuilder &builder,
                                         const PartedContraction &product,
                                         const sparsity::PackedPart &part) {
  return makeValueMap(builder, product, product.columns,
                      product.series.getType().getAlong(), part.columns);
}

/// All elements in one dimension.
static Value flatten(OpBuilder &builder, Location loc, Value value) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  if (rank == 1)
    return value;
  ReassociationIndices all = llvm::to_vector<2>(llvm::seq<int64_t>(0, rank));
  return tensor::CollapseShapeOp::create(builder, loc, value,
                                         ArrayRef<ReassociationIndices>{all});
}

Value mlir::tasd::getPartComponent(
    OpBuilder &builder, const PartedContraction &product,
    const sparsity::PackedPart::Component &component) {
  Location loc = product.op.getLoc();
  // A slice of nothing begins past the end.
  if (ShapedType::getNumElements(component.shape) == 0)
    return tensor::EmptyOp::create(
        builder, loc, component.shape,
        getElementTypeOrSelf(
            product.series.getSizedComponents()[component.position].getType()));
  Value whole = flatten(
      builder, loc, product.series.getSizedComponents()[component.position]);
  int64_t size = ShapedType::getNumElements(component.shape);
  SmallVector<OpFoldResult> offset = {builder.getIndexAttr(component.begin)},
                            extent = {builder.getIndexAttr(size)},
                            stride = {builder.getIndexAttr(1)};
  Value slice = tensor::ExtractSliceOp::create(builder, loc, whole, offset,
                                               extent, stride);
  if (component.shape.size() == 1)
    return slice;
  ReassociationIndices all =
      llvm::to_vector<2>(llvm::seq<int64_t>(0, component.shape.size()));
  auto type = RankedTensorType::get(component.shape,
                                    getElementTypeOrSelf(whole.getType()));
  return tensor::ExpandShapeOp::create(builder, loc, type, slice,
                                       ArrayRef<ReassociationIndices>{all});
}
