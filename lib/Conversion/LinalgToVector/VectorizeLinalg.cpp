//===- VectorizeLinalg.cpp - Tile and vectorise the layers ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors. Postcondition: no contraction and no
// convolution with a multiply-add body is left, save depthwise convolutions.
//
// Upstream's linalg::vectorize is not used for the kernels: it needs static
// tiles, hence peeled loops and one kernel for every combination of edges, or
// masks on every operand of every step. One kernel that repeats the last row
// serves every shape, static or not, in a few dozen ops.
//
//===----------------------------------------------------------------------===//

#include "Interchange.h"
#include "Matrices.h"
#include "MicroKernel.h"
#include "MultiplyAdd.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Conversion/VectorKernels/TileSizes.h"
#include "tasd/Conversion/VectorKernels/VectorBits.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Pass/Remarks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/Transforms/TilingInterfaceImpl.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
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
// Tiles
//===----------------------------------------------------------------------===//

/// The tile of `layer` that is copied and multiplied at once; zero: not tiled.
static SmallVector<int64_t> chooseTileSizes(const MultiplyAdd &layer,
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

//===----------------------------------------------------------------------===//
// The choice of kernel
//===----------------------------------------------------------------------===//

/// A depthwise convolution has no two dimensions to make a matrix of.
static bool isDepthwise(const MultiplyAdd &layer) {
  FailureOr<linalg::ConvolutionDimensions> dims =
      linalg::inferConvolutionDims(layer.op);
  return succeeded(dims) && !dims->depth.empty() &&
         dims->inputChannel.empty() &&
         (layer.rows.empty() || layer.columns.empty());
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
        getEither(builder, layer.lhs, layer.rows, layer.depth);
    return buildColumnKernel(builder, loc(), lhs, isLhsTransposed,
                             getColumnRhs(builder, tile),
                             getAccumulator(builder, layer), tile);
  }

private:
  Location loc() const { return layer.op->getLoc(); }

  /// `input` as `first` x `second`, or transposed if only so it needs no copy.
  std::pair<Value, bool> getEither(OpBuilder &builder,
                                   const MultiplyAddInput &input,
                                   ArrayRef<unsigned> first,
                                   ArrayRef<unsigned> second) const {
    if (!isMatrix(layer, input, first, second) &&
        isMatrix(layer, input, second, first))
      return {getMatrix(builder, layer, input, second, first), true};
    return {getMatrix(builder, layer, input, first, second), false};
  }

  /// B in panels or as it is.
  Value getColumnRhs(OpBuilder &builder, KernelTile tile) const {
    if (!paysToPack(tile))
      return getMatrix(builder, layer, layer.rhs, layer.depth, layer.columns);
    auto [rhs, isTransposed] =
        getEither(builder, layer.rhs, layer.depth, layer.columns);
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

/// Of operands with the same extent one may know that it is 0, and others not.
bool hasEmptyOperand(linalg::LinalgOp op) {
  return llvm::any_of(op->getOperandTypes(), [](Type type) {
    auto shaped = dyn_cast<ShapedType>(type);
    return shaped && llvm::is_contained(shaped.getShape(), 0);
  });
}

struct VectorizeLinalg
    : mlir::tasd::impl::VectorizeLinalgBase<VectorizeLinalg> {
  using VectorizeLinalgBase::VectorizeLinalgBase;

  /// Tiling asks linalg's ops for an interface that is not linalg's own.
  void getDependentDialects(DialectRegistry &registry) const override {
    VectorizeLinalgBase::getDependentDialects(registry);
    linalg::registerTilingInterfaceExternalModels(registry);
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
    StringRef reason;
    FailureOr<MultiplyAdd> layer = matchMultiplyAdd(op, reason);
    if (succeeded(layer))
      reason = findObstacle(*layer);
    if (!reason.empty())
      return leave(rewriter, op, reason);
    if (hasEmptyOperand(op)) // Nothing to add.
      return rewriter.replaceOp(op, layer->init);
    SmallVector<int64_t> sizes = chooseTileSizes(*layer, cacheKib * 1024);
    if (llvm::any_of(sizes, [](int64_t size) { return size != 0; })) {
      FailureOr<linalg::LinalgOp> tile = tileLayer(rewriter, op, sizes);
      if (failed(tile))
        return;
      layer = matchMultiplyAdd(*tile, reason);
      assert(succeeded(layer) && layer->batch.empty() &&
             "expected a tile of a layer to be a layer");
    }
    buildKernel(rewriter, *layer);
  }

  void leave(RewriterBase &rewriter, linalg::LinalgOp op, StringRef reason) {
    if (Layer::match(op)) {
      ++numLeft;
      remarkMissed(op, getArgument(), reason);
    }
    numInterchanged += succeeded(makeResultInnermost(rewriter, op));
  }

  void buildKernel(RewriterBase &rewriter, const MultiplyAdd &layer) {
    rewriter.setInsertionPoint(layer.op);
    KernelChooser chooser(layer, vectorBits);
    bool usesDepth = chooser.prefersDepthKernel();
    Value matrix = usesDepth ? chooser.buildDepth(rewriter)
                             : chooser.buildColumn(rewriter);
    ++(usesDepth ? numDepthKernels : numColumnKernels);
    remarkPassed(layer.op, getArgument(),
                 {{"lanes", usesDepth ? "reduction" : "columns"}});
    rewriter.replaceOp(layer.op, getResult(rewriter, layer, matrix));
  }
};

} // namespace
