//===- ConvertLinalgToBLAS.cpp - Dense layers as products for a BLAS ------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors. Postcondition: each layer that is converted
// is one linalg.generic on matrices for each tile of a batch, which names the
// function of the runtime that computes it.
//
// The op stays linalg until its tensors are buffers: what it means is there for
// every pass between to read, and a host without a library can run it as loops.
//
//===----------------------------------------------------------------------===//

#include "LibraryCall.h"
#include "tasd/Conversion/LinalgToBLAS/Passes.h"
#include "tasd/Conversion/MatrixProducts/Matrices.h"
#include "tasd/Conversion/MatrixProducts/Tiles.h"
#include "tasd/Conversion/VectorKernels/ThreadTiles.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Pass/Remarks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTLINALGTOBLAS
#include "tasd/Conversion/LinalgToBLAS/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// Whether the layer is known to have fewer multiply-adds than that.
static bool hasFewerMacs(const MultiplyAdd &layer, int64_t limit) {
  int64_t macs = 1;
  for (int64_t extent : layer.extents) {
    if (ShapedType::isDynamic(extent))
      return false;
    macs = llvm::SaturatingMultiply<uint64_t>(macs, extent);
  }
  return macs < limit;
}

/// Why no library is called for `layer`; empty if one is.
static StringRef findObstacle(const MultiplyAdd &layer, int64_t minMacs) {
  if (!layer.computeType.isF32() && !layer.computeType.isF64())
    return "expected f32 or f64";
  if (isDepthwise(layer))
    return "a depthwise convolution has no two dimensions of a matrix";
  if (hasEmptyOperand(layer))
    return "there is nothing to add";
  if (hasFewerMacs(layer, minMacs))
    return "a call costs more than it saves";
  return {};
}

/// The map of a matrix of the loops `first` x `second`, or of its transpose.
static AffineMap getMatrixMap(MLIRContext *context, unsigned first,
                              unsigned second, bool isTransposed) {
  if (isTransposed)
    std::swap(first, second);
  return AffineMap::getMultiDimMapWithTargets(3, {first, second}, context);
}

/// C + A B, where each input may be the transpose of its matrix.
static linalg::GenericOp buildProduct(OpBuilder &builder, Location loc,
                                      std::pair<Value, bool> lhs,
                                      std::pair<Value, bool> rhs,
                                      Value accumulator) {
  MLIRContext *context = builder.getContext();
  AffineMap maps[] = {getMatrixMap(context, Row, Depth, lhs.second),
                      getMatrixMap(context, Depth, Column, rhs.second),
                      getMatrixMap(context, Row, Column, false)};
  utils::IteratorType iterators[] = {utils::IteratorType::parallel,
                                     utils::IteratorType::parallel,
                                     utils::IteratorType::reduction};
  auto product = linalg::GenericOp::create(
      builder, loc, accumulator.getType(), ValueRange{lhs.first, rhs.first},
      accumulator, maps, iterators,
      [](OpBuilder &b, Location loc, ValueRange args) {
        Value factor = arith::MulFOp::create(b, loc, args[0], args[1]);
        Value sum = arith::AddFOp::create(b, loc, args[2], factor);
        linalg::YieldOp::create(b, loc, sum);
      });
  product.setLibraryCall(kGemmFunction);
  return product;
}

/// Rows that the library's kernels compute at once. Within such blocks they sum
/// up in an order that depends on the place in the block: cut elsewhere,
/// results would depend on the number of threads.
static constexpr int64_t kRowBlock = 24;

/// Up to so many multiply-adds OpenBLAS takes kernels for small products on
/// processors with AVX-512, which sum up in another order. (Its sources:
/// kernel/x86_64/sgemm_small_kernel_permit_skylakex.c.)
static constexpr int64_t kMaxSmallMacs = 1000000;

/// Whether products of these rows of the whole are summed up as the whole is,
/// which is no small product itself.
static bool isSummedAsWhole(ArrayRef<int64_t> extents, int64_t numRows) {
  SmallVector<int64_t> tile(extents);
  tile[Row] = numRows;
  // Of one row or column the library makes a product with a vector.
  return numRows > 1 && extents[Column] != 1 &&
         hasSteps(tile, kMaxSmallMacs + 1);
}

