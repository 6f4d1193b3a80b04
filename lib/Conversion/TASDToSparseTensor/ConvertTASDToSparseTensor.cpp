//===- ConvertTASDToSparseTensor.cpp - Packed N:M terms as sparse tensors -===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: packed series, contractions of single terms. Postcondition:
// contractions that sparse_tensor can say are linalg ops on sparse tensors; all
// others are left, with a remark.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToSparseTensor/Passes.h"

#include "Coordinates.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SparseTensor/IR/SparseTensor.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "tasd/Conversion/TASDToSparseTensor/SparseTensorTypes.h"
#include "tasd/Dialect/TASD/IR/MultiplyAdd.h"
#include "tasd/Pass/Remarks.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTTASDTOSPARSETENSOR
#include "tasd/Conversion/TASDToSparseTensor/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// What can be converted
//===----------------------------------------------------------------------===//

/// The input that is a series; the first if both are.
static unsigned getSeriesInput(ContractOp op) {
  return isa<SeriesType>(op.getLhs().getType()) ? 0 : 1;
}

/// Why `op` cannot be said in sparse_tensor, or its sparsifier cannot compile
/// it; empty if neither.
static std::string findObstacle(ContractOp op) {
  unsigned input = getSeriesInput(op);
  if (isa<SeriesType>(op->getOperand(1 - input).getType()))
    return "expected one series but got two";
  auto type = cast<SeriesType>(op->getOperand(input).getType());
  std::string obstacle = findSparseTensorObstacle(type);
  if (!obstacle.empty())
    return obstacle;
  if (!op->getOperand(input).getDefiningOp<AssembleOp>())
    return "expected a packed series";
  auto pattern = cast<NMAttr>(type.getSeries().getPatterns().front());
  if (type.getDimSize(type.getAlong().front()) == pattern.getM())
    return "expected several blocks along the blocked dimension, which "
           "upstream's sparsifier needs";
  if (!op.getMap(input).isProjectedPermutation())
    return "expected each dimension of the series to be indexed by one loop, "
           "which upstream's sparsifier needs";
  return {};
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// `tensor` with all dimensions in one.
static Value flatten(OpBuilder &builder, Location loc, Value tensor) {
  int64_t rank = cast<RankedTensorType>(tensor.getType()).getRank();
  if (rank == 1)
    return tensor;
  auto all = llvm::to_vector<2>(llvm::seq<int64_t>(0, rank));
  return tensor::CollapseShapeOp::create(
      builder, loc, tensor, SmallVector<ReassociationIndices>{all});
}

/// The sparse tensor that stores what the packed term stores.
static Value buildSparseTensor(OpBuilder &builder, AssembleOp assemble) {
  Value coordinates =
      flatten(builder, assemble.getLoc(), unpackCoordinates(builder, assemble));
  Value values =
      flatten(builder, assemble.getLoc(), assemble.getComponents()[0]);
  return sparse_tensor::AssembleOp::create(
      builder, assemble.getLoc(), *getSparseTensorType(assemble.getType()),
      coordinates, values);
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

/// Makes loop `loop` the innermost one: upstream's sparsifier crashes where it
/// splits a loop before another one of the sparse operand.
static void moveInnermost(RewriterBase &rewriter, linalg::GenericOp op,
                          unsigned loop) {
  SmallVector<unsigned> order;
  for (unsigned other = 0; other < op.getNumLoops(); ++other)
    if (other != loop)
      order.push_back(other);
  order.push_back(loop);
  [[maybe_unused]] LogicalResult moved =
      linalg::interchangeGenericOp(rewriter, op, order);
  assert(succeeded(moved) && "expected a permutation of loops");
}

/// Replaces `op`, for which there is no obstacle, by the contraction of the
/// sparse tensor.
static void contract(RewriterBase &rewriter, ContractOp op, Value tensor) {
  unsigned input = getSeriesInput(op);
  auto type = cast<SeriesType>(op->getOperand(input).getType());
  SmallVector<Value> inputs = {op.getLhs(), op.getRhs()};
  inputs[input] = tensor;
  rewriter.setInsertionPoint(op);
  linalg::GenericOp generic = buildMultiplyAdd(rewriter, op, inputs);
  AffineExpr blocked = op.getMap(input).getResult(type.getAlong().front());
  moveInnermost(rewriter, generic, *matchLoop(blocked));
  rewriter.replaceOp(op, generic);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ConvertTASDToSparseTensorPass
    : mlir::tasd::impl::ConvertTASDToSparseTensorBase<
          ConvertTASDToSparseTensorPass> {
  using ConvertTASDToSparseTensorBase::ConvertTASDToSparseTensorBase;

  void runOnOperation() override {
    SmallVector<ContractOp> contracts;
    getOperation()->walk([&](ContractOp op) { contracts.push_back(op); });
    for (ContractOp op : contracts) {
      std::string obstacle = findObstacle(op);
      if (obstacle.empty()) {
        convert(op);
        continue;
      }
      ++numLeft;
      remarkMissed(op, getArgument(), obstacle);
    }
    for (AssembleOp assemble : llvm::make_first_range(sparseTensors))
      if (assemble->use_empty())
        assemble->erase();
    sparseTensors.clear();
  }

private:
  void convert(ContractOp op) {
    auto assemble =
        op->getOperand(getSeriesInput(op)).getDefiningOp<AssembleOp>();
    IRRewriter rewriter(op);
    rewriter.setInsertionPointAfter(assemble);
    Value &tensor = sparseTensors[assemble];
    if (!tensor)
      tensor = buildSparseTensor(rewriter, assemble);
    remarkPassed(op, getArgument(),
                 {{"term", assemble.getType().getSeries().getText()}});
    contract(rewriter, op, tensor);
    ++numConverted;
  }

  /// Terms made so far, for contractions that share them.
  llvm::MapVector<AssembleOp, Value> sparseTensors;
};
} // namespace
