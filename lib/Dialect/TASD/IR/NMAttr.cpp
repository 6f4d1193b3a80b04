//===- NMAttr.cpp - The N:M pattern ---------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Sparsity/NM.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

LogicalResult NMAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                             int64_t n, int64_t m) {
  llvm::Expected<sparsity::PatternRef> pattern =
      sparsity::NMPattern::get(n, m); // nm_c1
  if (!pattern)
    return emitError() << llvm::toString(pattern.takeError());
  return success();
}

sparsity::PatternRef NMAttr::getPattern() const {
  return llvm::cantFail(sparsity::NMPattern::get(getN(), getM()));
}

//===----------------------------------------------------------------------===//
// Reading packed terms
//===----------------------------------------------------------------------===//

int64_t NMAttr::getNumSlots(SeriesType type) const {
  return llvm::divideCeil(type.getBlockedShape().getNumColumns(), getM()) *
         getN();
}

/// Builds `expr` of the index `value`.
static Value apply(OpBuilder &builder, Location loc, AffineExpr expr,
                   Value value) {
  return affine::AffineApplyOp::create(builder, loc, AffineMap::get(1, 0, expr),
                                       ValueRange{value});
}

/// Reads a byte of the metadata as an i32.
static Value readByte(OpBuilder &builder, Location loc, Value metadata,
                      ValueRange row, Value byte) {
  SmallVector<Value> indices(row);
  indices.push_back(byte);
  Value raw = tensor::ExtractOp::create(builder, loc, metadata, indices);
  return arith::ExtUIOp::create(builder, loc, builder.getI32Type(), raw);
}

/// Reads the bit field of `bits` bits at position slot * bits of the row, which
/// may straddle two bytes.
static Value readBits(OpBuilder &builder, Location loc, Value metadata,
                      ValueRange row, Value slot, int64_t bits) {
  AffineExpr position = builder.getAffineDimExpr(0) * bits;
  Value byte = apply(builder, loc, position.floorDiv(8), slot);
  Value field = readByte(builder, loc, metadata, row, byte);
  if (8 % bits != 0) {
    // Past the last byte nothing is needed: the last is read again.
    int64_t last = cast<ShapedType>(metadata.getType()).getShape().back() - 1;
    Value end = arith::ConstantIndexOp::create(builder, loc, last);
    Value next = apply(builder, loc, builder.getAffineDimExpr(0) + 1, byte);
    next = arith::MinUIOp::create(builder, loc, next, end);
    Value high = readByte(builder, loc, metadata, row, next);
    Value eight = arith::ConstantIntOp::create(builder, loc, 8, 32);
    high = arith::ShLIOp::create(builder, loc, high, eight);
    field = arith::OrIOp::create(builder, loc, field, high);
  }
  Value shift = apply(builder, loc, position % 8, slot);
  shift = arith::IndexCastOp::create(builder, loc, builder.getI32Type(), shift);
  field = arith::ShRUIOp::create(builder, loc, field, shift);
  Value mask =
      arith::ConstantIntOp::create(builder, loc, (int64_t(1) << bits) - 1, 32);
  field = arith::AndIOp::create(builder, loc, field, mask);
  return arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(),
                                      field);
}

Slot NMAttr::buildSlot(OpBuilder &builder, Location loc, SeriesType,
                       ValueRange components, ValueRange row,
                       Value slot) const {
  SmallVector<Value> indices(row);
  indices.push_back(slot);
  Value value = tensor::ExtractOp::create(builder, loc, components[0], indices);
  AffineExpr block = builder.getAffineDimExpr(0).floorDiv(getN());
  Value column = apply(builder, loc, block * getM(), slot);
  int64_t bits = llvm::Log2_64_Ceil(getM());
  if (bits == 0)
    return {value, column};
  Value index = readBits(builder, loc, components[1], row, slot, bits);
  return {value, arith::AddIOp::create(builder, loc, column, index)};
}
