//===- Interchange.cpp - Loop order of ops left as loops ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reduction whose innermost loop is a reduction dimension cannot be
// vectorised by LLVM without changing the order of additions; with the
// contiguous dimension of the result innermost it can.
//
//===----------------------------------------------------------------------===//

#include "Interchange.h"

#include "mlir/Dialect/Linalg/Transforms/Transforms.h"

using namespace mlir;

/// Successive values of `dim` read successive elements of `operand`.
static bool isContiguousAlong(linalg::LinalgOp op, OpOperand *operand,
                              unsigned dim) {
  AffineMap map = op.getMatchingIndexingMap(operand);
  if (map.getNumResults() == 0)
    return false;
  AffineExpr rest =
      map.getResults().back() - getAffineDimExpr(dim, map.getContext());
  return map.getResults().back().isFunctionOfDim(dim) &&
         !simplifyAffineExpr(rest, map.getNumDims(), 0).isFunctionOfDim(dim);
}

/// The loop dimension of the result's innermost one, if it should be innermost.
static std::optional<unsigned> findInnermost(linalg::LinalgOp op) {
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (map.getNumResults() == 0)
    return std::nullopt;
  auto dim = dyn_cast<AffineDimExpr>(map.getResults().back());
  if (!dim || dim.getPosition() + 1 == op.getNumLoops())
    return std::nullopt;
  bool pays = llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *operand) {
    return isContiguousAlong(op, operand, dim.getPosition());
  });
  return pays ? std::optional(dim.getPosition()) : std::nullopt;
}

LogicalResult mlir::tasd::makeResultInnermost(RewriterBase &rewriter,
                                              linalg::LinalgOp op) {
  if (op.getNumReductionLoops() == 0 || op.getNumDpsInits() != 1)
    return failure();
  std::optional<unsigned> innermost = findInnermost(op);
  if (!innermost)
    return failure();
  rewriter.setInsertionPoint(op);
  auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
  if (!generic) {
    FailureOr<linalg::GenericOp> general =
        linalg::generalizeNamedOp(rewriter, op);
    if (failed(general))
      return failure();
    generic = *general;
  }
  SmallVector<unsigned> order;
  for (unsigned dim = 0; dim < generic.getNumLoops(); ++dim)
    if (dim != *innermost)
      order.push_back(dim);
  order.push_back(*innermost);
  return linalg::interchangeGenericOp(rewriter, generic, order);
}
