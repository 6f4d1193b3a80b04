//===- ConvertTASDToLinalg.cpp - Compose series and contract them ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reference. Precondition: packed series. Postcondition: of the dialect
// only tasd.pack and tasd.record are left. The result is the dense op on the
// composed operands.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToLinalg/Passes.h"
#include "tasd/Conversion/TASDToLinalg/TASDToLinalg.h"
#include "tasd/Dialect/TASD/Analysis/TermParts.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDTOLINALG
#include "tasd/Conversion/TASDToLinalg/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Composing
//===----------------------------------------------------------------------===//

/// A tensor of +0 with the shape of the series. The extents of its dynamic
/// dimensions stand in every component, in order (assemble_c2).
static Value createZeros(OpBuilder &builder, Location loc, SeriesType type,
                         Value component) {
  SmallVector<Value> sizes;
  auto componentType = cast<RankedTensorType>(component.getType());
  for (int64_t dim = 0; dim < componentType.getRank(); ++dim)
    if (!type.hasStaticShape() && componentType.isDynamicDim(dim))
      sizes.push_back(tensor::DimOp::create(builder, loc, component, dim));
  Value empty =
      tensor::EmptyOp::create(builder, loc, type.getTensorType(), sizes);
  Value zero = arith::ConstantOp::create(
      builder, loc, builder.getZeroAttr(type.getElementType()));
  return linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
}

/// Whether a slot holds something: a value other than +0 (compared by its bits,
/// so that NaN counts) at a column inside the row.
static Value isOccupied(OpBuilder &builder, Location loc, SeriesType type,
                        Slot slot) {
  Type elementType = type.getElementType();
  Type bitsType = builder.getIntegerType(elementType.getIntOrFloatBitWidth());
  Value bits = slot.value;
  if (bits.getType() != bitsType)
    bits = arith::BitcastOp::create(builder, loc, bitsType, bits);
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(bitsType));
  Value isNonZero =
      arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, bits, zero);
  Value end = arith::ConstantIndexOp::create(
      builder, loc, type.getBlockedShape().getNumColumns());
  Value isInside = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::ult, slot.column, end);
  return arith::AndIOp::create(builder, loc, isNonZero, isInside);
}

/// The indices of an element of the tensor, by its row and its column.
static SmallVector<Value> getIndices(OpBuilder &builder, Location loc,
                                     SeriesType type, ValueRange row,
                                     Value column) {
  SmallVector<Value> indices(type.getRank());
  AffineExpr rest = builder.getAffineDimExpr(0);
  for (int64_t dim : llvm::reverse(type.getAlong())) {
    int64_t extent = std::max<int64_t>(type.getDimSize(dim), 1);
    indices[dim] = affine::AffineApplyOp::create(
        builder, loc, AffineMap::get(1, 0, rest % extent), ValueRange{column});
    rest = rest.floorDiv(extent);
  }
  for (auto [dim, index] : llvm::zip(type.getBlockedShape().getRowDims(), row))
    indices[dim] = index;
  return indices;
}

/// Writes one slot of a row into `dense` where it is occupied.
static Value scatterSlot(OpBuilder &builder, Location loc, SeriesType term,
                         ValueRange row, Slot slot, Value dense) {
  auto guarded = scf::IfOp::create(
      builder, loc, isOccupied(builder, loc, term, slot),
      [&](OpBuilder &b, Location loc) {
        SmallVector<Value> indices = getIndices(b, loc, term, row, slot.column);
        Value inserted =
            tensor::InsertOp::create(b, loc, slot.value, dense, indices);
        scf::YieldOp::create(b, loc, inserted);
      },
      [&](OpBuilder &b, Location loc) { scf::YieldOp::create(b, loc, dense); });
  return guarded.getResult(0);
}

/// Writes the occupied slots of one row of a term into `dense`.
static Value scatterRow(OpBuilder &builder, Location loc, SeriesType term,
                        ValueRange components, ValueRange row, Value dense) {
  PatternAttrInterface pattern = term.getSeries().getPatterns().front();
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  Value end = pattern.buildNumSlots(builder, loc, term, components, row);
  auto slots = scf::ForOp::create(
      builder, loc, zero, end, one, dense,
      [&](OpBuilder &b, Location loc, Value position, ValueRange args) {
        Slot slot = pattern.buildSlot(b, loc, term, components, row, position);
        Value written = scatterSlot(b, loc, term, row, slot, args[0]);
        scf::YieldOp::create(b, loc, written);
      });
  return slots.getResult(0);
}

/// Writes the occupied slots of one term into `dense`.
static Value scatterTerm(OpBuilder &builder, Location loc, SeriesType term,
                         ValueRange components, Value dense) {
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  SmallVector<Value> ends;
  for (int64_t dim : term.getBlockedShape().getRowDims())
    ends.push_back(builder.createOrFold<tensor::DimOp>(loc, dense, dim));
  scf::LoopNest nest = scf::buildLoopNest(
      builder, loc, SmallVector<Value>(ends.size(), zero), ends,
      SmallVector<Value>(ends.size(), one), dense,
      [&](OpBuilder &b, Location loc, ValueRange row,
          ValueRange args) -> scf::ValueVector {
        return {scatterRow(b, loc, term, components, row, args[0])};
      });
  return nest.results.front();
}

