//===- PlacedOperand.cpp - Elements at listed places ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows are copied by a loop over places that copies a slice in each step: the
// place is read outside the inner loops, which are contiguous. Single elements
// are gathered by one linalg.generic.
//
//===----------------------------------------------------------------------===//

#include "PlacedOperand.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::tasd;

PlacedOperand::PlacedOperand(AffineMap map, ArrayRef<unsigned> lanes,
                             ArrayRef<OpFoldResult> laneSizes)
    : map(map), lanes(lanes), laneSizes(laneSizes), innerLanes(false) {
  if (map.getNumResults() != 0)
    for (ScaledLoop part : getIndexSum(map.getResults().back()))
      innerLanes |= getLane(part.loop).has_value();
}

std::optional<unsigned> PlacedOperand::getLane(unsigned loop) const {
  const auto *lane = llvm::find(lanes, loop);
  if (lane == lanes.end())
    return std::nullopt;
  return lane - lanes.begin();
}

SmallVector<OpFoldResult>
PlacedOperand::getShape(OpFoldResult numPlaces) const {
  SmallVector<OpFoldResult> shape = laneSizes;
  shape.insert(shape.begin() + getPlaceDim(), numPlaces);
  return shape;
}

AffineMap PlacedOperand::getGatheredMap(unsigned numLoops, unsigned place,
                                        MLIRContext *context) const {
  SmallVector<unsigned> loops =
      llvm::to_vector(llvm::seq<unsigned>(0, lanes.size()));
  loops.insert(loops.begin() + getPlaceDim(), place);
  return AffineMap::getMultiDimMapWithTargets(numLoops, loops, context);
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// The sum of scaled values.
static OpFoldResult buildSum(OpBuilder &builder, Location loc,
                             ArrayRef<std::pair<OpFoldResult, int64_t>> parts) {
  AffineExpr sum = builder.getAffineConstantExpr(0);
  SmallVector<OpFoldResult> values;
  for (auto [value, scale] : parts) {
    sum = sum + builder.getAffineSymbolExpr(values.size()) * scale;
    values.push_back(value);
  }
  return affine::makeComposedFoldedAffineApply(
      builder, loc, AffineMap::get(0, values.size(), sum), values);
}

PlacedOperand::Rectangle PlacedOperand::getRectangle(OpBuilder &builder,
                                                     Location loc,
                                                     const LoopValueMap &values,
                                                     Value place) const {
  Rectangle rectangle;
  for (AffineExpr expr : map.getResults()) {
    SmallVector<std::pair<OpFoldResult, int64_t>> offset;
    OpFoldResult size = builder.getIndexAttr(1), stride = size;
    std::optional<unsigned> laneOfDim;
    for (auto [loop, scale] : getIndexSum(expr)) {
      if (std::optional<unsigned> lane = getLane(loop)) {
        size = laneSizes[*lane];
        stride = builder.getIndexAttr(scale);
        laneOfDim = lane;
      } else {
        offset.emplace_back(values.lookup(loop).getAt(builder, loc, place),
                            scale);
      }
    }
    rectangle.offsets.push_back(buildSum(builder, loc, offset));
    rectangle.sizes.push_back(size);
    rectangle.strides.push_back(stride);
    rectangle.lanes.push_back(laneOfDim);
  }
  return rectangle;
}

PlacedOperand::Rectangle
PlacedOperand::getGatheredRectangle(OpBuilder &builder, Value place) const {
  Rectangle rectangle;
  rectangle.sizes = getShape(builder.getIndexAttr(1));
  rectangle.offsets.assign(rectangle.sizes.size(), builder.getIndexAttr(0));
  rectangle.offsets[getPlaceDim()] = place;
  rectangle.strides.assign(rectangle.sizes.size(), builder.getIndexAttr(1));
  for (unsigned lane = 0; lane < lanes.size(); ++lane)
    rectangle.lanes.push_back(lane);
  rectangle.lanes.insert(rectangle.lanes.begin() + getPlaceDim(), std::nullopt);
  return rectangle;
}

Value PlacedOperand::copyRectangle(OpBuilder &builder, Location loc,
                                   Value source, const Rectangle &from,
                                   Value target, const Rectangle &to,
                                   ElementCast cast) {
  MLIRContext *context = builder.getContext();
  SmallVector<AffineExpr> exprs;
  for (std::optional<unsigned> lane : from.lanes) {
    const auto *dim = llvm::find(to.lanes, lane);
    exprs.push_back(lane ? getAffineDimExpr(dim - to.lanes.begin(), context)
                         : getAffineConstantExpr(0, context));
  }
  unsigned rank = to.lanes.size();
  Value slice = tensor::ExtractSliceOp::create(
      builder, loc, source, from.offsets, from.sizes, from.strides);
  Value into = tensor::ExtractSliceOp::create(builder, loc, target, to.offsets,
                                              to.sizes, to.strides);
  Value copy =
      buildCopy(builder, loc, slice, AffineMap::get(rank, 0, exprs, context),
                into, builder.getMultiDimIdentityMap(rank), cast);
  return tensor::InsertSliceOp::create(builder, loc, copy, target, to.offsets,
                                       to.sizes, to.strides);
}

SmallVector<Value> PlacedOperand::getIndices(OpBuilder &builder, Location loc,
                                             const LoopValueMap &values,
                                             ValueRange ivs) const {
  SmallVector<Value> indices;
  for (AffineExpr expr : map.getResults()) {
    SmallVector<std::pair<OpFoldResult, int64_t>> parts;
    for (auto [loop, scale] : getIndexSum(expr)) {
      std::optional<unsigned> lane = getLane(loop);
      OpFoldResult value =
          lane ? OpFoldResult(ivs[*lane])
               : values.lookup(loop).getAt(builder, loc, ivs.back());
      parts.emplace_back(value, scale);
    }
    indices.push_back(getValueOrCreateConstantIndexOp(
        builder, loc, buildSum(builder, loc, parts)));
  }
  return indices;
}

//===----------------------------------------------------------------------===//
// Gathering
//===----------------------------------------------------------------------===//

/// A loop over the places of `gathered` that carries a tensor.
static Value
buildPlaceLoop(OpBuilder &builder, Location loc, Value gathered, unsigned dim,
               Value carried,
               function_ref<Value(OpBuilder &, Location, Value, Value)> body) {
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  Value end = builder.createOrFold<tensor::DimOp>(loc, gathered, dim);
  auto loop = scf::ForOp::create(
      builder, loc, zero, end, one, carried,
      [&](OpBuilder &b, Location loc, Value place, ValueRange args) {
        scf::YieldOp::create(b, loc, body(b, loc, place, args[0]));
      });
  return loop.getResult(0);
}

Value PlacedOperand::gatherRows(OpBuilder &builder, Location loc, Value operand,
                                const LoopValueMap &values, Value target,
                                ElementCast cast) const {
  return buildPlaceLoop(
      builder, loc, target, getPlaceDim(), target,
      [&](OpBuilder &b, Location loc, Value place, Value rows) -> Value {
        return copyRectangle(b, loc, operand,
                             getRectangle(b, loc, values, place), rows,
                             getGatheredRectangle(b, place), cast);
      });
}

Value PlacedOperand::gatherElements(OpBuilder &builder, Location loc,
                                    Value operand, const LoopValueMap &values,
                                    Value target, ElementCast cast) const {
  unsigned numLoops = lanes.size() + 1;
  SmallVector<utils::IteratorType> iterators(numLoops,
                                             utils::IteratorType::parallel);
  auto copy = linalg::GenericOp::create(
      builder, loc, target.getType(), ValueRange(), target,
      builder.getMultiDimIdentityMap(numLoops), iterators,
      [&](OpBuilder &b, Location loc, ValueRange args) {
        SmallVector<Value> ivs;
        for (unsigned loop = 0; loop < numLoops; ++loop)
          ivs.push_back(linalg::IndexOp::create(b, loc, loop));
        Value element = tensor::ExtractOp::create(
            b, loc, operand, getIndices(b, loc, values, ivs));
        linalg::YieldOp::create(b, loc, cast(b, loc, element));
      });
  return copy.getResult(0);
}

Value PlacedOperand::gather(OpBuilder &builder, Location loc, Value operand,
                            const LoopValueMap &values, Value target,
                            ElementCast cast) const {
  return innerLanes
             ? gatherRows(builder, loc, operand, values, target, cast)
             : gatherElements(builder, loc, operand, values, target, cast);
}

//===----------------------------------------------------------------------===//
// Scattering
//===----------------------------------------------------------------------===//

Value PlacedOperand::scatterRows(OpBuilder &builder, Location loc,
                                 Value gathered, const LoopValueMap &values,
                                 Value operand) const {
  return buildPlaceLoop(
      builder, loc, gathered, getPlaceDim(), operand,
      [&](OpBuilder &b, Location loc, Value place, Value target) -> Value {
        auto keep = [](OpBuilder &, Location, Value element) {
          return element;
        };
        return copyRectangle(b, loc, gathered, getGatheredRectangle(b, place),
                             target, getRectangle(b, loc, values, place), keep);
      });
}

Value PlacedOperand::scatterElements(OpBuilder &builder, Location loc,
                                     Value gathered, const LoopValueMap &values,
                                     Value operand) const {
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  SmallVector<Value> ends;
  for (OpFoldResult size : tensor::getMixedSizes(builder, loc, gathered))
    ends.push_back(getValueOrCreateConstantIndexOp(builder, loc, size));
  scf::LoopNest nest = scf::buildLoopNest(
      builder, loc, SmallVector<Value>(ends.size(), zero), ends,
      SmallVector<Value>(ends.size(), one), operand,
      [&](OpBuilder &b, Location loc, ValueRange ivs,
          ValueRange args) -> scf::ValueVector {
        Value element = tensor::ExtractOp::create(b, loc, gathered, ivs);
        Value inserted = tensor::InsertOp::create(
            b, loc, element, args[0], getIndices(b, loc, values, ivs));
        return {inserted};
      });
  return nest.results.front();
}

Value PlacedOperand::scatter(OpBuilder &builder, Location loc, Value gathered,
                             const LoopValueMap &values, Value operand) const {
  return innerLanes ? scatterRows(builder, loc, gathered, values, operand)
                    : scatterElements(builder, loc, gathered, values, operand);
}
