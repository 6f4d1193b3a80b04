//===- VectorizeLinalg.cpp - Tile and vectorise the layers ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors. Postcondition: no contraction and no
// convolution with a multiply-add body is left, save depthwise convolutions and
// ops that name a function of a library.
//
// Upstream's linalg::vectorize is not used for the kernels: it needs static
// tiles, hence peeled loops and one kernel for every combination of edges, or
// masks on every operand of every step. One kernel that repeats the last row
// serves every shape, static or not, in a few dozen ops.
//
//===----------------------------------------------------------------------===//

#include "Interchange.h"
#include "MicroKernel.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Conversion/MatrixProducts/Matrices.h"
#include "tasd/Conversion/MatrixProducts/Tiles.h"
#include "tasd/Conversion/VectorKernels/VectorBits.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Pass/Remarks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

#define DEBUG_TYPE "tasd-vectorize-linalg"

namespace mlir::tasd {
#define GEN_PASS_DEF_VECTORIZELINALG
#include "tasd/Conversion/LinalgToVector/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// The choice of kernel
//===----------------------------------------------------------------------===//

/// Whether a function of a library is called for `op`.
static bool namesLibraryFunction(linalg::LinalgOp op) {
  auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
  return generic && generic.getLibraryCall();
}

static bool isComputable(Type type) {
  return type.isF32() || type.isF64() ||
         (type.isSignlessInteger() && type.getIntOrFloatBitWidth() >= 8 &&
          type.getIntOrFloatBitWidth() <= 64);
}

/// Why no kernel is for `layer`; empty if one is.
static StringRef findObstacle(const MultiplyAdd &layer) {
  if (isDepthwise(layer))
    return "a depthwise convolution has no two dimensions of a matrix";
  if (!isComputable(layer.computeType))
    return "expected floats, or integers of 8 to 64 bits";
  return {};
}

static bool isAtMost(int64_t extent, int64_t limit) {
  return ShapedType::isStatic(extent) && extent <= limit;
}

/// `extent` in equal parts of at most `limit`.
static int64_t balance(int64_t extent, int64_t limit) {
  return llvm::divideCeil(extent, llvm::divideCeil(extent, limit));
}

namespace {

/// Turns one layer without batch dimensions into a kernel.
class KernelChooser {
public:
  KernelChooser(const MultiplyAdd &layer, int64_t vectorBits)
      : layer(layer), numRows(layer.getExtent(layer.rows)),
        numColumns(layer.getExtent(layer.columns)),
        numDepth(layer.getExtent(layer.depth)),
        lanes(vectorBits / layer.computeType.getIntOrFloatBitWidth()),
        numAccumulators(vectorBits >= 512 ? 24 : 12) {}

  /// The depth kernel needs no copies where both operands have the depth
  /// contiguous, but a sum over lanes for every element of the result.
  bool prefersDepthKernel() const {
    if (isAtMost(numDepth, 2 * lanes - 1))
      return false;
    bool isLhsReady = isMatrix(layer, layer.lhs, layer.rows, layer.depth);
    bool isRhsReady = isMatrix(layer, layer.rhs, layer.columns, layer.depth);
    bool isRhsPlain = !layer.columns.empty() &&
                      isMatrix(layer, layer.rhs, layer.depth, layer.columns);
    bool isFewRows = !ShapedType::isStatic(numRows) ||
                     numRows <= (isAtMost(numDepth, 255) ? 32 : 128);
    return (isRhsReady && isFewRows && !isRhsPlain) ||
           (isLhsReady && isAtMost(numColumns, 4) && !layer.rows.empty());
  }

  Value buildDepth(OpBuilder &builder) const {
    KernelTile tile;
    tile.lanes = lanes;
    tile.rows = ShapedType::isStatic(numRows) ? balance(numRows, 4) : 2;
    tile.columns = std::min<int64_t>(numAccumulators / tile.rows, 8);
    if (ShapedType::isStatic(numColumns))
      tile.columns = balance(numColumns, tile.columns);
    Value lhs = getMatrix(builder, layer, layer.lhs, layer.rows, layer.depth);
    Value rhs =
        getMatrix(builder, layer, layer.rhs, layer.columns, layer.depth);
    return buildDepthKernel(builder, loc(), lhs, rhs,
                            getAccumulator(builder, layer), tile);
  }

