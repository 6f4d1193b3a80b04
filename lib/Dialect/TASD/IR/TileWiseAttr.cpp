//===- TileWiseAttr.cpp - The pattern of compacted tiles ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A row that no tile holds has no slots. Code that reads it may be moved out of
// the loop over these, so that it reads the first tile in its place.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "PatternAttrs.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Sparsity/TileWise.h"

using namespace mlir;
using namespace mlir::tasd;

static sparsity::TileRule getRule(int64_t granularity, bool consecutive,
                                  FloatAttr columns, FloatAttr rows, bool rms) {
  return {consecutive ? sparsity::TileCut::Consecutive
                      : sparsity::TileCut::Survivors,
          granularity, getThreshold(columns), getThreshold(rows),
          rms ? sparsity::ScoreKind::RootMeanSquare
              : sparsity::ScoreKind::Norm};
}

static sparsity::PatternRef getInnerPattern(PatternAttrInterface inner) {
  return inner ? inner.getPattern() : nullptr;
}

LogicalResult TileWiseAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   int64_t granularity, bool consecutive,
                                   FloatAttr columns, FloatAttr rows, bool rms,
                                   PatternAttrInterface inner) {
  if (failed(verifyThreshold(emitError, columns)) ||
      failed(verifyThreshold(emitError, rows))) // tile_wise_c2
    return failure();
  if (consecutive && columns) // tile_wise_c3
    return emitError() << "expected no threshold for columns of consecutive "
                          "tiles but got "
                       << columns;
  llvm::Expected<sparsity::PatternRef> pattern = sparsity::TileWisePattern::get(
      getRule(granularity, consecutive, columns, rows, rms),
      getInnerPattern(inner)); // tile_wise_c1, tile_wise_c4
  if (!pattern)
    return emitError() << llvm::toString(pattern.takeError());
  return success();
}

sparsity::PatternRef TileWiseAttr::getPattern() const {
  return llvm::cantFail(
      sparsity::TileWisePattern::get(getRule(getGranularity(), getConsecutive(),
                                             getColumns(), getRows(), getRms()),
                                     getInnerPattern(getInner())));
}

Attribute mlir::tasd::getTileWiseAttr(MLIRContext *context,
                                      const sparsity::Pattern &pattern) {
  auto &tileWise = static_cast<const sparsity::TileWisePattern &>(pattern);
  const sparsity::TileRule &rule = tileWise.getRule();
  PatternAttrInterface inner;
  if (tileWise.getInner())
    inner = cast<PatternAttrInterface>(
        context->getLoadedDialect<TASDDialect>()->getPatternAttr(
            *tileWise.getInner()));
  return TileWiseAttr::get(
      context, rule.height, rule.cut == sparsity::TileCut::Consecutive,
      getThresholdAttr(context, rule.outputThreshold),
      getThresholdAttr(context, rule.kThreshold),
      rule.score == sparsity::ScoreKind::RootMeanSquare, inner);
}

//===----------------------------------------------------------------------===//
// Reading packed terms
//===----------------------------------------------------------------------===//

namespace {
/// Columns of the table `tiles`. Further components of the inner pattern follow
/// the values, and the outputs come last.
enum TableColumn { kColumns = 0, kValues = 1 };

/// The tile that holds a row of a packed term, or the first where none does.
class RowTile {
public:
  RowTile(OpBuilder &builder, Location loc, int64_t granularity,
          ValueRange components, ValueRange row)
      : index(builder, loc), components(components) {
    Value zero = index.constant(0), height = index.constant(granularity);
    Value place = index.read(components[2], row);
    isHeld = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sge,
                                   place, zero);
    place = index.max(place, zero);
    tile = index.divide(place, height);
    rowInTile = index.remainder(place, height);
    // Of no tiles at all, the end is the begin.
    Value last =
        index.subtract(index.extent(components[3], 0), index.constant(1));
    next = index.min(index.add(tile, index.constant(1)), last);
  }

