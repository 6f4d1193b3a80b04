//===- PanelKernel.cpp - Loops over records of rows -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// for batches, for blocks of `stride` lanes:
//   scratch = result[rows, block]
//   for panels of `depth` columns:
//     panel = dense[columns, block]
//     for groups of rows: sums = scratch[group]
//       for records: sums += splat(value) * panel[offset...]
//   result[rows, block] = scratch
//
// What was gathered a block at a time is panels already, and not copied again.
// A panel stays in the first-level cache, and the sums of a group in registers.
// Of a product of some batches or rows of the series, a thread's share, batches
// and groups are numbered as in the whole series.
//
//===----------------------------------------------------------------------===//

#include "PanelKernel.h"

#include "Gather.h"
#include "LaneTiles.h"
#include "RecordList.h"
#include "RowTiles.h"
#include "ScratchSums.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Sparsity/RowRecords.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

using sparsity::RowRecords;

namespace {

class PanelKernel : KernelBuilder {
public:
  PanelKernel(OpBuilder &builder, const PackedProduct &product, Value dense,
              int64_t lanes, bool hidesSplats)
      : KernelBuilder(builder, product.op.getLoc(), product.getComputeType(),
                      lanes),
        product(product), layout(product.getRowRecords()), dense(dense),
        components(product.laidOut.getSizedComponents()),
        numBatchLoops(getOuterLoops(product).size()),
        numVectors(layout.getStride() / lanes), lanes(lanes),
        hidesSplats(hidesSplats),
        blocked(product.getSeriesType().getBlockedShape()) {
    RowRecords records({layout.getBatches(), layout.getRows(),
                        layout.getDepth(), layout.getStride()});
    numPanels = records.getNumPanels(blocked);
    numGroups = records.getNumGroups(blocked);
    isPanels = isGatheredAsPanels();
  }

  Value build(Value sums) {
    auto type = cast<RankedTensorType>(sums.getType());
    SmallVector<ReassociationIndices> dims = getRowDims();
    if (isPanels)
      dense = flattenPanels(dense);
    if (static_cast<int64_t>(dims.size()) == type.getRank())
      return buildProduct(sums);
    SmallVector<OpFoldResult> sizes =
        tensor::getMixedSizes(b, b.getLoc(), sums);
    sums = buildProduct(tensor::CollapseShapeOp::create(b, sums, dims));
    return tensor::ExpandShapeOp::create(b, b.getLoc(), type, sums, dims,
                                         sizes);
  }

private:
  /// Whether the lanes of the dense operand, a copy, are those of one block.
  bool isGatheredAsPanels() const {
    return !isDenseInPlace(product) &&
           cast<RankedTensorType>(dense.getType()).getShape().back() ==
               layout.getStride();
  }

  /// The columns and lanes of each batch as one dimension.
  Value flattenPanels(Value tiles) {
    SmallVector<ReassociationIndices> groups;
    for (int64_t dim = 0; dim < numBatchLoops; ++dim)
      groups.push_back({dim});
    groups.push_back({numBatchLoops, numBatchLoops + 1});
    return tensor::CollapseShapeOp::create(b, tiles, groups);
  }

  /// The batches, all other rows, the lanes.
  SmallVector<ReassociationIndices> getRowDims() const {
    SmallVector<ReassociationIndices> groups;
    int64_t numRowLoops = product.rows.size();
    for (int64_t dim = 0; dim <= numRowLoops; ++dim)
      if (dim <= numBatchLoops || dim == numRowLoops)
        groups.push_back({dim});
      else
        groups.back().push_back(dim);
    return groups;
  }

  //===--- Loops around a panel -------------------------------------------===//

  /// From the sums as [batches..., all other rows, lanes].
  Value buildProduct(Value sums) {
    setRows(sums);
    return buildBatches(0, index(0), sums);
  }

