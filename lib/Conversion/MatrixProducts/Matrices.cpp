//===- Matrices.cpp - Operands as matrices --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: a layer without batch dimensions. Postcondition: tensors of
// rank two (panels: three), made by reshapes where the elements lie right and
// by one linalg.generic where they do not.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/MatrixProducts/Matrices.h"

#include "tasd/Conversion/VectorKernels/Copies.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Utils/Utils.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Reshapes
//===----------------------------------------------------------------------===//

/// All of `rank` dimensions as one group; none for a scalar.
static SmallVector<ReassociationIndices> getOneGroup(int64_t rank) {
  if (rank == 0)
    return {};
  return {llvm::to_vector<2>(llvm::seq<int64_t>(0, rank))};
}

static SmallVector<ReassociationIndices> getTwoGroups(int64_t split,
                                                      int64_t rank) {
  return {llvm::to_vector<2>(llvm::seq<int64_t>(0, split)),
          llvm::to_vector<2>(llvm::seq<int64_t>(split, rank))};
}

static Value collapse(OpBuilder &builder, Location loc, Value value,
                      ArrayRef<ReassociationIndices> groups) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  if (rank == static_cast<int64_t>(groups.size()))
    return value;
  return tensor::CollapseShapeOp::create(builder, loc, value, groups);
}

static Value expand(OpBuilder &builder, Location loc, Value value,
                    ArrayRef<OpFoldResult> sizes,
                    ArrayRef<ReassociationIndices> groups) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getRank() == static_cast<int64_t>(sizes.size()))
    return value;
  auto expanded = RankedTensorType::get(decomposeMixedValues(sizes).first,
                                        type.getElementType());
  return tensor::ExpandShapeOp::create(builder, loc, expanded, value, groups,
                                       sizes);
}

/// Dimensions [0, split) of `value` as rows, [split, rank) as columns.
static Value reshapeToMatrix(OpBuilder &builder, Location loc, Value value,
                             int64_t split) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  if (0 < split && split < rank)
    return collapse(builder, loc, value, getTwoGroups(split, rank));
  Value flat = collapse(builder, loc, value, getOneGroup(rank));
  SmallVector<OpFoldResult> sizes(2, builder.getIndexAttr(1));
  if (rank != 0)
    sizes[split == 0 ? 1 : 0] = tensor::getMixedSize(builder, loc, flat, 0);
  return expand(builder, loc, flat, sizes, getOneGroup(rank == 0 ? 0 : 2));
}

/// The inverse of reshapeToMatrix.
static Value reshapeFromMatrix(OpBuilder &builder, Location loc, Value matrix,
                               int64_t split, ArrayRef<OpFoldResult> sizes) {
  int64_t rank = sizes.size();
  if (0 < split && split < rank)
    return expand(builder, loc, matrix, sizes, getTwoGroups(split, rank));
  Value flat = collapse(builder, loc, matrix, getOneGroup(rank == 0 ? 0 : 2));
  return expand(builder, loc, flat, sizes, getOneGroup(rank));
}

//===----------------------------------------------------------------------===//
// What lies right already
//===----------------------------------------------------------------------===//

/// Number of leading results of `map` before the first of `second`.
static int64_t getSplit(AffineMap map, ArrayRef<unsigned> second) {
  for (auto [index, expr] : llvm::enumerate(map.getResults()))
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      if (llvm::is_contained(second, dim.getPosition()))
        return index;
  return map.getNumResults();
}

/// The tensor's size along each result of `map` is the loop's extent.
static bool isWhole(const MultiplyAdd &layer, Value value, AffineMap map) {
  auto shape = cast<RankedTensorType>(value.getType()).getShape();
  for (auto [size, expr] : llvm::zip_equal(shape, map.getResults())) {
    auto dim = dyn_cast<AffineDimExpr>(expr);
    int64_t extent = dim ? layer.extents[dim.getPosition()] : 1;
    bool isKnown = ShapedType::isStatic(size) && size == extent;
    if (!isKnown && !(dim && linalg::isaContractionOpInterface(layer.op)))
      return false;
  }
  return true;
}

/// `map` reads the dimensions `first`, then `second`, in order.
static bool isOrdered(AffineMap map, ArrayRef<unsigned> first,
                      ArrayRef<unsigned> second) {
  SmallVector<unsigned> found;
  for (AffineExpr expr : map.getResults()) {
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      found.push_back(dim.getPosition());
    else if (!isa<AffineConstantExpr>(expr))
      return false;
  }
  return found == llvm::to_vector(llvm::concat<const unsigned>(first, second));
}

static bool isMatrix(const MultiplyAdd &layer, Value value, AffineMap map,
                     ArrayRef<unsigned> first, ArrayRef<unsigned> second) {
  return getElementTypeOrSelf(value) == layer.computeType &&
         isOrdered(map, first, second) && isWhole(layer, value, map);
}

