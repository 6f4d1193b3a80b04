//===- Gather.cpp - Operands laid out for the packed kernel ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One linalg.generic reads the operand through its map into the order of loops
// that the kernel wants; groups of loops are then collapsed into one dimension.
// Nothing is copied where the operand has that order and type already.
//
//===----------------------------------------------------------------------===//

#include "Gather.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Conversion/VectorKernels/VectorCopies.h"
#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Orders of loops
//===----------------------------------------------------------------------===//

SmallVector<unsigned> mlir::tasd::getOuterLoops(const PackedProduct &product) {
  SmallVector<unsigned> outer;
  AffineMap map = product.getMap(1 - product.packed);
  for (unsigned loop :
       llvm::concat<const unsigned>(product.rows, product.windows))
    if (map.isFunctionOfDim(loop))
      outer.push_back(loop);
  return outer;
}

static SmallVector<unsigned> getDenseOrder(const PackedProduct &product) {
  SmallVector<unsigned> order = getOuterLoops(product);
  llvm::append_range(order, product.columns);
  llvm::append_range(order, product.lanes);
  return order;
}

static SmallVector<unsigned> getInitOrder(const PackedProduct &product) {
  return llvm::to_vector(
      llvm::concat<const unsigned>(product.rows, product.lanes));
}

/// Whether `map` reads the loops of `order`, one after the other.
static bool isInOrder(AffineMap map, ArrayRef<unsigned> order) {
  if (map.getNumResults() != order.size())
    return false;
  for (auto [expr, loop] : llvm::zip(map.getResults(), order))
    if (matchLoop(expr) != loop)
      return false;
  return true;
}

//===----------------------------------------------------------------------===//
// Groups of dimensions
//===----------------------------------------------------------------------===//

/// Dimensions in groups of these sizes.
static SmallVector<ReassociationIndices> makeGroups(ArrayRef<size_t> sizes) {
  SmallVector<ReassociationIndices> groups;
  int64_t dim = 0;
  for (size_t size : sizes) {
    ReassociationIndices &group = groups.emplace_back();
    for (size_t i = 0; i < size; ++i)
      group.push_back(dim++);
  }
  return groups;
}

