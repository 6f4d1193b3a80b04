//===- Tiles.cpp - Tiles of layers that are single products ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/MatrixProducts/Tiles.h"

#include "tasd/Conversion/VectorKernels/TileSizes.h"

#include "mlir/Dialect/Linalg/Transforms/TilingInterfaceImpl.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"

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

/// Replaces `op` by loops over tiles and returns the op inside.
static FailureOr<linalg::LinalgOp> tileLayer(RewriterBase &rewriter,
                                             linalg::LinalgOp op,
                                             ArrayRef<int64_t> sizes) {
  scf::SCFTilingOptions options;
  options.setTileSizes(getAsIndexOpFoldResult(op.getContext(), sizes));
  rewriter.setInsertionPoint(op);
  FailureOr<scf::SCFTilingResult> tiled = scf::tileUsingSCF(
      rewriter, cast<TilingInterface>(op.getOperation()), options);
  if (failed(tiled))
    return failure();
  rewriter.replaceOp(op, tiled->replacements);
  return cast<linalg::LinalgOp>(tiled->tiledOps.back());
}

FailureOr<MultiplyAdd> mlir::tasd::tileMultiplyAdd(RewriterBase &rewriter,
                                                   const MultiplyAdd &layer,
                                                   int64_t cacheBytes) {
  SmallVector<int64_t> sizes = getTileSizes(layer, cacheBytes);
  if (llvm::all_of(sizes, [](int64_t size) { return size == 0; }))
    return layer;
  FailureOr<linalg::LinalgOp> op = tileLayer(rewriter, layer.op, sizes);
  if (failed(op))
    return failure();
  StringRef reason;
  FailureOr<MultiplyAdd> tile = matchMultiplyAdd(*op, reason);
  assert(succeeded(tile) && tile->batch.empty() &&
         "expected a tile of a layer to be a layer");
  return tile;
}

void mlir::tasd::registerTileInterfaces(DialectRegistry &registry) {
  linalg::registerTilingInterfaceExternalModels(registry);
}