bool mlir::tasd::isMatrix(const MultiplyAdd &layer,
                          const MultiplyAddInput &input,
                          ArrayRef<unsigned> first, ArrayRef<unsigned> second) {
  return input.casts.empty() &&
         ::isMatrix(layer, input.value, input.map, first, second);
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// `value` through `casts`, then widened or narrowed to `type`.
static Value castElement(OpBuilder &builder, Location loc, Value value,
                         ArrayRef<Operation *> casts, Type type) {
  for (Operation *op : casts) {
    IRMapping mapping;
    mapping.map(op->getOperand(0), value);
    value = builder.clone(*op, mapping)->getResult(0);
  }
  return castFloat(builder, loc, value, type);
}

/// A parallel generic that reads `source` through `map` into `target`.
static Value copyInto(OpBuilder &builder, Location loc, Value source,
                      AffineMap map, Value target,
                      ArrayRef<Operation *> casts) {
  auto type = cast<RankedTensorType>(target.getType());
  return buildCopy(builder, loc, source, map, target,
                   builder.getMultiDimIdentityMap(type.getRank()),
                   [&](OpBuilder &b, Location loc, Value element) {
                     return castElement(b, loc, element, casts,
                                        type.getElementType());
                   });
}

/// `map` as a function of the positions in `dims` alone.
static AffineMap restrictDims(AffineMap map, ArrayRef<unsigned> dims) {
  MLIRContext *context = map.getContext();
  SmallVector<AffineExpr> replacements(map.getNumDims(),
                                       getAffineConstantExpr(0, context));
  for (auto [position, dim] : llvm::enumerate(dims))
    replacements[dim] = getAffineDimExpr(position, context);
  return map.replaceDimsAndSymbols(replacements, {}, dims.size(), 0);
}

/// `value` without what no loop reads: the input of a convolution may be larger
/// than its windows reach, while linalg wants whole what a loop alone indexes.
static Value trim(OpBuilder &builder, Location loc, Value value, AffineMap map,
                  ArrayRef<OpFoldResult> ranges) {
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, value);
  bool isWhole = true;
  for (auto [size, expr] : llvm::zip_equal(sizes, map.getResults())) {
    auto loop = dyn_cast<AffineDimExpr>(expr);
    std::optional<int64_t> whole = getConstantIntValue(size), read;
    if (loop)
      read = getConstantIntValue(ranges[loop.getPosition()]);
    if (!whole || !read || *whole == *read)
      continue;
    size = ranges[loop.getPosition()];
    isWhole = false;
  }
  if (isWhole)
    return value;
  SmallVector<OpFoldResult> offsets(sizes.size(), builder.getIndexAttr(0));
  SmallVector<OpFoldResult> strides(sizes.size(), builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(builder, loc, value, offsets, sizes,
                                        strides);
}

static Value copyToMatrix(OpBuilder &builder, const MultiplyAdd &layer,
                          Value value, AffineMap map,
                          ArrayRef<Operation *> casts, ArrayRef<unsigned> first,
                          ArrayRef<unsigned> second) {
  linalg::LinalgOp op = layer.op;
  Location loc = op.getLoc();
  auto ranges = op.createLoopRanges(builder, loc);
  auto dims = llvm::to_vector(llvm::concat<const unsigned>(first, second));
  SmallVector<OpFoldResult> sizes;
  for (unsigned dim : dims)
    sizes.push_back(ranges[dim].size);
  Value empty = tensor::EmptyOp::create(builder, loc, sizes, layer.computeType);
  AffineMap read = restrictDims(map, dims);
  Value source = trim(builder, loc, value, read, sizes);
  Value copy = copyInto(builder, loc, source, read, empty, casts);
  return reshapeToMatrix(builder, loc, copy, first.size());
}

Value mlir::tasd::getMatrix(OpBuilder &builder, const MultiplyAdd &layer,
                            const MultiplyAddInput &input,
                            ArrayRef<unsigned> first,
                            ArrayRef<unsigned> second) {
  if (!isMatrix(layer, input, first, second))
    return copyToMatrix(builder, layer, input.value, input.map, input.casts,
                        first, second);
  return reshapeToMatrix(builder, layer.op->getLoc(), input.value,
                         first.empty() ? 0 : getSplit(input.map, second));
}

std::pair<Value, bool> mlir::tasd::getEitherMatrix(
    OpBuilder &builder, const MultiplyAdd &layer, const MultiplyAddInput &input,
    ArrayRef<unsigned> first, ArrayRef<unsigned> second) {
  if (!isMatrix(layer, input, first, second) &&
      isMatrix(layer, input, second, first))
    return {getMatrix(builder, layer, input, second, first), true};
  return {getMatrix(builder, layer, input, first, second), false};
}

//===----------------------------------------------------------------------===//
// The result
//===----------------------------------------------------------------------===//

/// Where the init's dimensions split into rows and columns.
static int64_t getInitSplit(const MultiplyAdd &layer) {
  return layer.rows.empty() ? 0 : getSplit(layer.initMap, layer.columns);
}

static bool isInitMatrix(const MultiplyAdd &layer) {
  return ::isMatrix(layer, layer.init, layer.initMap, layer.rows,
                    layer.columns);
}

Value mlir::tasd::getAccumulator(OpBuilder &builder, const MultiplyAdd &layer) {
  if (!isInitMatrix(layer))
    return copyToMatrix(builder, layer, layer.init, layer.initMap, {},
                        layer.rows, layer.columns);
  return reshapeToMatrix(builder, layer.op->getLoc(), layer.init,
                         getInitSplit(layer));
}

Value mlir::tasd::getResult(OpBuilder &builder, const MultiplyAdd &layer,
                            Value matrix) {
  linalg::LinalgOp op = layer.op;
  Location loc = op.getLoc();
  SmallVector<OpFoldResult> initSizes =
      tensor::getMixedSizes(builder, loc, layer.init);
  if (isInitMatrix(layer))
    return reshapeFromMatrix(builder, loc, matrix, getInitSplit(layer),
                             initSizes);
  SmallVector<OpFoldResult> sizes;
  SmallVector<AffineExpr> exprs;
  for (unsigned dim : llvm::concat<const unsigned>(layer.rows, layer.columns)) {
    unsigned position = *layer.initMap.getResultPosition(
        getAffineDimExpr(dim, builder.getContext()));
    sizes.push_back(initSizes[position]);
    exprs.push_back(getAffineDimExpr(position, builder.getContext()));
  }
  Value expanded =
      reshapeFromMatrix(builder, loc, matrix, layer.rows.size(), sizes);
  AffineMap map =
      AffineMap::get(initSizes.size(), 0, exprs, builder.getContext());
  return copyInto(builder, loc, expanded, map, layer.init, {});
}

//===----------------------------------------------------------------------===//
// Panels
//===----------------------------------------------------------------------===//

/// `matrix` with dimension `dim` filled up by zeros to a multiple of `width`.
static Value padToMultiple(OpBuilder &builder, Location loc, Value matrix,
                           unsigned dim, int64_t width) {
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, matrix);
  AffineExpr size = builder.getAffineSymbolExpr(0);
  AffineExpr padded = size.ceilDiv(width) * width;
  auto apply = [&](AffineExpr expr) {
    return affine::makeComposedFoldedAffineApply(builder, loc, expr,
                                                 sizes[dim]);
  };
  SmallVector<OpFoldResult> low(2, builder.getIndexAttr(0)), high = low;
  high[dim] = apply(padded - size);
  if (getConstantIntValue(high[dim]) == 0)
    return matrix;
  sizes[dim] = apply(padded);
  Type elementType = getElementTypeOrSelf(matrix);
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(elementType));
  auto type =
      RankedTensorType::get(decomposeMixedValues(sizes).first, elementType);
  return tensor::PadOp::create(builder, loc, type, matrix, low, high, zero);
}

