//===- Tiles.cpp - Tiles of layers that are single products ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/MatrixProducts/Tiles.h"

#include "tasd/Conversion/VectorKernels/ThreadTiles.h"
#include "tasd/Conversion/VectorKernels/TileSizes.h"

#include "mlir/Dialect/Linalg/Transforms/TilingInterfaceImpl.h"

using namespace mlir;
using namespace mlir::tasd;

bool mlir::tasd::isDepthwise(const MultiplyAdd &layer) {
  FailureOr<linalg::ConvolutionDimensions> dims =
      linalg::inferConvolutionDims(layer.op);
  return succeeded(dims) && !dims->depth.empty() &&
         dims->inputChannel.empty() &&
         (layer.rows.empty() || layer.columns.empty());
}

bool mlir::tasd::hasEmptyOperand(const MultiplyAdd &layer) {
  linalg::LinalgOp op = layer.op;
  return llvm::any_of(op->getOperandTypes(), [](Type type) {
    auto shaped = dyn_cast<ShapedType>(type);
    return shaped && llvm::is_contained(shaped.getShape(), 0);
  });
}

/// The tile of `layer` that is copied and multiplied at once; zero: not tiled.
static SmallVector<int64_t> getTileSizes(const MultiplyAdd &layer,
                                         int64_t cacheBytes) {
  SmallVector<int64_t> sizes(layer.extents.size(), 0);
  for (unsigned dim : layer.batch)
    sizes[dim] = 1;
  int64_t depth = layer.getExtent(layer.depth);
  if (ShapedType::isDynamic(depth))
    depth = 1024;
  int64_t bytes = layer.computeType.getIntOrFloatBitWidth() / 8;
  int64_t limit = std::max<int64_t>(cacheBytes / (depth * bytes), 32);
  if (!layer.lhs.isDirect)
    chooseTileSizes(layer.extents, layer.rows, limit, sizes);
  if (!layer.rhs.isDirect)
    chooseTileSizes(layer.extents, layer.columns, limit, sizes);
  return sizes;
}

/// Replaces `layer` by loops over tiles and returns the layer inside.
static FailureOr<MultiplyAdd> tileLayer(RewriterBase &rewriter,
                                        const MultiplyAdd &layer,
                                        ArrayRef<int64_t> sizes,
                                        unsigned numThreads) {
  if (llvm::all_of(sizes, [](int64_t size) { return size == 0; }))
    return layer;
  linalg::LinalgOp op = layer.op;
  FailureOr<scf::SCFTilingResult> tiled =
      tileForThreads(rewriter, cast<TilingInterface>(op.getOperation()),
                     layer.extents, sizes, numThreads);
  if (failed(tiled))
    return failure();
  rewriter.replaceOp(op, tiled->replacements);
  StringRef reason;
  FailureOr<MultiplyAdd> tile =
      matchMultiplyAdd(cast<linalg::LinalgOp>(tiled->tiledOps.back()), reason);
  assert(succeeded(tile) && tile->batch.empty() &&
         "expected a tile of a layer to be a layer");
  return tile;
}

FailureOr<MultiplyAdd> mlir::tasd::tileMultiplyAdd(RewriterBase &rewriter,
                                                   const MultiplyAdd &layer,
                                                   int64_t cacheBytes,
                                                   unsigned numThreads) {
  return tileLayer(rewriter, layer, getTileSizes(layer, cacheBytes),
                   numThreads);
}

//===----------------------------------------------------------------------===//
// Threads
//===----------------------------------------------------------------------===//

/// Whole vectors are left of a row, and whole tiles of rows, by these.
static constexpr int64_t kColumnGrain = 64, kRowGrain = 8;

/// Adds the loops of a group, of which only the last is contiguous.
static void addLoops(ArrayRef<unsigned> group, int64_t grain,
                     SmallVectorImpl<ThreadLoop> &loops) {
  for (unsigned loop : group)
    loops.push_back({loop, loop == group.back() ? grain : 1});
}

/// The loops to share, the best first: threads that share the loops of an
/// operand that has to be gathered share the gathering too; columns are packed.
static SmallVector<ThreadLoop> getThreadLoops(const MultiplyAdd &layer) {
  SmallVector<ThreadLoop> loops;
  if (!layer.lhs.isDirect)
    addLoops(layer.rows, /*grain=*/1, loops);
  addLoops(layer.columns, layer.rhs.isDirect ? kColumnGrain : 1, loops);
  addLoops(layer.rows, kRowGrain, loops);
  return loops;
}

FailureOr<MultiplyAdd> mlir::tasd::shareMultiplyAdd(RewriterBase &rewriter,
                                                    const MultiplyAdd &layer,
                                                    unsigned numThreads) {
  if (isInThreadTile(layer.op) || !hasSteps(layer.extents, kMinSharedMacs))
    return layer;
  return tileLayer(
      rewriter, layer,
      chooseThreadTiles(layer.extents, getThreadLoops(layer), numThreads),
      numThreads);
}

void mlir::tasd::registerTileInterfaces(DialectRegistry &registry) {
  linalg::registerTilingInterfaceExternalModels(registry);
}