  /// Where the tile begins in what a column of the table is about.
  Value getBegin(int64_t column) { return read(tile, column); }
  Value getSize(int64_t column) {
    return index.subtract(read(next, column), read(tile, column));
  }

  /// The number of slots where the tile holds the row.
  Value selectIfHeld(Value numSlots) {
    return arith::SelectOp::create(index.builder, index.loc, isHeld, numSlots,
                                   index.constant(0));
  }

  /// The column that a column of the tile is.
  Value getColumn(Value columnInTile) {
    return index.read(components[1],
                      index.add(getBegin(kColumns), columnInTile));
  }

  /// The row of component `number` of the inner pattern, as [1, ?].
  Value getInnerRow(int64_t number) {
    Value outputs =
        index.max(getSize(components.size() - 2), index.constant(1));
    Value length = index.divide(getSize(kValues + number), outputs);
    Value begin = index.add(getBegin(kValues + number),
                            index.multiply(rowInTile, length));
    Value component = components[number == 0 ? 0 : 3 + number];
    Value slice = tensor::ExtractSliceOp::create(
        index.builder, index.loc, component, OpFoldResult(begin),
        OpFoldResult(length), OpFoldResult(index.builder.getIndexAttr(1)));
    auto type = cast<RankedTensorType>(slice.getType());
    OpFoldResult one = index.builder.getIndexAttr(1);
    return tensor::ExpandShapeOp::create(
        index.builder, index.loc, type.clone({1, ShapedType::kDynamic}), slice,
        ArrayRef<ReassociationIndices>{{0, 1}}, {one, OpFoldResult(length)});
  }

  SmallVector<Value> getInnerComponents() {
    SmallVector<Value> rows;
    for (size_t number = 0; number + 3 < components.size(); ++number)
      rows.push_back(getInnerRow(number));
    return rows;
  }

  IndexBuilder index;
  Value rowInTile;

private:
  Value read(Value row, int64_t column) {
    return index.read(components[3], {row, index.constant(column)});
  }

  ValueRange components;
  Value isHeld, tile, next;
};
} // namespace

/// The type of one row of a tile, as wide as the tensor at most.
static SeriesType getInnerType(SeriesType type, PatternAttrInterface inner) {
  return SeriesType::get(
      type.getContext(), {1, type.getBlockedShape().getNumColumns()},
      type.getElementType(),
      SeriesAttr::get(type.getContext(), ArrayRef(inner)), {1});
}

Value TileWiseAttr::buildNumSlots(OpBuilder &builder, Location loc,
                                  SeriesType type, ValueRange components,
                                  ValueRange row) const {
  RowTile tile(builder, loc, getGranularity(), components, row);
  if (!getInner())
    return tile.selectIfHeld(tile.getSize(kColumns));
  return tile.selectIfHeld(getInner().buildNumSlots(
      builder, loc, getInnerType(type, getInner()), tile.getInnerComponents(),
      tile.index.constant(0)));
}

Slot TileWiseAttr::buildSlot(OpBuilder &builder, Location loc, SeriesType type,
                             ValueRange components, ValueRange row,
                             Value slot) const {
  RowTile tile(builder, loc, getGranularity(), components, row);
  if (getInner()) {
    Slot inner = getInner().buildSlot(
        builder, loc, getInnerType(type, getInner()), tile.getInnerComponents(),
        tile.index.constant(0), slot);
    // An empty slot may name a column past the end: the last stands for it.
    Value last =
        tile.index.subtract(tile.getSize(kColumns), tile.index.constant(1));
    return {inner.value, tile.getColumn(tile.index.min(inner.column, last))};
  }
  IndexBuilder &index = tile.index;
  Value line =
      index.add(tile.getBegin(kValues),
                index.multiply(tile.rowInTile, tile.getSize(kColumns)));
  return {tensor::ExtractOp::create(builder, loc, components[0],
                                    index.add(line, slot)),
          tile.getColumn(slot)};
}
