//===- Relocation.cpp - Ops that move elements and change none ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/Relocation.h"

#include "ElementCast.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace mlir::tasd;

std::optional<Relocation> mlir::tasd::matchRelocation(Operation *op) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  if (!linalgOp || linalgOp.getNumDpsInputs() != 1 ||
      linalgOp.getNumDpsInits() != 1 || linalgOp.getNumReductionLoops() != 0 ||
      linalgOp.getNumParallelLoops() != linalgOp.getNumLoops())
    return std::nullopt;
  OpOperand *input = linalgOp.getDpsInputOperand(0);
  Relocation relocation{
      input->get(), linalgOp.getMatchingIndexingMap(input),
      linalgOp.getMatchingIndexingMap(linalgOp.getDpsInitOperand(0))};
  Value yielded = linalgOp.getBlock()->getTerminator()->getOperand(0);
  if (Operation *cast = yielded.getDefiningOp(); cast && isElementCast(cast)) {
    relocation.cast = cast;
    yielded = cast->getOperand(0);
  }
  if (yielded != linalgOp.getBlock()->getArgument(0) ||
      !relocation.inputMap.isProjectedPermutation() ||
      !relocation.outputMap.isPermutation())
    return std::nullopt;
  return relocation;
}