  Value buildColumn(OpBuilder &builder) const {
    KernelTile tile = chooseColumnTile();
    auto [lhs, isLhsTransposed] =
        getEitherMatrix(builder, layer, layer.lhs, layer.rows, layer.depth);
    return buildColumnKernel(builder, loc(), lhs, isLhsTransposed,
                             getColumnRhs(builder, tile),
                             getAccumulator(builder, layer), tile);
  }

private:
  Location loc() const { return layer.op->getLoc(); }

  /// B in panels or as it is.
  Value getColumnRhs(OpBuilder &builder, KernelTile tile) const {
    if (!paysToPack(tile))
      return getMatrix(builder, layer, layer.rhs, layer.depth, layer.columns);
    auto [rhs, isTransposed] =
        getEitherMatrix(builder, layer, layer.rhs, layer.depth, layer.columns);
    return packPanels(builder, loc(), rhs, isTransposed,
                      tile.columns * tile.lanes);
  }

  /// As many accumulators as registers allow. With an unknown number of rows,
  /// which may be one, few rows are repeated at the edge.
  KernelTile chooseColumnTile() const {
    KernelTile tile;
    tile.lanes = lanes;
    tile.columns = 2;
    if (ShapedType::isDynamic(numRows) || numRows <= 4)
      tile.columns = numAccumulators / 4;
    if (ShapedType::isStatic(numColumns))
      tile.columns = std::clamp<int64_t>(llvm::divideCeil(numColumns, lanes), 1,
                                         tile.columns);
    int64_t maxRows = std::min<int64_t>(numAccumulators / tile.columns, 12);
    tile.rows = ShapedType::isStatic(numRows) ? balance(numRows, maxRows)
                                              : std::min<int64_t>(maxRows, 4);
    return tile;
  }

  /// A panel is read once for every tile of rows: contiguous, it stays in cache
  /// whatever the distance between rows of B.
  bool paysToPack(KernelTile tile) const {
    return ShapedType::isStatic(numRows) && numRows >= 4 * tile.rows &&
           !isAtMost(numColumns, tile.columns * tile.lanes) &&
           layer.rhs.isDirect;
  }

  const MultiplyAdd &layer;
  int64_t numRows, numColumns, numDepth, lanes, numAccumulators;
};

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

struct VectorizeLinalg
    : mlir::tasd::impl::VectorizeLinalgBase<VectorizeLinalg> {
  using VectorizeLinalgBase::VectorizeLinalgBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    VectorizeLinalgBase::getDependentDialects(registry);
    registerTileInterfaces(registry);
  }

  void runOnOperation() override {
    if (failed(verifyVectorBits(vectorBits, [&] {
          return mlir::emitError(getOperation().getLoc())
                 << "option vector-bits: ";
        })))
      return signalPassFailure();
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
    if (namesLibraryFunction(op))
      return;
    StringRef reason;
    FailureOr<MultiplyAdd> layer = matchMultiplyAdd(op, reason);
    if (succeeded(layer))
      reason = findObstacle(*layer);
    if (!reason.empty())
      return leave(rewriter, op, reason);
    if (hasEmptyOperand(*layer)) // Nothing to add.
      return rewriter.replaceOp(op, layer->init);
    layer = tileMultiplyAdd(rewriter, *layer, cacheKib * 1024, threads);
    if (succeeded(layer))
      buildShared(rewriter, *layer);
  }

  void leave(RewriterBase &rewriter, linalg::LinalgOp op, StringRef reason) {
    if (Layer::match(op)) {
      ++numLeft;
      remarkMissed(op, getArgument(), reason);
    }
    numInterchanged += succeeded(makeResultInnermost(rewriter, op));
  }

  /// The kernels differ in the order of additions: which one it is must not
  /// depend on the number of threads.
  void buildShared(RewriterBase &rewriter, const MultiplyAdd &layer) {
    bool usesDepth = KernelChooser(layer, vectorBits).prefersDepthKernel();
    FailureOr<MultiplyAdd> tile = shareMultiplyAdd(rewriter, layer, threads);
    if (succeeded(tile))
      buildKernel(rewriter, *tile, usesDepth);
  }

  void buildKernel(RewriterBase &rewriter, const MultiplyAdd &layer,
                   bool usesDepth) {
    rewriter.setInsertionPoint(layer.op);
    KernelChooser chooser(layer, vectorBits);
    Value matrix = usesDepth ? chooser.buildDepth(rewriter)
                             : chooser.buildColumn(rewriter);
    ++(usesDepth ? numDepthKernels : numColumnKernels);
    remarkPassed(layer.op, getArgument(),
                 {{"lanes", usesDepth ? "reduction" : "columns"}});
    rewriter.replaceOp(layer.op, getResult(rewriter, layer, matrix));
  }
};

} // namespace
