//===- LayOut.h - Packed constants as a target wants them -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYOUT_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYOUT_H

#include "mlir/IR/PatternMatch.h"
#include "tasd/Dialect/TASD/IR/LayoutTarget.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::tasd {

/// Lays the packed constants of contractions out for a target, each once for
/// all that want it in the same layout.
class LayoutMaker {
public:
  LayoutMaker(RewriterBase &rewriter, const LayoutTarget &target)
      : rewriter(rewriter), target(target) {}

  /// Lays out those inputs of `op` that the target wants so, with a remark.
  LogicalResult layOutInputs(ContractOp op);

  /// Erases the packed form of what was laid out and is of no other use. To be
  /// called last.
  void eraseDeadSeries();

  int64_t getNumSeries() const { return layouts.size(); }

private:
  FailureOr<AssembleAsOp> get(AssembleOp series, LayoutAttrInterface layout);

  RewriterBase &rewriter;
  const LayoutTarget &target;
  llvm::MapVector<std::pair<AssembleOp, LayoutAttrInterface>, AssembleAsOp>
      layouts;
};

/// Replaces a series in a layout by a decomposition of the constant that it
/// stands for.
LogicalResult decomposeAgain(RewriterBase &rewriter, AssembleAsOp op);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYOUT_H