/// Replaces a contraction by that of its composed operands.
static linalg::GenericOp contractComposed(RewriterBase &rewriter,
                                          ContractOp op) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  SmallVector<Value> inputs;
  for (Value input : {op.getLhs(), op.getRhs()}) {
    if (auto type = dyn_cast<SeriesType>(input.getType()))
      input =
          ComposeOp::create(rewriter, op.getLoc(), type.getTensorType(), input);
    inputs.push_back(input);
  }
  linalg::GenericOp composed = buildMultiplyAdd(rewriter, op, inputs);
  rewriter.replaceOp(op, composed);
  return composed;
}

namespace {
/// compose(assemble(...)): terms are scattered one after the other; an empty
/// slot may name the place of another term's element and is passed over.
struct ComposeAssembled : OpRewritePattern<ComposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ComposeOp op,
                                PatternRewriter &rewriter) const override {
    auto assemble = op.getSeries().getDefiningOp<AssembleOp>();
    if (!assemble)
      return rewriter.notifyMatchFailure(op, "series is not assembled");
    Location loc = op.getLoc();
    SeriesType type = assemble.getType();
    Value dense = createZeros(rewriter, loc, type, assemble.getComponents()[0]);
    for (int64_t term = 0, e = type.getSeries().size(); term < e; ++term)
      dense = scatterTerm(rewriter, loc, type.getTermType(term),
                          assemble.getTermComponents(term), dense);
    rewriter.replaceOp(op, dense);
    return success();
  }
};

/// compose(slice(s)) is a slice of compose(s).
struct ComposeSlice : OpRewritePattern<ComposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ComposeOp op,
                                PatternRewriter &rewriter) const override {
    auto slice = op.getSeries().getDefiningOp<SliceOp>();
    if (!slice)
      return rewriter.notifyMatchFailure(op, "series is not a slice");
    Value whole = ComposeOp::create(rewriter, op.getLoc(),
                                    slice.getSourceType().getTensorType(),
                                    slice.getSeries());
    SmallVector<OpFoldResult> strides(slice.getSourceType().getRank(),
                                      rewriter.getIndexAttr(1));
    rewriter.replaceOpWithNewOp<tensor::ExtractSliceOp>(
        op, op.getType(), whole, slice.getMixedOffsets(), slice.getMixedSizes(),
        strides);
    return success();
  }
};

/// A contraction of series is that of the composed tensors.
struct ContractComposed : OpRewritePattern<ContractOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ContractOp op,
                                PatternRewriter &rewriter) const override {
    contractComposed(rewriter, op);
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

void mlir::tasd::populateTASDToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<ComposeAssembled, ComposeSlice, ContractComposed>(
      patterns.getContext());
  TermOp::getCanonicalizationPatterns(patterns, patterns.getContext());
}

bool mlir::tasd::isPackedSeries(Value series) {
  Operation *op = series.getDefiningOp();
  return isa_and_present<AssembleOp>(op) ||
         (isa_and_present<TermOp, SliceOp>(op) &&
          isPackedSeries(op->getOperand(0)));
}

/// What composes an input of `op`, and the terms and slices it is of: ops for
/// the patterns to work on.
static SmallVector<Operation *> collectComposed(linalg::GenericOp op) {
  SmallVector<Operation *> ops;
  for (Value input : op.getInputs()) {
    Operation *source = input.getDefiningOp<ComposeOp>();
    while (isa_and_present<ComposeOp, TermOp, SliceOp>(source)) {
      ops.push_back(source);
      source = source->getOperand(0).getDefiningOp();
    }
  }
  return ops;
}

linalg::GenericOp mlir::tasd::lowerContractToLinalg(RewriterBase &rewriter,
                                                    ContractOp op) {
  linalg::GenericOp lowered = contractComposed(rewriter, op);
  RewritePatternSet patterns(rewriter.getContext());
  populateTASDToLinalgPatterns(patterns);
  GreedyRewriteConfig config;
  config.setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
  config.setListener(
      static_cast<RewriterBase::Listener *>(rewriter.getListener()));
  (void)applyOpPatternsGreedily(collectComposed(lowered), std::move(patterns),
                                config);
  return lowered;
}

/// Reports what could not be converted.
static LogicalResult verifyConverted(Operation *root) {
  WalkResult result = root->walk([](Operation *op) {
    if (!isa_and_present<TASDDialect>(op->getDialect()) ||
        isa<PackOp, RecordOp>(op))
      return WalkResult::advance();
    op->emitOpError("expected packed series in straight-line code");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

/// Drops plans without a series, which say how machines run a layer: they are
/// carried out, and belong to ops on tensors.
static void dropDensePlans(Operation *root) {
  root->walk([](linalg::LinalgOp op) {
    auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
    if (plan && plan.isDense())
      op->removeDiscardableAttr(TASDDialect::kPlanAttrName);
  });
}

namespace {
struct ConvertTASDToLinalgPass
    : mlir::tasd::impl::ConvertTASDToLinalgBase<ConvertTASDToLinalgPass> {
  using ConvertTASDToLinalgBase::ConvertTASDToLinalgBase;

  void runOnOperation() override {
    if (failed(verifyPackedTerms(getOperation())))
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    populateTASDToLinalgPatterns(patterns);
    getOperation()->walk([&](ContractOp) { ++numConverted; });
    getOperation()->walk([&](AssembleOp) { ++numSeries; });
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))) ||
        failed(verifyConverted(getOperation())))
      return signalPassFailure();
    dropDensePlans(getOperation());
  }
};
} // namespace
