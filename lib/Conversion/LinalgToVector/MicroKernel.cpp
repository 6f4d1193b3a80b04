//===- MicroKernel.cpp - Loops around the vector kernels -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: operands of one element type, an integer or f32 or f64; any
// sizes, zero included. Postcondition: scf loops over vector ops on tensors.
//
// At the edges there are no remainder loops: a row or column past the end is
// the last one again. Every tile reads all of its part of C before it writes,
// so that the repeated ones write equal values. Lanes past the end are masked.
//
//===----------------------------------------------------------------------===//

#include "MicroKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {

using LoopBody =
    function_ref<SmallVector<Value>(Value index, ValueRange state)>;

/// The size of one dimension; `value` is used where it is not constant.
struct Extent {
  Value value;
  int64_t constant;

  bool isMultipleOf(int64_t step) const {
    return ShapedType::isStatic(constant) && constant % step == 0;
  }
};

/// What both kernels need to emit code.
class KernelBuilder {
public:
  KernelBuilder(OpBuilder &builder, Location loc, Type elementType,
                int64_t lanes)
      : b(loc, builder), elementType(elementType),
        vectorType(VectorType::get(lanes, elementType)) {
    zero = arith::ConstantOp::create(b, b.getZeroAttr(elementType));
  }

  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value add(Value value, int64_t offset) {
    return offset == 0 ? value : arith::AddIOp::create(b, value, index(offset));
  }
  Value sub(Value a, Value c) { return arith::SubIOp::create(b, a, c); }

  Extent extent(Value tensor, int64_t dim) {
    int64_t size = cast<RankedTensorType>(tensor.getType()).getDimSize(dim);
    if (ShapedType::isStatic(size))
      return {index(size), size};
    return {tensor::DimOp::create(b, tensor, dim), size};
  }

