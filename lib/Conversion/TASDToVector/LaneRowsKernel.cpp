//===- LaneRowsKernel.cpp - Loops over slots of many rows -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// for groups of rows: four vectors of sums = 0
//   for slots, eight at a time:
//     sums += values * permute(vector[block], places)
//   result[rows] += the four sums
//
// The permutation is one instruction of x86, of which only the lower bits of
// each lane of the places count. It is a line of assembly: vector has no op for
// permutations that are not constant, and bufferization does not take calls of
// intrinsics, which might write to memory.
//
//===----------------------------------------------------------------------===//

#include "LaneRowsKernel.h"

#include "RowTiles.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "tasd/Conversion/VectorKernels/KernelBuilder.h"
#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"
#include "tasd/Sparsity/LaneRows.h"

using namespace mlir;
using namespace mlir::tasd;

using sparsity::LaneRows;

/// Vectors of sums, which slots take in turn: enough for multiply-adds not to
/// wait for each other.
static constexpr int64_t kNumSums = 4;

namespace {

class LaneRowsKernel : KernelBuilder {
public:
  LaneRowsKernel(OpBuilder &builder, const PackedProduct &product,
                 int64_t lanes)
      : KernelBuilder(builder, product.op.getLoc(), product.getComputeType(),
                      lanes),
        product(product), lanes(lanes),
        components(product.laidOut.getSizedComponents()) {}

  Value build(Value dense, Value sums) {
    auto type = cast<RankedTensorType>(sums.getType());
    SmallVector<ReassociationIndices> all = {
        llvm::to_vector<2>(llvm::seq<int64_t>(0, type.getRank()))};
    vector = pad(tensor::CollapseShapeOp::create(
        b, dense, ArrayRef<ReassociationIndices>{{0, 1}}));
    if (type.getRank() == 1)
      return buildGroups(sums);
    SmallVector<OpFoldResult> sizes =
        tensor::getMixedSizes(b, b.getLoc(), sums);
    Value flat = tensor::CollapseShapeOp::create(b, sums, all);
    return tensor::ExpandShapeOp::create(b, b.getLoc(), type, buildGroups(flat),
                                         all, sizes);
  }

private:
  /// The vector, filled up by zeros to whole blocks.
  Value pad(Value flat) {
    int64_t size = cast<RankedTensorType>(flat.getType()).getDimSize(0);
    int64_t padded = llvm::alignTo(size, lanes);
    if (size == padded)
      return flat;
    return tensor::PadOp::create(
        b, b.getLoc(), RankedTensorType::get(padded, elementType), flat,
        ArrayRef<OpFoldResult>{b.getIndexAttr(0)},
        ArrayRef<OpFoldResult>{b.getIndexAttr(padded - size)}, zero);
  }

  Value buildGroups(Value sums) {
    Extent numRows = extent(sums, 0);
    firstGroup = buildFirstGroup(b, product, lanes);
    Value numGroups =
        arith::DivUIOp::create(b, add(numRows.value, lanes - 1), index(lanes));
    return loop(numGroups, 1, sums,
                [&](Value group, ValueRange state) {
                  return SmallVector<Value>{
                      buildGroup(group, numRows, state.front())};
                })
        .front();
  }

  Value buildGroup(Value group, Extent numRows, Value result) {
    Value list = arith::AddIOp::create(b, firstGroup, group);
    Value begin = getNumber(3, list);
    Value count = sub(getNumber(3, add(list, 1)), begin);
    SmallVector<Value> sums(kNumSums, splat(zero));
    sums = loop(count, LaneRows::kUnit, sums,
                [&](Value position, ValueRange state) {
                  return buildUnit(arith::AddIOp::create(b, begin, position),
                                   llvm::to_vector(state));
                });
    Value row = arith::MulIOp::create(b, group, index(lanes));
    Value rowMask = mask(row, numRows, lanes);
    Value sum = read(result, row, rowMask);
    for (Value part : sums)
      sum = isa<FloatType>(elementType)
                ? arith::AddFOp::create(b, sum, part).getResult()
                : arith::AddIOp::create(b, sum, part).getResult();
    return write(sum, result, row, rowMask);
  }

  /// Adds the slots from `first` on whose places are read at once.
  SmallVector<Value> buildUnit(Value first, SmallVector<Value> sums) {
    Value words = readPlaces(first);
    for (int64_t i = 0; i < LaneRows::kUnit; ++i) {
      Value &sum = sums[i % kNumSums];
      sum = buildSlot(add(first, i), getPlaces(words, i), sum);
    }
    return sums;
  }

  Value buildSlot(Value slot, Value places, Value sum) {
    Value first = arith::MulIOp::create(b, slot, index(lanes));
    Value values = buildFactor(b, b.getLoc(), product.op, product.packed,
                               read(components[0], first, nullptr), nullptr);
    if (values.getType() != vectorType)
      values = arith::ExtFOp::create(b, vectorType, values);
    Value block = read(vector, getNumber(2, slot), nullptr);
    return multiplyAdd(values, permute(block, places), sum);
  }

  /// An element of a component of i32.
  Value getNumber(unsigned component, Value position) {
    return arith::IndexCastOp::create(
        b, b.getIndexType(), readElement(components[component], position));
  }

  /// A word for each lane, of the places of the slots from `first` on.
  Value readPlaces(Value first) {
    Value position =
        arith::DivUIOp::create(b, arith::MulIOp::create(b, first, index(lanes)),
                               index(LaneRows::kUnit));
    return read(components[1], position, nullptr);
  }

  /// The places of a slot, each in the lowest bits of its lane.
  Value getPlaces(Value words, int64_t slot) {
    if (slot == 0)
      return words;
    auto bits = b.getI32IntegerAttr(slot * LaneRows::kPlaceBits);
    auto type = cast<VectorType>(words.getType());
    return arith::ShRUIOp::create(
        b, words,
        arith::ConstantOp::create(b, DenseElementsAttr::get(type, bits)));
  }

  Value permute(Value block, Value places) {
    auto floats = VectorType::get(lanes, b.getF32Type());
    Value source = block;
    if (vectorType != floats)
      source = vector::BitCastOp::create(b, floats, block);
    Value permuted =
        LLVM::InlineAsmOp::create(
            b, floats, ValueRange{source, places}, "vpermps $1, $2, $0",
            /*constraints=*/"=v,v,v", /*has_side_effects=*/false,
            /*is_align_stack=*/false, LLVM::TailCallKind::None,
            /*asm_dialect=*/nullptr, /*operand_attrs=*/nullptr)
            .getResult(0);
    if (vectorType != floats)
      permuted = vector::BitCastOp::create(b, vectorType, permuted);
    return permuted;
  }

  const PackedProduct &product;
  int64_t lanes;
  /// Values, places, columns and begins.
  SmallVector<Value> components;
  Value vector;
  /// The number of the first group that is multiplied.
  Value firstGroup;
};

} // namespace

Value mlir::tasd::buildLaneRowsKernel(OpBuilder &builder,
                                      const PackedProduct &product, Value dense,
                                      Value sums) {
  int64_t lanes = cast<LaneRowsAttr>(product.laidOut.getLayout()).getLanes();
  return LaneRowsKernel(builder, product, lanes).build(dense, sums);
}