  void setRows(Value sums) {
    int64_t size =
        product.getExtent(ArrayRef(product.rows).drop_front(numBatchLoops));
    int64_t groupRows = layout.getRows();
    groups.first = buildFirstGroup(b, product, groupRows);
    if (ShapedType::isStatic(size)) {
      int64_t count = llvm::divideCeil(size, groupRows);
      groups.rows = {index(size), size};
      groups.groups = {index(count), count};
      return;
    }
    groups.rows = extent(sums, numBatchLoops);
    Value count = arith::DivUIOp::create(
        b, add(groups.rows.value, groupRows - 1), index(groupRows));
    groups.groups = {count, ShapedType::kDynamic};
  }

  /// Loops over the batches from loop `depth` on; `batch` numbers them.
  Value buildBatches(int64_t depth, Value batch, Value sums) {
    if (depth == numBatchLoops)
      return buildBlocks(batch, sums);
    Extent size = extent(sums, depth);
    return loop(size.value, 1, sums,
                [&](Value position, ValueRange state) {
                  block.batch.push_back(position);
                  Value result =
                      buildBatches(depth + 1, getBatch(batch, depth, position),
                                   state.front());
                  block.batch.pop_back();
                  return SmallVector<Value>{result};
                })
        .front();
  }

  /// The number of a batch, from that by the loops before.
  Value getBatch(Value batch, int64_t depth, Value position) {
    int64_t dim = blocked.getRowDims()[depth];
    Value begin = getValueOrCreateConstantIndexOp(b, b.getLoc(),
                                                  product.getPartOffset(dim));
    Value first =
        arith::MulIOp::create(b, batch, index(product.getSeriesExtent(depth)));
    return arith::AddIOp::create(b, first,
                                 arith::AddIOp::create(b, begin, position));
  }

  Value buildBlocks(Value batch, Value sums) {
    int64_t laneDim = cast<RankedTensorType>(sums.getType()).getRank() - 1;
    Extent numLanes = extent(sums, laneDim);
    int64_t stride = layout.getStride(), numNarrow = getNumNarrow(numLanes);
    Value end =
        numNarrow ? index(numLanes.constant / stride * stride) : numLanes.value;
    sums = loop(end, stride, sums, [&](Value lane, ValueRange state) {
             return SmallVector<Value>{
                 buildBlock(batch, lane, numLanes, numVectors, state.front())};
           }).front();
    return numNarrow ? buildBlock(batch, end, numLanes, numNarrow, sums) : sums;
  }

  /// The vectors of a last block that takes fewer than others; else 0. Of a
  /// single row blocks stay alike: bufferization takes a vector that is written
  /// at the beginning for all of a tensor with one row.
  int64_t getNumNarrow(Extent numLanes) const {
    if (ShapedType::isDynamic(numLanes.constant) || isPanels ||
        groups.rows.constant == 1)
      return 0;
    int64_t rest = numLanes.constant % layout.getStride();
    int64_t count = llvm::divideCeil(rest, lanes);
    return count < numVectors ? count : 0;
  }

  Value buildBlock(Value batch, Value lane, Extent numLanes, int64_t count,
                   Value sums) {
    setLanes(lane, numLanes, count);
    ScratchSums buffer(b, product, groups, lanes);
    Value scratch = buildPanels(batch, buffer.load(block, sums));
    return buffer.store(block, scratch, sums);
  }

  void setLanes(Value lane, Extent numLanes, int64_t count) {
    block.starts.clear();
    block.masks.clear();
    for (int64_t j = 0; j < count; ++j) {
      block.starts.push_back(add(lane, j * lanes));
      block.masks.push_back(
          mask(block.starts[j], numLanes, layout.getStride()));
    }
  }

  //===--- Panels and groups ----------------------------------------------===//

  Value buildPanels(Value batch, Value scratch) {
    Value first = arith::MulIOp::create(b, batch, index(numPanels));
    return loop(index(numPanels), 1, scratch,
                [&](Value panel, ValueRange state) {
                  Value number = arith::AddIOp::create(b, first, panel);
                  Value list = arith::AddIOp::create(
                      b, arith::MulIOp::create(b, number, index(numGroups)),
                      groups.first);
                  return SmallVector<Value>{
                      buildGroups(list, getPanel(panel), state.front())};
                })
        .front();
  }

