//===- ProductTiles.cpp - What is multiplied at once ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// for tiles of lanes:
//   dense = gathered operand
//   for tiles of rows: the kernel
//
// Threads share one of the two loops.
//
//===----------------------------------------------------------------------===//

#include "ProductTiles.h"

#include "Gather.h"
#include "LaneTiles.h"
#include "RowTiles.h"
#include "tasd/Conversion/VectorKernels/ThreadTiles.h"

using namespace mlir;
using namespace mlir::tasd;

/// Lanes below this are too few to share the reading of a slot.
static constexpr int64_t kMinTileLanes = 64;

/// Lanes of a tile, so that what is gathered at once fits in the cache.
static int64_t getTileLimit(const PackedProduct &product, int64_t cacheBytes) {
  if (RowRecordsAttr layout = product.getRowRecords())
    return chooseTileLimit(product, layout.getStride());
  SmallVector<unsigned> deep = getOuterLoops(product);
  llvm::append_range(deep, product.columns);
  int64_t depth = product.getExtent(deep);
  int64_t bytes = product.getComputeType().getIntOrFloatBitWidth() / 8;
  if (ShapedType::isDynamic(depth))
    return kMinTileLanes;
  return std::max(cacheBytes / std::max<int64_t>(depth * bytes, 1),
                  kMinTileLanes);
}

/// Sizes of tiles of lanes, one for each thread, of a product that needs none
/// for its own sake; 0 for loops that are not cut. Blocks of lanes stay whole.
static SmallVector<int64_t> getThreadTileSizes(const PackedProduct &product,
                                               unsigned numThreads) {
  SmallVector<int64_t> none(product.ranges.size(), 0);
  if (isInThreadTile(product.op) || !hasSteps(product.ranges, kMinSharedMacs))
    return none;
  int64_t block = kMinTileLanes;
  if (RowRecordsAttr layout = product.getRowRecords())
    block = layout.getStride();
  SmallVector<ThreadLoop> loops;
  for (unsigned loop : product.lanes)
    loops.push_back({loop, loop == product.lanes.back() ? block : 1});
  return chooseThreadTiles(product.ranges, loops, numThreads);
}

static bool isCut(ArrayRef<int64_t> sizes) {
  return llvm::any_of(sizes, [](int64_t size) { return size != 0; });
}

/// Replaces the contraction by loops over tiles, which threads may share;
/// returns the product inside.
static PackedProduct tileProduct(RewriterBase &rewriter,
                                 const PackedProduct &product,
                                 ArrayRef<int64_t> sizes, unsigned numThreads) {
  FailureOr<scf::SCFTilingResult> tiled =
      tileForThreads(rewriter, cast<TilingInterface>(product.op.getOperation()),
                     product.ranges, sizes, numThreads);
  assert(succeeded(tiled) && "expected lanes and rows to be tileable");
  PackedProduct inner = product;
  inner.op = cast<ContractOp>(tiled->tiledOps.front());
  inner.ranges = inner.op.getContraction().getStaticRanges();
  inner.part = inner.getSeries().getDefiningOp<SliceOp>();
  rewriter.replaceOp(product.op, tiled->replacements);
  return inner;
}

/// Tiles of lanes. They do not index the series: its slice is all of it.
static PackedProduct tileLanes(RewriterBase &rewriter,
                               const PackedProduct &product,
                               ArrayRef<int64_t> sizes, unsigned numThreads) {
  Value series = product.getSeries();
  PackedProduct inner = tileProduct(rewriter, product, sizes, numThreads);
  rewriter.modifyOpInPlace(inner.op,
                           [&] { inner.op->setOperand(inner.packed, series); });
  inner.part = nullptr;
  return inner;
}

/// Whether tiles of these sizes have dense operands of their own.
static bool cutsDense(const PackedProduct &product, ArrayRef<int64_t> sizes) {
  AffineMap map = product.getMap(1 - product.packed);
  return llvm::any_of(llvm::enumerate(sizes), [&](auto entry) {
    return entry.value() != 0 && map.isFunctionOfDim(entry.index());
  });
}

GatheredProduct
mlir::tasd::gatherTile(RewriterBase &rewriter, const PackedProduct &product,
                       const ConvertTASDToVectorOptions &options) {
  auto gather = [&](const PackedProduct &inner) {
    rewriter.setInsertionPoint(inner.op);
    return gatherDense(rewriter, inner, options.vectorBits);
  };
  PackedProduct inner = product;
  SmallVector<int64_t> sizes =
      getTileSizes(product, getTileLimit(product, options.cacheKib * 1024));
  if (!isCut(sizes))
    sizes = getThreadTileSizes(product, options.threads);
  if (isCut(sizes))
    inner = tileLanes(rewriter, product, sizes, options.threads);
  sizes = getRowTileSizes(inner, options.threads);
  if (!isCut(sizes))
    return {inner, gather(inner)};
  if (cutsDense(inner, sizes)) {
    inner = tileProduct(rewriter, inner, sizes, options.threads);
    return {inner, gather(inner)};
  }
  // All threads read the same.
  Value dense = gather(inner);
  return {tileProduct(rewriter, inner, sizes, options.threads), dense};
}