  /// `count` successive positions from `start`, none past the end of `extent`.
  SmallVector<Value> positions(Value start, int64_t count, Extent extent) {
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

  /// The lanes of the vector at `start` that are before the end of `extent`;
  /// null if all always are.
  Value mask(Value start, Extent extent, int64_t step) {
    if (extent.isMultipleOf(step))
      return nullptr;
    return vector::CreateMaskOp::create(
        b, VectorType::get(vectorType.getShape(), b.getI1Type()),
        ValueRange{sub(extent.value, start)});
  }

  Value read(Value tensor, ValueRange position, Value mask) {
    return vector::TransferReadOp::create(b, vectorType, tensor, position,
                                          minorMap(tensor), zero, mask,
                                          b.getBoolArrayAttr({true}));
  }

  Value write(Value vector, Value tensor, ValueRange position, Value mask) {
    return vector::TransferWriteOp::create(b, tensor.getType(), vector, tensor,
                                           position, minorMap(tensor), mask,
                                           b.getBoolArrayAttr({true}))
        .getResult();
  }

  Value readElement(Value tensor, ValueRange position) {
    return tensor::ExtractOp::create(b, tensor, position);
  }

  Value splat(Value scalar) {
    return vector::BroadcastOp::create(b, vectorType, scalar);
  }

  Value multiplyAdd(Value x, Value y, Value accumulator) {
    if (isa<FloatType>(elementType))
      return vector::FMAOp::create(b, x, y, accumulator);
    return arith::AddIOp::create(b, arith::MulIOp::create(b, x, y),
                                 accumulator);
  }

  /// The sum of the lanes and `accumulator`, in any order.
  Value reduce(Value vector, Value accumulator) {
    return vector::ReductionOp::create(b, vector::CombiningKind::ADD, vector,
                                       accumulator,
                                       arith::FastMathFlags::reassoc);
  }

  SmallVector<Value> loop(Value end, int64_t step, ValueRange state,
                          LoopBody body) {
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

  ImplicitLocOpBuilder b;
  Type elementType;
  VectorType vectorType;
  Value zero;

private:
  AffineMap minorMap(Value tensor) {
    return AffineMap::getMinorIdentityMap(
        cast<RankedTensorType>(tensor.getType()).getRank(), 1, b.getContext());
  }
};

/// Columns in lanes: acc[i][j] += splat(A[row i, k]) * B[k, vector j].
class ColumnKernel : KernelBuilder {
public:
  ColumnKernel(OpBuilder &builder, Location loc, Value lhs,
               bool isLhsTransposed, Value rhs, KernelTile tile)
      : KernelBuilder(builder, loc, getElementTypeOrSelf(lhs), tile.lanes),
        lhs(lhs), rhs(rhs), isLhsTransposed(isLhsTransposed), tile(tile),
        isPacked(cast<RankedTensorType>(rhs.getType()).getRank() == 3) {}

  Value build(Value accumulator) {
    depth = extent(lhs, isLhsTransposed ? 0 : 1);
    numRows = extent(accumulator, 0);
    numColumns = extent(accumulator, 1);
    int64_t width = tile.columns * tile.lanes;
    return loop(numColumns.value, width, accumulator,
                [&](Value column, ValueRange state) {
                  setColumns(column, width);
                  return loop(numRows.value, tile.rows, state,
                              [&](Value row, ValueRange inner) {
                                return SmallVector<Value>{
                                    buildTile(row, inner.front())};
                              });
                })
        .front();
  }

private:
  void setColumns(Value column, int64_t width) {
    columns.clear();
    masks.clear();
    for (int64_t j = 0; j < tile.columns; ++j) {
      columns.push_back(add(column, j * tile.lanes));
      masks.push_back(mask(columns[j], numColumns, width));
    }
    if (isPacked)
      panel = arith::DivUIOp::create(b, column, index(width));
  }

  Value buildTile(Value row, Value accumulator) {
    SmallVector<Value> rows = positions(row, tile.rows, numRows);
    SmallVector<Value> sums;
    for (Value position : rows)
      for (int64_t j = 0; j < tile.columns; ++j)
        sums.push_back(read(accumulator, {position, columns[j]}, masks[j]));
    sums = loop(depth.value, 1, sums, [&](Value k, ValueRange state) {
      return buildStep(rows, k, state);
    });
    for (int64_t i = 0; i < tile.rows; ++i)
      for (int64_t j = 0; j < tile.columns; ++j)
        accumulator = write(sums[i * tile.columns + j], accumulator,
                            {rows[i], columns[j]}, masks[j]);
    return accumulator;
  }

  SmallVector<Value> buildStep(ValueRange rows, Value k, ValueRange sums) {
    SmallVector<Value> vectors, next;
    for (int64_t j = 0; j < tile.columns; ++j)
      vectors.push_back(readRhs(k, j));
    for (auto [i, row] : llvm::enumerate(rows)) {
      Value element = splat(isLhsTransposed ? readElement(lhs, {k, row})
                                            : readElement(lhs, {row, k}));
      for (int64_t j = 0; j < tile.columns; ++j)
        next.push_back(
            multiplyAdd(element, vectors[j], sums[i * tile.columns + j]));
    }
    return next;
  }

  Value readRhs(Value k, int64_t j) {
    if (isPacked)
      return read(rhs, {panel, k, index(j * tile.lanes)}, nullptr);
    return read(rhs, {k, columns[j]}, masks[j]);
  }

  Value lhs, rhs;
  bool isLhsTransposed;
  KernelTile tile;
  bool isPacked;
  Extent depth, numRows, numColumns;
  SmallVector<Value> columns, masks;
  Value panel;
};

/// Depth in lanes: acc[i][j] += A[row i, vector k] * B[column j, vector k].
class DepthKernel : KernelBuilder {
public:
  DepthKernel(OpBuilder &builder, Location loc, Value lhs, Value rhs,
              KernelTile tile)
      : KernelBuilder(builder, loc, getElementTypeOrSelf(lhs), tile.lanes),
        lhs(lhs), rhs(rhs), tile(tile) {}

  Value build(Value accumulator) {
    depth = extent(lhs, 1);
    numRows = extent(lhs, 0);
    numColumns = extent(rhs, 0);
    Value rest = arith::RemUIOp::create(b, depth.value, index(tile.lanes));
    wholeDepth = sub(depth.value, rest);
    return loop(numColumns.value, tile.columns, accumulator,
                [&](Value column, ValueRange state) {
                  return loop(numRows.value, tile.rows, state,
                              [&](Value row, ValueRange inner) {
                                return SmallVector<Value>{
                                    buildTile(row, column, inner.front())};
                              });
                })
        .front();
  }

private:
  Value buildTile(Value row, Value column, Value accumulator) {
    SmallVector<Value> rows = positions(row, tile.rows, numRows);
    SmallVector<Value> columns = positions(column, tile.columns, numColumns);
    SmallVector<Value> sums(tile.rows * tile.columns, splat(zero));
    sums = loop(wholeDepth, tile.lanes, sums, [&](Value k, ValueRange state) {
      return buildStep(rows, columns, k, nullptr, state);
    });
    if (Value tail = mask(wholeDepth, depth, tile.lanes))
      sums = buildStep(rows, columns, wholeDepth, tail, sums);
    return addSums(rows, columns, sums, accumulator);
  }

  SmallVector<Value> buildStep(ValueRange rows, ValueRange columns, Value k,
                               Value mask, ValueRange sums) {
    SmallVector<Value> vectors, next;
    for (Value column : columns)
      vectors.push_back(read(rhs, {column, k}, mask));
    for (auto [i, row] : llvm::enumerate(rows)) {
      Value vector = read(lhs, {row, k}, mask);
      for (int64_t j = 0; j < tile.columns; ++j)
        next.push_back(
            multiplyAdd(vector, vectors[j], sums[i * tile.columns + j]));
    }
    return next;
  }

  Value addSums(ValueRange rows, ValueRange columns, ValueRange sums,
                Value accumulator) {
    SmallVector<Value> elements;
    for (Value row : rows)
      for (Value column : columns)
        elements.push_back(readElement(accumulator, {row, column}));
    for (auto [element, sum] : llvm::zip_equal(elements, sums))
      element = reduce(sum, element);
    for (int64_t i = 0; i < tile.rows; ++i)
      for (int64_t j = 0; j < tile.columns; ++j)
        accumulator = tensor::InsertOp::create(
            b, elements[i * tile.columns + j], accumulator,
            ValueRange{rows[i], columns[j]});
    return accumulator;
  }

  Value lhs, rhs;
  KernelTile tile;
  Extent depth, numRows, numColumns;
  Value wholeDepth;
};

} // namespace

Value mlir::tasd::buildColumnKernel(OpBuilder &builder, Location loc, Value lhs,
                                    bool isLhsTransposed, Value rhs,
                                    Value accumulator, KernelTile tile) {
  return ColumnKernel(builder, loc, lhs, isLhsTransposed, rhs, tile)
      .build(accumulator);
}

Value mlir::tasd::buildDepthKernel(OpBuilder &builder, Location loc, Value lhs,
                                   Value rhs, Value accumulator,
                                   KernelTile tile) {
  return DepthKernel(builder, loc, lhs, rhs, tile).build(accumulator);
}
