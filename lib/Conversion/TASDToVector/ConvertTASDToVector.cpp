//===- ConvertTASDToVector.cpp - Packed series as vector code -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: packed series. Postcondition: no contraction of series is left;
// an input that was a second series is composed.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToVector/TASDToVector.h"

#include "Gather.h"
#include "PackedKernel.h"
#include "PackedProduct.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"
#include "tasd/Conversion/VectorKernels/TileSizes.h"
#include "tasd/Conversion/VectorKernels/VectorBits.h"
#include "tasd/Pass/Remarks.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDTOVECTOR
#include "tasd/Conversion/TASDToVector/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// Lanes below this are too few to share the reading of a slot.
static constexpr int64_t kMinTileLanes = 64;

/// Composes the input that does not stay packed, if it is a series.
static void composeOther(RewriterBase &rewriter, PackedProduct &product) {
  OpOperand &other = product.op->getOpOperand(1 - product.packed);
  auto type = dyn_cast<SeriesType>(other.get().getType());
  if (!type)
    return;
  rewriter.setInsertionPoint(product.op);
  Value dense = ComposeOp::create(rewriter, product.op.getLoc(),
                                  type.getTensorType(), other.get());
  rewriter.modifyOpInPlace(product.op, [&] { other.set(dense); });
}

/// Sizes of tiles along the lanes, so that what is gathered at once fits in the
/// cache; all 0 where nothing is tiled.
static SmallVector<int64_t> getTileSizes(const PackedProduct &product,
                                         int64_t cacheBytes) {
  SmallVector<int64_t> sizes(product.ranges.size(), 0);
  if (isDenseInPlace(product))
    return sizes;
  SmallVector<unsigned> deep = getOuterLoops(product);
  llvm::append_range(deep, product.columns);
  int64_t depth = product.getExtent(deep);
  int64_t bytes = product.getComputeType().getIntOrFloatBitWidth() / 8;
  int64_t limit = ShapedType::isDynamic(depth)
                      ? kMinTileLanes
                      : cacheBytes / std::max<int64_t>(depth * bytes, 1);
  chooseTileSizes(product.ranges, product.lanes, std::max(limit, kMinTileLanes),
                  sizes);
  return sizes;
}

/// Replaces the contraction by loops over tiles of its lanes; returns the
/// contraction inside.
static FailureOr<ContractOp> tileLanes(RewriterBase &rewriter,
                                       const PackedProduct &product,
                                       ArrayRef<int64_t> sizes) {
  scf::SCFTilingOptions options;
  options.setTileSizes(getAsIndexOpFoldResult(rewriter.getContext(), sizes));
  rewriter.setInsertionPoint(product.op);
  FailureOr<scf::SCFTilingResult> tiled = scf::tileUsingSCF(
      rewriter, cast<TilingInterface>(product.op.getOperation()), options);
  if (failed(tiled))
    return failure();
  auto tile = cast<ContractOp>(tiled->tiledOps.front());
  // The lanes do not index the series: its slice is all of it.
  rewriter.modifyOpInPlace(tile, [&] {
    tile->setOperand(product.packed, product.series.getResult());
  });
  rewriter.replaceOp(product.op, tiled->replacements);
  return tile;
}

/// Replaces a contraction that fits as a whole by its kernel.
static void buildKernel(RewriterBase &rewriter, const PackedProduct &product,
                        int64_t vectorBits) {
  rewriter.setInsertionPoint(product.op);
  Value dense = gatherDense(rewriter, product);
  Value sums = gatherInit(rewriter, product);
  sums = buildPackedKernel(rewriter, product, dense, sums, vectorBits);
  rewriter.replaceOp(product.op, scatterResult(rewriter, product, sums));
}

static void remarkProduct(const PackedProduct &product) {
  bool composes = isa<SeriesType>(product.getDense().getType());
  remarkPassed(product.op, "convert-tasd-to-vector",
               {{"packed_input", std::to_string(product.packed)},
                {"series", product.getSeriesType().getSeries().getText()},
                {"other_input", composes ? "composed" : "dense"}});
}

LogicalResult
mlir::tasd::lowerContractToVector(RewriterBase &rewriter, ContractOp op,
                                  const ConvertTASDToVectorOptions &options,
                                  StringRef &reason) {
  OpBuilder::InsertionGuard guard(rewriter);
  FailureOr<PackedProduct> product = matchPackedProduct(op, reason);
  if (failed(product))
    return failure();
  remarkProduct(*product);
  composeOther(rewriter, *product);
  if (llvm::is_contained(product->ranges, 0)) { // nothing to add
    rewriter.replaceOp(op, op.getInit());
    return success();
  }
  SmallVector<int64_t> sizes = getTileSizes(*product, options.cacheKib * 1024);
  if (llvm::any_of(sizes, [](int64_t size) { return size != 0; })) {
    FailureOr<ContractOp> tile = tileLanes(rewriter, *product, sizes);
    assert(succeeded(tile) && "expected lanes to be tileable");
    product = matchPackedProduct(*tile, reason);
    assert(succeeded(product) && "expected a tile of a product to be one");
  }
  buildKernel(rewriter, *product, options.vectorBits);
  return success();
}

namespace {
struct ConvertTASDToVectorPass
    : mlir::tasd::impl::ConvertTASDToVectorBase<ConvertTASDToVectorPass> {
  using ConvertTASDToVectorBase::ConvertTASDToVectorBase;

  void runOnOperation() override {
    if (failed(verifyVectorBits(vectorBits, [&] {
          return mlir::emitError(getOperation().getLoc())
                 << "option vector-bits: ";
        })))
      return signalPassFailure();
    SmallVector<ContractOp> contracts;
    getOperation().walk([&](ContractOp op) { contracts.push_back(op); });
    IRRewriter rewriter(&getContext());
    StringRef reason;
    for (ContractOp op : contracts) {
      bool composes = isa<SeriesType>(op.getLhs().getType()) &&
                      isa<SeriesType>(op.getRhs().getType());
      if (failed(lowerContractToVector(rewriter, op, {vectorBits, cacheKib},
                                       reason))) {
        op.emitOpError("expected packed series: ") << reason;
        return signalPassFailure();
      }
      ++numKernels;
      numComposed += composes;
    }
    // Copies that do not depend on the tile leave the loops over tiles.
    getOperation().walk(
        [](LoopLikeOpInterface loop) { moveLoopInvariantCode(loop); });
  }
};
} // namespace