Value mlir::tasd::packPanels(OpBuilder &builder, Location loc, Value matrix,
                             bool isTransposed, int64_t width) {
  unsigned columnDim = isTransposed ? 0 : 1;
  Value padded = padToMultiple(builder, loc, matrix, columnDim, width);
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, padded);
  OpFoldResult depth = sizes[1 - columnDim];
  OpFoldResult panel = builder.getIndexAttr(width);
  OpFoldResult numPanels = affine::makeComposedFoldedAffineApply(
      builder, loc, builder.getAffineSymbolExpr(0).floorDiv(width),
      sizes[columnDim]);
  SmallVector<OpFoldResult> splitSizes = {depth, numPanels, panel};
  SmallVector<ReassociationIndices> groups = {{0}, {1, 2}};
  // Dimensions of the panels: panel, depth, column.
  SmallVector<unsigned> order = {1, 0, 2};
  if (isTransposed) {
    splitSizes = {numPanels, panel, depth};
    groups = {{0, 1}, {2}};
    order = {0, 2, 1};
  }
  Value split = expand(builder, loc, padded, splitSizes, groups);
  Value empty = tensor::EmptyOp::create(
      builder, loc, ArrayRef<OpFoldResult>{numPanels, depth, panel},
      getElementTypeOrSelf(matrix));
  AffineMap map = AffineMap::getPermutationMap(order, builder.getContext());
  return copyInto(builder, loc, split, map, empty, {});
}