/// Collapses the last `numLanes` dimensions into one, and the `numColumns`
/// before them into one where there are any.
static Value collapse(OpBuilder &builder, Location loc, Value value,
                      size_t numOuter, size_t numColumns, size_t numLanes) {
  SmallVector<size_t> sizes(numOuter, 1);
  if (numColumns)
    sizes.push_back(numColumns);
  sizes.push_back(numLanes);
  if (llvm::all_equal(sizes) && sizes.front() == 1)
    return value;
  return tensor::CollapseShapeOp::create(builder, loc, value,
                                         makeGroups(sizes));
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// `map` over the loops of `order` alone, in that order.
static AffineMap reorder(AffineMap map, ArrayRef<unsigned> order) {
  MLIRContext *context = map.getContext();
  SmallVector<AffineExpr> loops(map.getNumDims(),
                                getAffineConstantExpr(0, context));
  for (auto [position, loop] : llvm::enumerate(order))
    loops[loop] = getAffineDimExpr(position, context);
  return map.replaceDimsAndSymbols(loops, {}, order.size(), 0);
}

/// Extents of the loops of `order`, and 1 for lanes where there are none.
static SmallVector<OpFoldResult> getSizes(OpBuilder &builder,
                                          const PackedProduct &product,
                                          ArrayRef<unsigned> order) {
  SmallVector<Range> domain = product.op.getIterationDomain(builder);
  SmallVector<OpFoldResult> sizes;
  for (unsigned loop : order)
    sizes.push_back(domain[loop].size);
  if (product.lanes.empty())
    sizes.push_back(builder.getIndexAttr(1));
  return sizes;
}

/// By vectors where that can be, which a zero point, a scalar, does not allow.
static Value copy(OpBuilder &builder, const PackedProduct &product,
                  Value source, AffineMap from, Value target, AffineMap to,
                  int64_t vectorBits, ElementCast cast) {
  Location loc = product.op.getLoc();
  if (!product.op.getZeroPoint())
    if (Value copied = buildVectorCopy(builder, loc, source, from, target, to,
                                       vectorBits, cast))
      return copied;
  return buildCopy(builder, loc, source, from, target, to, cast);
}

/// Copies an operand into the loops' `order`, lanes last.
static Value gather(OpBuilder &builder, const PackedProduct &product,
                    Value source, AffineMap map, ArrayRef<unsigned> order,
                    int64_t vectorBits, ElementCast cast) {
  Location loc = product.op.getLoc();
  SmallVector<OpFoldResult> sizes = getSizes(builder, product, order);
  Value target =
      tensor::EmptyOp::create(builder, loc, sizes, product.getComputeType());
  AffineMap from = reorder(map, order);
  // Where there are no lanes a dimension of extent 1 stands for them.
  from =
      AffineMap::get(sizes.size(), 0, from.getResults(), builder.getContext());
  return copy(builder, product, source, from, target,
              builder.getMultiDimIdentityMap(sizes.size()), vectorBits, cast);
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

bool mlir::tasd::isDenseInPlace(const PackedProduct &product) {
  return !product.op.getZeroPoint() && !product.lanes.empty() &&
         getElementTypeOrSelf(product.getDense()) == product.getComputeType() &&
         isInOrder(product.getMap(1 - product.packed), getDenseOrder(product));
}

Value mlir::tasd::gatherDense(OpBuilder &builder, const PackedProduct &product,
                              int64_t vectorBits) {
  unsigned dense = 1 - product.packed;
  Value gathered = product.getDense();
  auto toFactor = [&](OpBuilder &b, Location loc, Value element) {
    Value factor = buildFactor(b, loc, product.op, dense, element,
                               product.op.getZeroPoint());
    return castFloat(b, loc, factor, product.getComputeType());
  };
  if (!isDenseInPlace(product))
    gathered = gather(builder, product, gathered, product.getMap(dense),
                      getDenseOrder(product), vectorBits, toFactor);
  return collapse(builder, product.op.getLoc(), gathered,
                  getOuterLoops(product).size(), product.columns.size(),
                  std::max<size_t>(product.lanes.size(), 1));
}

/// Whether the sums can be kept where the init lies.
static bool isInitInPlace(const PackedProduct &product) {
  return !product.lanes.empty() &&
         getElementTypeOrSelf(product.op.getInit()) ==
             product.getComputeType() &&
         isInOrder(product.getMap(Contraction::Init), getInitOrder(product));
}

Value mlir::tasd::gatherInit(OpBuilder &builder, const PackedProduct &product,
                             int64_t vectorBits) {
  Value gathered = product.op.getInit();
  auto widen = [&](OpBuilder &b, Location loc, Value element) {
    return castFloat(b, loc, element, product.getComputeType());
  };
  if (!isInitInPlace(product))
    gathered =
        gather(builder, product, gathered, product.getMap(Contraction::Init),
               getInitOrder(product), vectorBits, widen);
  return collapse(builder, product.op.getLoc(), gathered, product.rows.size(),
                  /*numColumns=*/0, std::max<size_t>(product.lanes.size(), 1));
}

/// Splits the lanes of the sums into their loops again.
static Value expandLanes(OpBuilder &builder, const PackedProduct &product,
                         Value sums) {
  if (product.lanes.size() <= 1)
    return sums;
  Location loc = product.op.getLoc();
  // Where the sums are the init itself, extents that only other operands know
  // are dynamic.
  SmallVector<OpFoldResult> sizes =
      isInitInPlace(product)
          ? tensor::getMixedSizes(builder, loc, product.op.getInit())
          : getSizes(builder, product, getInitOrder(product));
  SmallVector<size_t> groups(product.rows.size(), 1);
  groups.push_back(product.lanes.size());
  auto type = RankedTensorType::get(decomposeMixedValues(sizes).first,
                                    product.getComputeType());
  return tensor::ExpandShapeOp::create(builder, loc, type, sums,
                                       makeGroups(groups), sizes);
}

Value mlir::tasd::scatterResult(OpBuilder &builder,
                                const PackedProduct &product, Value sums,
                                int64_t vectorBits) {
  sums = expandLanes(builder, product, sums);
  if (isInitInPlace(product))
    return sums;
  SmallVector<unsigned> order = getInitOrder(product);
  Type elementType = getElementTypeOrSelf(product.op.getInit());
  SmallVector<AffineExpr> from;
  for (unsigned position = 0; position < order.size(); ++position)
    from.push_back(builder.getAffineDimExpr(position));
  if (product.lanes.empty())
    from.push_back(builder.getAffineConstantExpr(0));
  return copy(builder, product, sums,
              AffineMap::get(order.size(), 0, from, builder.getContext()),
              product.op.getInit(),
              reorder(product.getMap(Contraction::Init), order), vectorBits,
              [&](OpBuilder &b, Location loc, Value element) {
                return castFloat(b, loc, element, elementType);
              });
}
