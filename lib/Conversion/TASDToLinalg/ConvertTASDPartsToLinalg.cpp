//===- ConvertTASDPartsToLinalg.cpp - Contractions of parts ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: packed series. Postcondition: no contraction is left of a
// constant term that has parts, save those whose loops stand in the way.
//
// Paper: "Accelerating Sparse DNN Models without Hardware-Support via Tile-Wise
// Sparsity" (Guo et al., SC 2020), which executes its tiles so.
//
//===----------------------------------------------------------------------===//

#include "PartProduct.h"
#include "tasd/Conversion/TASDToLinalg/Passes.h"
#include "tasd/Conversion/TermParts/PartedContraction.h"
#include "tasd/Dialect/TASD/Analysis/TermParts.h"
#include "tasd/Pass/Remarks.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDPARTSTOLINALG
#include "tasd/Conversion/TASDToLinalg/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

namespace {
struct ConvertTASDPartsToLinalgPass
    : mlir::tasd::impl::ConvertTASDPartsToLinalgBase<
          ConvertTASDPartsToLinalgPass> {
  using ConvertTASDPartsToLinalgBase::ConvertTASDPartsToLinalgBase;

  void runOnOperation() override {
    if (failed(verifyPackedTerms(getOperation())))
      return signalPassFailure();
    SmallVector<ContractOp> contracts;
    getOperation().walk([&](ContractOp op) { contracts.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (ContractOp op : contracts)
      if (std::optional<unsigned> packed = findPartedInput(op))
        for (ContractOp term : separateParts(rewriter, op, *packed))
          convert(rewriter, term, *packed);
  }

private:
  void convert(RewriterBase &rewriter, ContractOp op, unsigned packed) {
    StringRef reason;
    FailureOr<PartedContraction> product =
        matchPartedContraction(op, packed, reason);
    if (failed(product))
      return remarkMissed(op, getArgument(), reason);
    if (static_cast<int64_t>(product->parts.size()) > maxParts)
      return remarkMissed(op, getArgument(),
                          "it has " + std::to_string(product->parts.size()) +
                              " parts, more than `max-parts`");
    remarkPassed(op, getArgument(),
                 {{"series", product->series.getType().getSeries().getText()},
                  {"parts", std::to_string(product->parts.size())}});
    ++numConverted;
    numParts += product->parts.size();
    rewriter.setInsertionPoint(op);
    rewriter.replaceOp(op, buildPartProducts(rewriter, *product));
  }
};
} // namespace
