//===- SeriesOps.cpp - Making, composing and taking terms of series -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/IR/PatternMatch.h"
#include "tasd/Dialect/TASD/IR/BytecodeVersion.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// DecomposeOp
//===----------------------------------------------------------------------===//

/// The first version of the dialect whose `decompose` has a selection.
static constexpr uint64_t kSelectionVersion = 4;

/// The version of the dialect that the bytecode was written by.
static uint64_t getVersion(DialectBytecodeReader &reader) {
  FailureOr<const DialectVersion *> version =
      reader.getDialectVersion<TASDDialect>();
  return succeeded(version)
             ? static_cast<const BytecodeVersion *>(*version)->number
             : 0;
}

LogicalResult DecomposeOp::readProperties(DialectBytecodeReader &reader,
                                          OperationState &state) {
  auto &properties = state.getOrAddProperties<Properties>();
  if (failed(reader.readOptionalAttribute(properties.is_unsigned)))
    return failure();
  return getVersion(reader) < kSelectionVersion
             ? success()
             : reader.readOptionalAttribute(properties.selection);
}

void DecomposeOp::writeProperties(DialectBytecodeWriter &writer) {
  writer.writeOptionalAttribute(getProperties().is_unsigned);
  writer.writeOptionalAttribute(getProperties().selection);
}

LogicalResult DecomposeOp::verify() {
  Type elementType = getResult().getType().getElementType();
  if (getIsUnsigned() && !elementType.isInteger()) // decompose_c2
    return emitOpError(
               "expected an integer element type with `unsigned` but got ")
           << elementType;
  SeriesAttr stored = getSelectedSeries().getStored();
  if (stored != getType().getSeries()) // decompose_c3
    return emitOpError("expected a result that stores ")
           << stored.getText() << " but got "
           << getType().getSeries().getText();
  return success();
}

//===----------------------------------------------------------------------===//
// ComposeOp
//===----------------------------------------------------------------------===//

/// Whether the series keeps every element of every tensor.
static bool keepsEverything(SeriesAttr series) {
  return llvm::any_of(series.getPatterns(), [](PatternAttrInterface pattern) {
    return pattern.getPattern()->keepsEverything();
  });
}

OpFoldResult ComposeOp::fold(FoldAdaptor) {
  // Integers only: on floats -0.0 would survive the folding.
  auto decompose = getSeries().getDefiningOp<DecomposeOp>();
  if (decompose && getType().getElementType().isInteger() &&
      keepsEverything(decompose.getSelectedSeries()))
    return decompose.getInput();
  return {};
}

//===----------------------------------------------------------------------===//
// TermOp
//===----------------------------------------------------------------------===//

LogicalResult
TermOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                         ValueRange operands, DictionaryAttr attributes,
                         OpaqueProperties properties, RegionRange regions,
                         SmallVectorImpl<Type> &types) {
  Adaptor adaptor(operands, attributes, properties, regions);
  // The parser infers before anything is verified.
  auto type = dyn_cast<SeriesType>(adaptor.getSeries().getType());
  if (!type)
    return emitOptionalError(location,
                             "'tasd.term' op expected a series but got ",
                             adaptor.getSeries().getType());
  int64_t index = adaptor.getIndex();
  int64_t count = type.getSeries().size();
  if (index < 0 || index >= count) // term_c1
    return emitOptionalError(location,
                             "'tasd.term' op expected an index below ", count,
                             " but got ", index);
  types.push_back(type.getTermType(index));
  return success();
}

OpFoldResult TermOp::fold(FoldAdaptor) {
  if (getSeries().getType() == getResult().getType())
    return getSeries();
  return {};
}

namespace {
/// term(assemble(...)) is the assembly of that term's components.
struct TermOfAssemble : OpRewritePattern<TermOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TermOp op,
                                PatternRewriter &rewriter) const override {
    auto assemble = op.getSeries().getDefiningOp<AssembleOp>();
    if (!assemble)
      return rewriter.notifyMatchFailure(op, "series is not assembled");
    rewriter.replaceOpWithNewOp<AssembleOp>(
        op, op.getType(), assemble.getTermComponents(op.getIndex()));
    return success();
  }
};

/// term(slice(s)) is the slice of that term: slices cut all terms alike.
struct TermOfSlice : OpRewritePattern<TermOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TermOp op,
                                PatternRewriter &rewriter) const override {
    auto slice = op.getSeries().getDefiningOp<SliceOp>();
    if (!slice)
      return rewriter.notifyMatchFailure(op, "series is not a slice");
    Value term = rewriter.createOrFold<TermOp>(op.getLoc(), slice.getSeries(),
                                               op.getIndex());
    rewriter.replaceOpWithNewOp<SliceOp>(op, term, slice.getMixedOffsets(),
                                         slice.getMixedSizes());
    return success();
  }
};
} // namespace

void TermOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                         MLIRContext *context) {
  patterns.add<TermOfAssemble, TermOfSlice>(context);
}
