//===- PackedKernel.cpp - Loops over the slots of a series ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// for lanes, a few vectors at a time
//   for rows: sums = result
//     for windows, for terms in their order, for slots of the row:
//       sums += splat(slot.value) * dense[slot.column, lanes]
//
// A row's sums stay in registers over all its slots, and all terms share what
// was gathered of the dense operand. Lanes past the end are masked.
//
//===----------------------------------------------------------------------===//

#include "PackedKernel.h"

#include "Gather.h"
#include "LaneTiles.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "tasd/Conversion/VectorKernels/KernelBuilder.h"
#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

/// Vectors whose sums a row keeps in registers.
static constexpr int64_t kMaxVectors = 8;

/// Vectors side by side: a power of two that is not larger than needed.
static int64_t chooseNumVectors(const PackedProduct &product, int64_t lanes) {
  int64_t extent = product.getExtent(product.lanes);
  if (ShapedType::isDynamic(extent))
    return kMaxVectors / 2;
  int64_t needed = llvm::divideCeil(extent, lanes);
  return std::clamp<int64_t>(llvm::PowerOf2Ceil(needed), 1, kMaxVectors);
}

namespace {
class PackedKernel : KernelBuilder {
public:
  PackedKernel(OpBuilder &builder, const PackedProduct &product, Value dense,
               int64_t lanes)
      : KernelBuilder(builder, product.op.getLoc(), product.getComputeType(),
                      lanes),
        product(product), dense(dense), lanes(lanes),
        numVectors(chooseNumVectors(product, lanes)),
        loopIndices(product.ranges.size()) {}

  Value build(Value sums) {
    int64_t laneDim = product.rows.size();
    Extent numLanes = extent(sums, laneDim);
    return loop(numLanes.value, numVectors * lanes, sums,
                [&](Value lane, ValueRange state) {
                  setLanes(lane, numLanes);
                  return SmallVector<Value>{buildRows(0, state.front())};
                })
        .front();
  }

private:
  void setLanes(Value lane, Extent numLanes) {
    starts.clear();
    masks.clear();
    for (int64_t i = 0; i < numVectors; ++i) {
      starts.push_back(add(lane, i * lanes));
      masks.push_back(mask(starts[i], numLanes, numVectors * lanes));
    }
  }

  /// Loops over the rows from loop `depth` on.
  Value buildRows(size_t depth, Value sums) {
    if (depth == product.rows.size())
      return buildRow(sums);
    return loop(extent(sums, depth).value, 1, sums,
                [&](Value row, ValueRange state) {
                  loopIndices[product.rows[depth]] = row;
                  return SmallVector<Value>{
                      buildRows(depth + 1, state.front())};
                })
        .front();
  }

  Value buildRow(Value result) {
    SmallVector<Value> position = getIndices(product.rows);
    position.push_back(nullptr);
    SmallVector<Value> sums;
    for (auto [start, mask] : llvm::zip(starts, masks)) {
      position.back() = start;
      sums.push_back(read(result, position, mask));
    }
    sums = buildWindows(0, sums);
    for (auto [sum, start, mask] : llvm::zip(sums, starts, masks)) {
      position.back() = start;
      result = write(sum, result, position, mask);
    }
    return result;
  }

  /// Loops over the windows from loop `depth` on, then over terms and slots.
  SmallVector<Value> buildWindows(size_t depth, ValueRange sums) {
    if (depth == product.windows.size())
      return buildTerms(sums);
    unsigned window = product.windows[depth];
    return loop(index(product.ranges[window]), 1, sums,
                [&](Value position, ValueRange state) {
                  loopIndices[window] = position;
                  return buildWindows(depth + 1, state);
                });
  }

  SmallVector<Value> buildTerms(ValueRange sums) {
    SeriesType type = product.getSeriesType();
    SmallVector<Value> row = getRow(), state(sums);
    for (int64_t term = 0, e = type.getSeries().size(); term < e; ++term) {
      Value end = type.getSeries().getPatterns()[term].buildNumSlots(
          b, b.getLoc(), type.getTermType(term),
          product.series.getTermComponents(term), row);
      state = loop(end, 1, state, [&](Value slot, ValueRange inner) {
        return buildSlot(term, row, slot, inner);
      });
    }
    return state;
  }

  SmallVector<Value> buildSlot(int64_t term, ValueRange row, Value position,
                               ValueRange sums) {
    SeriesType type = product.getSeriesType();
    PatternAttrInterface pattern = type.getSeries().getPatterns()[term];
    Slot slot = pattern.buildSlot(b, b.getLoc(), type.getTermType(term),
                                  product.series.getTermComponents(term), row,
                                  position);
    Value factor = splat(castToComputeType(buildFactor(
        b, b.getLoc(), product.op, product.packed, slot.value, nullptr)));
    SmallVector<Value> place = getIndices(getOuterLoops(product));
    place.push_back(keepInside(pattern, slot.column));
    place.push_back(nullptr);
    SmallVector<Value> next;
    for (auto [sum, start, mask] : llvm::zip(sums, starts, masks)) {
      place.back() = start;
      next.push_back(multiplyAdd(factor, read(dense, place, mask), sum));
    }
    return next;
  }

  /// In a ragged last block an empty slot may have a column past the end: the
  /// last one is read in its place, and multiplied by the slot's zero.
  Value keepInside(PatternAttrInterface pattern, Value column) {
    int64_t numColumns = product.getExtent(product.columns);
    std::optional<int64_t> block = pattern.getPattern()->getBlockSize();
    if (block && numColumns % *block == 0)
      return column;
    return arith::MinUIOp::create(b, column, index(numColumns - 1));
  }

  Value castToComputeType(Value value) {
    if (value.getType() == elementType)
      return value;
    return arith::ExtFOp::create(b, elementType, value);
  }

  /// The indices of the series' row dimensions at the present loop indices.
  SmallVector<Value> getRow() {
    AffineMap map = product.getMap(product.packed);
    SmallVector<Value> operands(loopIndices), row;
    for (Value &operand : operands)
      if (!operand)
        operand = index(0); // a loop that the row does not depend on
    for (int64_t dim : product.getSeriesType().getBlockedShape().getRowDims())
      row.push_back(arith::AddIOp::create(
          b,
          getValueOrCreateConstantIndexOp(b, b.getLoc(),
                                          product.getPartOffset(dim)),
          affine::AffineApplyOp::create(
              b, AffineMap::get(map.getNumDims(), 0, map.getResult(dim)),
              operands)));
    return row;
  }

  SmallVector<Value> getIndices(ArrayRef<unsigned> loops) {
    return llvm::map_to_vector(
        loops, [&](unsigned loop) { return loopIndices[loop]; });
  }

  const PackedProduct &product;
  Value dense;
  int64_t lanes, numVectors;
  /// The index of each loop that is being built around; null for the others.
  SmallVector<Value> loopIndices;
  /// Of each vector: its first lane, and the mask of its lanes or null.
  SmallVector<Value> starts, masks;
};
} // namespace

Value mlir::tasd::buildPackedKernel(OpBuilder &builder,
                                    const PackedProduct &product, Value dense,
                                    Value sums, int64_t vectorBits) {
  int64_t lanes = chooseLanes(product, vectorBits);
  return PackedKernel(builder, product, dense, lanes).build(sums);
}
