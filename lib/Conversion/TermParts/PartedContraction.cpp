//===- PartedContraction.cpp - A contraction of a term with parts ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TermParts/PartedContraction.h"

#include "tasd/Dialect/TASD/Analysis/TermParts.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Terms with parts
//===----------------------------------------------------------------------===//

static bool hasParts(AssembleOp series, int64_t index) {
  return !getTermParts(series, index).empty();
}

std::optional<unsigned> mlir::tasd::findPartedInput(ContractOp op) {
  for (unsigned input : {Contraction::Lhs, Contraction::Rhs}) {
    auto series = op->getOperand(input).getDefiningOp<AssembleOp>();
    if (!series)
      continue;
    for (int64_t i = 0, e = series.getType().getSeries().size(); i < e; ++i)
      if (hasParts(series, i))
        return input;
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Terms apart
//===----------------------------------------------------------------------===//

/// Terms [begin, end) of a series as one of their own.
static AssembleOp sliceTerms(OpBuilder &builder, AssembleOp series,
                             int64_t begin, int64_t end) {
  SeriesType type = series.getType();
  auto patterns =
      SeriesAttr::get(type.getContext(),
                      type.getSeries().getPatterns().slice(begin, end - begin));
  SmallVector<Value> components;
  for (int64_t i = begin; i < end; ++i)
    llvm::append_range(components, series.getTermComponents(i));
  auto sliced =
      SeriesType::get(type.getTensorType(), patterns, type.getAlong());
  return AssembleOp::create(builder, series.getLoc(), sliced, components);
}

/// Where the terms of a series are cut: each term with parts stands alone.
static SmallVector<int64_t> getCuts(AssembleOp series) {
  SmallVector<int64_t> cuts = {0};
  bool wasAlone = false;
  for (int64_t i = 0, e = series.getType().getSeries().size(); i < e; ++i) {
    bool isAlone = hasParts(series, i);
    if (i != 0 && (isAlone || wasAlone))
      cuts.push_back(i);
    wasAlone = isAlone;
  }
  cuts.push_back(series.getType().getSeries().size());
  return cuts;
}

SmallVector<ContractOp> mlir::tasd::separateParts(RewriterBase &rewriter,
                                                  ContractOp op,
                                                  unsigned packed) {
  auto series = op->getOperand(packed).getDefiningOp<AssembleOp>();
  SmallVector<int64_t> cuts = getCuts(series);
  if (cuts.size() == 2)
    return {op};
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  SmallVector<ContractOp> chain;
  Value sum = op.getInit();
  for (auto [begin, end] : llvm::zip(cuts, ArrayRef(cuts).drop_front())) {
    Value terms = sliceTerms(rewriter, series, begin, end);
    auto product = cast<ContractOp>(rewriter.clone(*op));
    product->setOperand(packed, terms);
    product.getInitMutable().set(sum);
    product.removeMappingAndCost();
    sum = product.getResult();
    chain.push_back(product);
  }
  rewriter.replaceOp(op, sum);
  return chain;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

SmallVector<ScaledLoop, 2> mlir::tasd::getIndexSum(AffineExpr expr) {
  return *matchIndexSum(expr);
}

/// Puts every loop into its group; says what stands in the way.
static StringRef groupLoops(PartedContraction &product) {
  ContractOp op = product.op;
  SeriesType type = product.series.getType();
  Contraction contraction = op.getContraction();
  AffineMap map = op.getMap(product.packed);
  for (int64_t dim : type.getAlong())
    product.columns.push_back(*matchLoop(map.getResult(dim)));
  for (int64_t dim : type.getBlockedShape().getRowDims()) {
    std::optional<unsigned> loop = matchLoop(map.getResult(dim));
    if (!loop || !contraction.isParallel(*loop) ||
        llvm::is_contained(product.rows, *loop))
      return "expected each row of the term to belong to one of the result";
    product.rows.push_back(*loop);
  }
  for (AffineExpr expr : product.getInitMap().getResults())
    if (unsigned loop = *matchLoop(expr); !map.isFunctionOfDim(loop))
      product.lanes.push_back(loop);
  return {};
}

/// Whether parts read a rectangle of the dense input: one lane at most in each
/// index, and every lane in one.
static bool readsRectangles(const PartedContraction &product) {
  SmallVector<unsigned> found;
  for (AffineExpr expr : product.getDenseMap().getResults()) {
    unsigned numLanes = 0;
    for (ScaledLoop part : getIndexSum(expr))
      if (llvm::is_contained(product.lanes, part.loop)) {
        found.push_back(part.loop);
        ++numLanes;
      }
    if (numLanes > 1)
      return false;
  }
  llvm::sort(found);
  SmallVector<unsigned> lanes = product.lanes;
  llvm::sort(lanes);
  return found == lanes;
}

SmallVector<SmallVector<int32_t>>
mlir::tasd::splitIndices(SeriesType type, ArrayRef<int64_t> dims,
                         ArrayRef<int64_t> flattened) {
  SmallVector<SmallVector<int32_t>> indices(dims.size());
  for (int64_t rest : flattened)
    for (auto [dim, into] : llvm::reverse(llvm::zip_equal(dims, indices))) {
      into.push_back(static_cast<int32_t>(rest % type.getDimSize(dim)));
      rest /= type.getDimSize(dim);
    }
  return indices;
}

/// Whether the rows of each part read the same of the dense input, as those of
/// one group or batch do.
static bool sharesDenseInput(const PartedContraction &product) {
  SeriesType type = product.series.getType();
  auto dims = type.getBlockedShape().getRowDims();
  return llvm::all_of(product.parts, [&](const sparsity::PackedPart &part) {
    auto indices = splitIndices(type, dims, part.rows);
    return llvm::all_of(
        llvm::zip_equal(product.rows, indices), [&](const auto &pair) {
          return !product.getDenseMap().isFunctionOfDim(std::get<0>(pair)) ||
                 llvm::all_equal(std::get<1>(pair));
        });
  });
}

FailureOr<PartedContraction>
mlir::tasd::matchPartedContraction(ContractOp op, unsigned packed,
                                   StringRef &reason) {
  PartedContraction product;
  product.op = op;
  product.packed = packed;
  product.series = op->getOperand(packed).getDefiningOp<AssembleOp>();
  if (product.series.getType().getSeries().size() == 1)
    product.parts = getTermParts(product.series, 0);
  reason = groupLoops(product);
  if (product.parts.empty())
    reason = "expected a term that has parts";
  else if (llvm::is_contained(op.getContraction().getStaticRanges(), 0))
    reason = "expected extents above 0";
  else if (reason.empty() && !readsRectangles(product))
    reason = "expected each loop that does not index the term to have a "
             "dimension of the other input";
  else if (reason.empty() && !sharesDenseInput(product))
    reason = "expected the rows of a part to belong to one batch";
  if (!reason.empty())
    return failure();
  return product;
}
