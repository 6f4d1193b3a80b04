//===- ChannelsFirst.cpp - Images whose pixels lie side by side -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChannelsFirst.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "tasd/Conversion/VectorKernels/VectorCopies.h"

using namespace mlir;
using namespace mlir::tasd;

/// The dimension in which the last lane steps by one together with a window of
/// more than one step.
static std::optional<unsigned> findWindowDim(const PackedProduct &product) {
  if (product.lanes.empty())
    return std::nullopt;
  unsigned lane = product.lanes.back();
  AffineMap map = product.getMap(1 - product.packed);
  for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
    auto sum = matchIndexSum(expr);
    if (!sum || sum->size() < 2)
      continue;
    bool stepsByOne = llvm::any_of(*sum, [&](const ScaledLoop &term) {
      return term.loop == lane && term.scale == 1;
    });
    bool hasWindow = llvm::any_of(*sum, [&](const ScaledLoop &term) {
      return term.loop != lane && product.ranges[term.loop] > 1;
    });
    if (stepsByOne && hasWindow)
      return dim;
  }
  return std::nullopt;
}

bool mlir::tasd::turnChannelsFirst(RewriterBase &rewriter,
                                   const PackedProduct &product,
                                   int64_t vectorBits) {
  unsigned dense = 1 - product.packed;
  Value image = product.getDense();
  auto type = dyn_cast<RankedTensorType>(image.getType());
  std::optional<unsigned> last = findWindowDim(product);
  if (!type || !type.hasStaticShape() || !last || *last + 1 == type.getRank())
    return false;
  SmallVector<unsigned> order =
      llvm::to_vector(llvm::seq<unsigned>(0, type.getRank()));
  order.erase(order.begin() + *last);
  order.push_back(*last);
  SmallVector<int64_t> shape;
  for (unsigned dim : order)
    shape.push_back(type.getDimSize(dim));
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(product.op);
  Location loc = product.op.getLoc();
  Value target =
      tensor::EmptyOp::create(rewriter, loc, shape, type.getElementType());
  AffineMap to = AffineMap::getPermutationMap(order, rewriter.getContext());
  Value turned = buildVectorCopy(
      rewriter, loc, image, rewriter.getMultiDimIdentityMap(type.getRank()),
      target, to, vectorBits,
      [](OpBuilder &, Location, Value element) { return element; });
  if (!turned) {
    rewriter.eraseOp(target.getDefiningOp());
    return false;
  }
  SmallVector<AffineMap> maps =
      llvm::to_vector(product.op.getContraction().maps);
  maps[dense] = to.compose(maps[dense]);
  rewriter.modifyOpInPlace(product.op, [&] {
    product.op->setOperand(dense, turned);
    product.op.setIndexingMapsAttr(rewriter.getAffineMapArrayAttr(maps));
  });
  return true;
}
