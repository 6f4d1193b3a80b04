//===- MultiplyAdd.cpp - One layer as a matrix product --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: any structured op. Postcondition: every loop dimension of
// extent other than one is in exactly one group of the result.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/MatrixProducts/MultiplyAdd.h"

#include "tasd/Dialect/TASD/Analysis/MultiplyAddBody.h"

using namespace mlir;
using namespace mlir::tasd;

int64_t MultiplyAdd::getExtent(ArrayRef<unsigned> dims) const {
  int64_t product = 1;
  for (unsigned dim : dims) {
    if (ShapedType::isDynamic(extents[dim]))
      return ShapedType::kDynamic;
    product *= extents[dim];
  }
  return product;
}

/// Reads the body into the inputs' casts and the type computed in.
static LogicalResult readBody(MultiplyAdd &layer) {
  std::optional<MultiplyAddBody> body =
      matchMultiplyAddBody(*layer.op.getBlock());
  if (!body)
    return failure();
  for (auto [index, factor] : llvm::enumerate(body->factors))
    if (!factor.argument || factor.argument.getArgNumber() != index ||
        factor.zeroPoint)
      return failure();
  layer.lhs.casts = body->factors[0].casts;
  layer.rhs.casts = body->factors[1].casts;
  bool isNarrow =
      isa<FloatType>(body->type) && body->type.getIntOrFloatBitWidth() < 32;
  layer.computeType =
      isNarrow ? Float32Type::get(body->type.getContext()) : body->type;
  return success();
}

/// `map` with the loop dimensions of extent one replaced by zero.
static AffineMap dropUnitDims(AffineMap map, ArrayRef<int64_t> extents) {
  SmallVector<AffineExpr> replacements;
  for (auto [dim, extent] : llvm::enumerate(extents))
    replacements.push_back(extent == 1
                               ? getAffineConstantExpr(0, map.getContext())
                               : getAffineDimExpr(dim, map.getContext()));
  AffineMap dropped =
      map.replaceDimsAndSymbols(replacements, {}, map.getNumDims(), 0);
  return simplifyAffineMap(dropped);
}

/// Every result is a dimension or zero.
static bool isDirect(AffineMap map) {
  return llvm::all_of(map.getResults(), [](AffineExpr expr) {
    return isa<AffineDimExpr, AffineConstantExpr>(expr);
  });
}

/// Position of `dim` in the results of `map`, or past the end.
static unsigned getPosition(AffineMap map, unsigned dim) {
  return map.getResultPosition(getAffineDimExpr(dim, map.getContext()))
      .value_or(map.getNumResults() + dim);
}

static void sortByPosition(SmallVectorImpl<unsigned> &dims, AffineMap map) {
  llvm::sort(dims, [&](unsigned a, unsigned b) {
    return getPosition(map, a) < getPosition(map, b);
  });
}

/// Puts every loop dimension into its group by the operands it occurs in.
static LogicalResult groupDims(MultiplyAdd &layer) {
  for (auto [dim, extent] : llvm::enumerate(layer.extents)) {
    if (extent == 1)
      continue;
    bool inLhs = layer.lhs.map.isFunctionOfDim(dim);
    bool inRhs = layer.rhs.map.isFunctionOfDim(dim);
    bool inResult = layer.initMap.isFunctionOfDim(dim);
    if (inLhs + inRhs + inResult < 2)
      return failure();
    SmallVector<unsigned> &group = !inResult ? layer.depth
                                   : !inRhs  ? layer.rows
                                   : !inLhs  ? layer.columns
                                             : layer.batch;
    group.push_back(dim);
  }
  return success();
}

/// The innermost dimension of the result that is longer than one, if any.
static std::optional<unsigned> getInnermostDim(AffineMap map) {
  for (AffineExpr expr : llvm::reverse(map.getResults()))
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      return dim.getPosition();
  return std::nullopt;
}

/// Exchanges A and B where that makes the result's innermost dimension a
/// column, and orders each group as in memory.
static void assignRoles(MultiplyAdd &layer) {
  std::optional<unsigned> innermost = getInnermostDim(layer.initMap);
  if (innermost && llvm::is_contained(layer.rows, *innermost)) {
    std::swap(layer.lhs, layer.rhs);
    std::swap(layer.rows, layer.columns);
  }
  sortByPosition(layer.rows, layer.initMap);
  sortByPosition(layer.columns, layer.initMap);
  sortByPosition(layer.depth,
                 layer.rhs.isDirect ? layer.rhs.map : layer.lhs.map);
}

static void readOperands(MultiplyAdd &layer) {
  linalg::LinalgOp op = layer.op;
  layer.extents = op.getStaticLoopRanges();
  auto readInput = [&](MultiplyAddInput &input, unsigned index) {
    OpOperand *operand = op.getDpsInputOperand(index);
    input.value = operand->get();
    input.map = dropUnitDims(op.getMatchingIndexingMap(operand), layer.extents);
    input.isDirect = isDirect(input.map);
  };
  readInput(layer.lhs, 0);
  readInput(layer.rhs, 1);
  layer.init = op.getDpsInits().front();
  layer.initMap = dropUnitDims(
      op.getMatchingIndexingMap(op.getDpsInitOperand(0)), layer.extents);
}

FailureOr<MultiplyAdd> mlir::tasd::matchMultiplyAdd(linalg::LinalgOp op,
                                                    StringRef &reason) {
  auto fail = [&](StringRef text) -> FailureOr<MultiplyAdd> {
    reason = text;
    return failure();
  };
  if (!op.hasPureTensorSemantics() || op.getNumDpsInputs() != 2 ||
      op.getNumDpsInits() != 1)
    return fail("expected two inputs and one result, all tensors");
  if (!linalg::isaContractionOpInterface(op) &&
      !linalg::isaConvolutionOpInterface(op))
    return fail("expected a contraction or a convolution");
  MultiplyAdd layer;
  layer.op = op;
  if (failed(readBody(layer)))
    return fail("expected a body that adds one product to the accumulator");
  readOperands(layer);
  if (!layer.initMap.isProjectedPermutation(/*allowZeroInResults=*/true))
    return fail("expected each element of the result to be addressed directly");
  if (failed(groupDims(layer)))
    return fail("expected every dimension to occur in two operands");
  assignRoles(layer);
  return layer;
}
