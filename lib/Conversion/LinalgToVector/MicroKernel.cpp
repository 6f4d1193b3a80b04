//===- MicroKernel.cpp - Loops around the vector kernels ------------------===//
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

#include "tasd/Conversion/VectorKernels/KernelBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {

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