/// Sizes of tiles of rows in whole blocks, one for each thread, of as many
/// threads as can share the product; empty where they cannot.
static SmallVector<int64_t> chooseRowTiles(ArrayRef<int64_t> extents,
                                           unsigned numThreads) {
  for (unsigned count = numThreads; count > 1; --count) {
    SmallVector<int64_t> sizes =
        chooseThreadTiles(extents, {{Row, kRowBlock}}, count);
    if (!keepsThreadsBusy(extents, sizes, count))
      continue;
    int64_t rest = extents[Row] % sizes[Row];
    if (isSummedAsWhole(extents, rest ? rest : sizes[Row]))
      return sizes;
  }
  return {};
}

/// Lets threads share the rows of a product. Returns what stands for its
/// result.
static Value shareRows(RewriterBase &rewriter, linalg::GenericOp product,
                       unsigned numThreads) {
  SmallVector<int64_t> extents = product.getStaticLoopRanges();
  if (isInThreadTile(product))
    return product.getResult(0);
  SmallVector<int64_t> sizes = chooseRowTiles(extents, numThreads);
  if (sizes.empty())
    return product.getResult(0);
  unsigned numTiles = llvm::divideCeil(extents[Row], sizes[Row]);
  auto tiled =
      tileForThreads(rewriter, cast<TilingInterface>(product.getOperation()),
                     extents, sizes, numTiles);
  assert(succeeded(tiled) && "expected rows to be tileable");
  rewriter.replaceOp(product, tiled->replacements);
  return tiled->replacements.front();
}

namespace {

struct ConvertLinalgToBLASPass
    : mlir::tasd::impl::ConvertLinalgToBLASBase<ConvertLinalgToBLASPass> {
  using ConvertLinalgToBLASBase::ConvertLinalgToBLASBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    ConvertLinalgToBLASBase::getDependentDialects(registry);
    registerTileInterfaces(registry);
  }

  void runOnOperation() override {
    if (!TASD_HAS_BLAS) {
      getOperation().emitError("expected a build with a BLAS for dense layers "
                               "but OpenBLAS was not found");
      return signalPassFailure();
    }
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (linalg::LinalgOp op : ops)
      rewrite(rewriter, op);
    // Copies that do not depend on the tile leave the loops over tiles.
    getOperation().walk(
        [](LoopLikeOpInterface loop) { moveLoopInvariantCode(loop); });
  }

private:
  void rewrite(RewriterBase &rewriter, linalg::LinalgOp op) {
    StringRef reason;
    FailureOr<MultiplyAdd> layer = matchMultiplyAdd(op, reason);
    if (succeeded(layer))
      reason = findObstacle(*layer, minMacs);
    if (!reason.empty())
      return leave(op, reason);
    layer =
        tileMultiplyAdd(rewriter, *layer, int64_t(cacheKib) * 1024, threads);
    if (succeeded(layer))
      convert(rewriter, *layer);
  }

  void leave(linalg::LinalgOp op, StringRef reason) {
    if (!Layer::match(op))
      return;
    ++numLeft;
    remarkMissed(op, getArgument(), reason);
  }

  void convert(RewriterBase &rewriter, const MultiplyAdd &layer) {
    rewriter.setInsertionPoint(layer.op);
    auto lhs =
        getEitherMatrix(rewriter, layer, layer.lhs, layer.rows, layer.depth);
    auto rhs =
        getEitherMatrix(rewriter, layer, layer.rhs, layer.depth, layer.columns);
    linalg::LinalgOp op = layer.op;
    linalg::GenericOp product = buildProduct(rewriter, op.getLoc(), lhs, rhs,
                                             getAccumulator(rewriter, layer));
    Value matrix = shareRows(rewriter, product, threads);
    ++numProducts;
    remarkPassed(op, getArgument(), {{"function", kGemmFunction.str()}});
    rewriter.replaceOp(op, getResult(rewriter, layer, matrix));
  }
};

} // namespace