  Panel getPanel(Value number) {
    if (!isPanels)
      return {fillPanel(number), {}, index(0)};
    Value begin = arith::MulIOp::create(
        b, number, index(layout.getDepth() * layout.getStride()));
    return {dense, block.batch, begin};
  }

  Value fillPanel(Value number) {
    int64_t depth = layout.getDepth(), stride = layout.getStride();
    Value begin = arith::MulIOp::create(b, number, index(depth));
    Value size = index(depth);
    int64_t numColumns = blocked.getNumColumns();
    if (numColumns % depth != 0)
      size = arith::MinUIOp::create(b, size, sub(index(numColumns), begin));
    Value panel = tensor::EmptyOp::create(b, ArrayRef<int64_t>{depth * stride},
                                          elementType);
    return loop(size, 1, panel,
                [&](Value column, ValueRange state) {
                  SmallVector<Value> place(block.batch);
                  place.push_back(arith::AddIOp::create(b, begin, column));
                  place.push_back(nullptr);
                  Value offset =
                      arith::MulIOp::create(b, column, index(stride));
                  Value next = state.front();
                  for (auto [j, start, mask] :
                       llvm::enumerate(block.starts, block.masks)) {
                    place.back() = start;
                    next = write(read(dense, place, mask), next,
                                 add(offset, j * lanes), nullptr);
                  }
                  return SmallVector<Value>{next};
                })
        .front();
  }

  Value buildGroups(Value firstList, const Panel &panel, Value scratch) {
    return loop(groups.groups.value, 1, scratch,
                [&](Value group, ValueRange state) {
                  Value list = arith::AddIOp::create(b, firstList, group);
                  return SmallVector<Value>{
                      buildGroup(list, group, panel, state.front())};
                })
        .front();
  }

  Value buildGroup(Value list, Value group, const Panel &panel, Value scratch) {
    Value first = arith::MulIOp::create(b, group, index(layout.getRows()));
    SmallVector<SmallVector<Value>> places;
    for (int64_t i = 0; i < layout.getRows(); ++i)
      for (size_t j = 0; j < block.starts.size(); ++j)
        places.push_back({add(first, i), index(j * lanes)});
    SmallVector<Value> sums;
    for (ValueRange place : places)
      sums.push_back(read(scratch, place, nullptr));
    sums = buildRecordList(b, product, lanes, hidesSplats, getBegin(list),
                           getBegin(add(list, 1)), panel, sums);
    for (auto [sum, place] : llvm::zip_equal(sums, places))
      scratch = write(sum, scratch, place, nullptr);
    return scratch;
  }

  Value getBegin(Value list) {
    return arith::IndexCastOp::create(b, b.getIndexType(),
                                      readElement(components[1], list));
  }

  const PackedProduct &product;
  RowRecordsAttr layout;
  Value dense;
  /// Records and begins.
  SmallVector<Value> components;
  int64_t numBatchLoops;
  /// Of all blocks but a narrow last one.
  int64_t numVectors;
  int64_t lanes;
  bool hidesSplats, isPanels;
  /// Of the whole series.
  sparsity::BlockedShape blocked;
  int64_t numPanels, numGroups;
  /// Of what is multiplied.
  RowGroups groups;
  /// What is being multiplied.
  LaneBlock block;
};

} // namespace

Value mlir::tasd::buildPanelKernel(OpBuilder &builder,
                                   const PackedProduct &product, Value dense,
                                   Value sums,
                                   const ConvertTASDToVectorOptions &options) {
  int64_t lanes = chooseLanes(product, options.vectorBits);
  // The layout may have been made for narrower vectors.
  while (product.getRowRecords().getStride() % lanes != 0)
    lanes /= 2;
  return PanelKernel(builder, product, dense, lanes, options.hideSplats)
      .build(sums);
}
