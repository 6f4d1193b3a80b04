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

#include "ChannelsFirst.h"
#include "Gather.h"
#include "LaneRowsKernel.h"
#include "PackedKernel.h"
#include "PackedProduct.h"
#include "PanelKernel.h"
#include "ProductTiles.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"
#include "tasd/Conversion/TASDToVector/CPULayoutTarget.h"
#include "tasd/Conversion/VectorKernels/VectorBits.h"
#include "tasd/Pass/Remarks.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDTOVECTOR
#include "tasd/Conversion/TASDToVector/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

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

/// The kernel for the form in which the series is stored.
static Value buildKernel(OpBuilder &builder, const PackedProduct &product,
                         Value dense, Value sums,
                         const ConvertTASDToVectorOptions &options) {
  if (!product.laidOut)
    return buildPackedKernel(builder, product, dense, sums, options.vectorBits);
  if (product.getRowRecords())
    return buildPanelKernel(builder, product, dense, sums, options);
  return buildLaneRowsKernel(builder, product, dense, sums);
}

/// Replaces a contraction that fits as a whole by its kernel, on the gathered
/// operand.
static void replaceByKernel(RewriterBase &rewriter,
                            const PackedProduct &product, Value dense,
                            const ConvertTASDToVectorOptions &options) {
  rewriter.setInsertionPoint(product.op);
  Value sums = gatherInit(rewriter, product, options.vectorBits);
  sums = buildKernel(rewriter, product, dense, sums, options);
  rewriter.replaceOp(
      product.op, scatterResult(rewriter, product, sums, options.vectorBits));
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
  if (auto layout = product->getLaneRows();
      layout && layout.getLanes() * 32 > options.vectorBits) {
    reason = "its layout is for wider vectors";
    return failure();
  }
  remarkProduct(*product);
  composeOther(rewriter, *product);
  if (llvm::is_contained(product->ranges, 0)) { // nothing to add
    rewriter.replaceOp(op, op.getInit());
    return success();
  }
  if (turnChannelsFirst(rewriter, *product, options.vectorBits))
    product = matchPackedProduct(op, reason);
  GatheredProduct tile = gatherTile(rewriter, *product, options);
  replaceByKernel(rewriter, tile.product, tile.dense, options);
  return success();
}

namespace {
struct ConvertTASDToVectorPass
    : mlir::tasd::impl::ConvertTASDToVectorBase<ConvertTASDToVectorPass> {
  using ConvertTASDToVectorBase::ConvertTASDToVectorBase;

  /// Pipelines lay constants out for the kernels of this pass before it runs.
  void getDependentDialects(DialectRegistry &registry) const override {
    ConvertTASDToVectorBase::getDependentDialects(registry);
    registerCPULayoutTargets(registry);
  }

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
      if (failed(lowerContractToVector(
              rewriter, op, {vectorBits, cacheKib, hideSplats, threads},
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
