//===- Coordinates.cpp - Bits of metadata to coordinates and back ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coordinates.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Conversion/TASDToSparseTensor/SparseTensorTypes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

static int64_t getM(SeriesType type) {
  return cast<NMAttr>(type.getSeries().getPatterns().front()).getM();
}

/// A tensor each element of which `build` computes from its indices.
static Value
buildTensor(OpBuilder &builder, Location loc, RankedTensorType type,
            function_ref<Value(OpBuilder &, Location, ArrayRef<Value>)> build) {
  Value empty = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                        type.getElementType());
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      builder, loc, type, ValueRange(), empty,
      {builder.getMultiDimIdentityMap(type.getRank())}, iterators,
      [&](OpBuilder &b, Location loc, ValueRange) {
        SmallVector<Value> indices;
        for (int64_t dim = 0; dim < type.getRank(); ++dim)
          indices.push_back(linalg::IndexOp::create(b, loc, dim));
        linalg::YieldOp::create(b, loc, build(b, loc, indices));
      });
  return generic.getResult(0);
}

//===----------------------------------------------------------------------===//
// Unpacking
//===----------------------------------------------------------------------===//

Value mlir::tasd::unpackCoordinates(OpBuilder &builder, AssembleOp assemble) {
  SeriesType type = assemble.getType();
  auto slots = cast<RankedTensorType>(assemble.getComponents()[0].getType());
  Type coordinateType = builder.getIntegerType(kCoordinateBits);
  return buildTensor(
      builder, assemble.getLoc(),
      RankedTensorType::get(slots.getShape(), coordinateType),
      [&](OpBuilder &b, Location loc, ArrayRef<Value> indices) -> Value {
        PatternAttrInterface pattern = type.getSeries().getPatterns().front();
        Slot slot = pattern.buildSlot(b, loc, type, assemble.getComponents(),
                                      indices.drop_back(), indices.back());
        Value coordinate = affine::AffineApplyOp::create(
            b, loc, b.getAffineDimExpr(0) % getM(type), slot.column);
        return arith::IndexCastUIOp::create(b, loc, coordinateType, coordinate);
      });
}

//===----------------------------------------------------------------------===//
// Packing
//===----------------------------------------------------------------------===//

static Value castToI32(OpBuilder &builder, Location loc, Value value) {
  Type type = builder.getI32Type();
  if (isa<IndexType>(value.getType()))
    return arith::IndexCastUIOp::create(builder, loc, type, value);
  unsigned bits = value.getType().getIntOrFloatBitWidth();
  if (bits < 32)
    return arith::ExtUIOp::create(builder, loc, type, value);
  if (bits > 32)
    return arith::TruncIOp::create(builder, loc, type, value);
  return value;
}

namespace {
/// Builds the bytes of the metadata: slot s has the bits that start at s * bits
/// of its row, lowest first.
class MetadataByte {
public:
  MetadataByte(OpBuilder &builder, Location loc, Value coordinates,
               int64_t bits)
      : builder(builder), loc(loc), coordinates(coordinates), bits(bits) {}

  /// Byte `indices`.back() of the row that the other indices name.
  Value build(ArrayRef<Value> indices) {
    // So many fields can lie in a byte in part.
    int64_t fields = 8 % bits == 0 ? 8 / bits : 6 / bits + 2;
    Value byte = arith::ConstantIntOp::create(builder, loc, 0, 32);
    for (int64_t field = 0; field < fields; ++field)
      byte =
          arith::OrIOp::create(builder, loc, byte, buildField(indices, field));
    return arith::TruncIOp::create(builder, loc, builder.getI8Type(), byte);
  }

private:
  Value apply(AffineExpr expr, Value index) {
    return affine::AffineApplyOp::create(builder, loc,
                                         AffineMap::get(1, 0, expr), index);
  }

  /// The bits of one field where they lie in the byte; higher ones may be set.
  Value buildField(ArrayRef<Value> indices, int64_t field) {
    AffineExpr begin = builder.getAffineDimExpr(0) * 8;
    AffineExpr slotExpr = begin.floorDiv(bits) + field;
    Value slot = apply(slotExpr, indices.back());
    int64_t numSlots =
        cast<RankedTensorType>(coordinates.getType()).getShape().back();
    Value last = arith::ConstantIndexOp::create(builder, loc, numSlots - 1);
    Value isInside = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::ule, slot, last);
    SmallVector<Value> position(indices.drop_back());
    position.push_back(arith::MinUIOp::create(builder, loc, slot, last));
    Value bitField = castToI32(
        builder, loc,
        tensor::ExtractOp::create(builder, loc, coordinates, position));
    // The first field may begin before the byte: left by a field more, then
    // back by one.
    Value left = arith::IndexCastOp::create(
        builder, loc, builder.getI32Type(),
        apply(slotExpr * bits - begin + bits, indices.back()));
    Value back = arith::ConstantIntOp::create(builder, loc, bits, 32);
    bitField = arith::ShLIOp::create(builder, loc, bitField, left);
    bitField = arith::ShRUIOp::create(builder, loc, bitField, back);
    Value zero = arith::ConstantIntOp::create(builder, loc, 0, 32);
    return arith::SelectOp::create(builder, loc, isInside, bitField, zero);
  }

  OpBuilder &builder;
  Location loc;
  Value coordinates;
  int64_t bits;
};
} // namespace

Value mlir::tasd::packCoordinates(OpBuilder &builder, Location loc,
                                  Value coordinates, SeriesType type) {
  return buildTensor(
      builder, loc, type.getComponentTypes()[1],
      [&](OpBuilder &b, Location loc, ArrayRef<Value> indices) {
        int64_t bits = llvm::Log2_64_Ceil(getM(type));
        return MetadataByte(b, loc, coordinates, bits).build(indices);
      });
}
