//===- TermParts.cpp - Constant terms part by part ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/TermParts.h"

#include "tasd/Dialect/TASD/Analysis/ConstantBytes.h"

#include <numeric>

using namespace mlir;
using namespace mlir::tasd;

/// The components of term `index`, of known sizes.
static SmallVector<Value> getTermComponents(AssembleOp series, int64_t index) {
  SmallVector<int64_t> counts = series.getType().getNumComponents();
  auto begin = counts.begin();
  SmallVector<Value> components = series.getSizedComponents();
  return llvm::to_vector(
      ArrayRef(components)
          .slice(std::accumulate(begin, begin + index, int64_t(0)),
                 counts[index]));
}

static sparsity::PatternRef getPattern(SeriesType term) {
  return term.getSeries().getPatterns().front().getPattern();
}

/// What is wrong with the bytes of a term.
static llvm::Error verifyBytes(SeriesType term, const ConstantBytes &bytes) {
  auto type = getSparsityElementType(term.getElementType(), false);
  return getPattern(term)->verifyPacked(term.getBlockedShape(), *type,
                                        bytes.getComponents());
}

LogicalResult mlir::tasd::verifyPackedTerms(Operation *root) {
  WalkResult result = root->walk([](AssembleOp series) {
    for (int64_t i = 0, e = series.getType().getSeries().size(); i < e; ++i) {
      SeriesType term = series.getType().getTermType(i);
      ConstantBytes bytes;
      if (term.getSeries().hasFixedSize() || !term.hasStaticShape() ||
          failed(bytes.read(getTermComponents(series, i))))
        continue;
      if (llvm::Error error = verifyBytes(term, bytes)) {
        series.emitOpError("term ")
            << i << ": " << llvm::toString(std::move(error));
        return WalkResult::interrupt();
      }
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

std::vector<sparsity::PackedPart> mlir::tasd::getTermParts(AssembleOp series,
                                                           int64_t index) {
  SeriesType term = series.getType().getTermType(index);
  ConstantBytes bytes;
  if (!term.hasStaticShape() ||
      failed(bytes.read(getTermComponents(series, index))))
    return {};
  if (llvm::Error error = verifyBytes(term, bytes)) {
    llvm::consumeError(std::move(error));
    return {};
  }
  return getPattern(term)->getParts(term.getBlockedShape(),
                                    bytes.getComponents());
}
