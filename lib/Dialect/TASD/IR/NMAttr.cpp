//===- NMAttr.cpp - The N:M pattern ---------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

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

/// The length of the rows of a component.
static Value getRowLength(OpBuilder &builder, Location loc, Value component) {
  int64_t rank = cast<ShapedType>(component.getType()).getRank();
  return builder.createOrFold<tensor::DimOp>(loc, component, rank - 1);
}

Value NMAttr::buildNumSlots(OpBuilder &builder, Location loc, SeriesType,
                            ValueRange components, ValueRange) const {
  return getRowLength(builder, loc, components[0]);
}

/// Builds an op on an index and a constant. Slots count from 0, so division is
/// unsigned: it becomes a shift where the constant is a power of two.
template <typename OpTy>
static Value build(OpBuilder &builder, Location loc, Value index,
                   int64_t constant) {
  Value rhs = arith::ConstantIndexOp::create(builder, loc, constant);
  return OpTy::create(builder, loc, index, rhs);
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
  Value position = build<arith::MulIOp>(builder, loc, slot, bits);
  Value byte = build<arith::DivUIOp>(builder, loc, position, 8);
  Value field = readByte(builder, loc, metadata, row, byte);
  if (8 % bits != 0) {
    // Past the last byte nothing is needed: the last is read again.
    Value one = arith::ConstantIndexOp::create(builder, loc, 1);
    Value last = builder.createOrFold<arith::SubIOp>(
        loc, getRowLength(builder, loc, metadata), one);
    Value next = build<arith::AddIOp>(builder, loc, byte, 1);
    next = arith::MinUIOp::create(builder, loc, next, last);
    Value high = readByte(builder, loc, metadata, row, next);
    Value eight = arith::ConstantIntOp::create(builder, loc, 8, 32);
    high = arith::ShLIOp::create(builder, loc, high, eight);
    field = arith::OrIOp::create(builder, loc, field, high);
  }
  Value shift = build<arith::RemUIOp>(builder, loc, position, 8);
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
  Value block = build<arith::DivUIOp>(builder, loc, slot, getN());
  Value column = build<arith::MulIOp>(builder, loc, block, getM());
  int64_t bits = llvm::Log2_64_Ceil(getM());
  if (bits == 0)
    return {value, column};
  Value index = readBits(builder, loc, components[1], row, slot, bits);
  return {value, arith::AddIOp::create(builder, loc, column, index)};
}
