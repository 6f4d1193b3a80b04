//===- KernelBuilder.cpp - Emits loops over vector code -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/VectorKernels/KernelBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::tasd;

KernelBuilder::KernelBuilder(OpBuilder &builder, Location loc, Type elementType,
                             int64_t lanes)
    : b(loc, builder), elementType(elementType),
      vectorType(VectorType::get(lanes, elementType)) {
  zero = arith::ConstantOp::create(b, b.getZeroAttr(elementType));
}

Value KernelBuilder::index(int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value KernelBuilder::add(Value value, int64_t offset) {
  return offset == 0 ? value : arith::AddIOp::create(b, value, index(offset));
}

Value KernelBuilder::sub(Value a, Value c) {
  return arith::SubIOp::create(b, a, c);
}

Extent KernelBuilder::extent(Value tensor, int64_t dim) {
  int64_t size = cast<RankedTensorType>(tensor.getType()).getDimSize(dim);
  if (ShapedType::isStatic(size))
    return {index(size), size};
  return {tensor::DimOp::create(b, tensor, dim), size};
}

SmallVector<Value> KernelBuilder::positions(Value start, int64_t count,
                                            Extent extent) {
  SmallVector<Value> result;
  for (int64_t i = 0; i < count; ++i) {
    Value position = add(start, i);
    if (i != 0 && !extent.isMultipleOf(count))
      position =
          arith::MinSIOp::create(b, position, sub(extent.value, index(1)));
    result.push_back(position);
  }
  return result;
}

Value KernelBuilder::mask(Value start, Extent extent, int64_t step) {
  if (extent.isMultipleOf(step))
    return nullptr;
  return vector::CreateMaskOp::create(
      b, VectorType::get(vectorType.getShape(), b.getI1Type()),
      ValueRange{sub(extent.value, start)});
}

AffineMap KernelBuilder::minorMap(Value tensor) {
  return AffineMap::getMinorIdentityMap(
      cast<RankedTensorType>(tensor.getType()).getRank(), 1, b.getContext());
}

Value KernelBuilder::read(Value tensor, ValueRange position, Value mask) {
  Type type = getElementTypeOrSelf(tensor.getType());
  Value padding = zero;
  if (type != elementType)
    padding = arith::ConstantOp::create(b, b.getZeroAttr(type));
  return vector::TransferReadOp::create(
      b, VectorType::get(vectorType.getShape(), type), tensor, position,
      minorMap(tensor), padding, mask, b.getBoolArrayAttr({true}));
}

Value KernelBuilder::write(Value vector, Value tensor, ValueRange position,
                           Value mask) {
  return vector::TransferWriteOp::create(b, tensor.getType(), vector, tensor,
                                         position, minorMap(tensor), mask,
                                         b.getBoolArrayAttr({true}))
      .getResult();
}

Value KernelBuilder::readElement(Value tensor, ValueRange position) {
  return tensor::ExtractOp::create(b, tensor, position);
}

Value KernelBuilder::splat(Value scalar) {
  return vector::BroadcastOp::create(b, vectorType, scalar);
}

Value KernelBuilder::multiplyAdd(Value x, Value y, Value accumulator) {
  if (isa<FloatType>(elementType))
    return vector::FMAOp::create(b, x, y, accumulator);
  return arith::AddIOp::create(b, arith::MulIOp::create(b, x, y), accumulator);
}

Value KernelBuilder::reduce(Value vector, Value accumulator) {
  return vector::ReductionOp::create(b, vector::CombiningKind::ADD, vector,
                                     accumulator,
                                     arith::FastMathFlags::reassoc);
}

SmallVector<Value> KernelBuilder::loop(Value end, int64_t step,
                                       ValueRange state, LoopBody body) {
  auto op = scf::ForOp::create(
      b, index(0), end, index(step), state,
      [&](OpBuilder &nested, Location loc, Value position, ValueRange args) {
        OpBuilder::InsertionGuard guard(b);
        b.setInsertionPoint(nested.getInsertionBlock(),
                            nested.getInsertionPoint());
        scf::YieldOp::create(b, body(position, args));
      });
  return llvm::to_vector_of<Value>(op.getResults());
}
