//===- Distribute.cpp - Contractions as chains over single terms ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A*B = A1*B + A2*B: each contraction of a term adds to the result of the one
// before. Postcondition: every tasd.contract has series of one term.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Transforms/Transforms.h"
#include "tasd/Pass/Remarks.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_DISTRIBUTE
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// The terms of an input in order; a dense input is its own only term.
static SmallVector<Value> getTerms(RewriterBase &rewriter, Location loc,
                                   Value input) {
  auto type = dyn_cast<SeriesType>(input.getType());
  if (!type || type.getSeries().size() == 1)
    return {input};
  SmallVector<Value> terms;
  for (int64_t index = 0, e = type.getSeries().size(); index < e; ++index)
    terms.push_back(rewriter.createOrFold<TermOp>(loc, input, index));
  return terms;
}

/// The number of products of terms that a contraction stands for.
static int64_t getNumProducts(ContractOp op) {
  int64_t products = 1;
  for (Value input : {op.getLhs(), op.getRhs()})
    if (auto type = dyn_cast<SeriesType>(input.getType()))
      products *= type.getSeries().size();
  return products;
}

bool mlir::tasd::hasSeveralTerms(ContractOp op) {
  return getNumProducts(op) > 1;
}

SmallVector<ContractOp> mlir::tasd::distributeTerms(RewriterBase &rewriter,
                                                    ContractOp op) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  SmallVector<ContractOp> chain;
  SmallVector<Value> rhsTerms = getTerms(rewriter, op.getLoc(), op.getRhs());
  Value sum = op.getInit();
  for (Value lhs : getTerms(rewriter, op.getLoc(), op.getLhs()))
    for (Value rhs : rhsTerms) {
      auto product = cast<ContractOp>(rewriter.clone(*op));
      product.getLhsMutable().set(lhs);
      product.getRhsMutable().set(rhs);
      product.getInitMutable().set(sum);
      product.removeMappingAndCost();
      sum = product.getResult();
      chain.push_back(product);
    }
  rewriter.replaceOp(op, sum);
  return chain;
}

namespace {
struct DistributePass : mlir::tasd::impl::DistributeBase<DistributePass> {
  using DistributeBase::DistributeBase;

  void runOnOperation() override {
    SmallVector<ContractOp> contracts;
    getOperation()->walk([&](ContractOp op) {
      if (hasSeveralTerms(op))
        contracts.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (ContractOp op : contracts) {
      int64_t numProducts = getNumProducts(op);
      remarkPassed(op, getArgument(),
                   {{"contractions", std::to_string(numProducts)}});
      distributeTerms(rewriter, op);
      ++numDistributed;
      numTerms += numProducts;
    }
  }
};
} // namespace
