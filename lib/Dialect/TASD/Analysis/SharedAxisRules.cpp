//===- SharedAxisRules.cpp - What ops do to the axes of tensors -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Structured ops unify the dimensions that a loop indexes, reshapes those they
// merge. An op that is not known keeps the axes of its tensors as they are.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/SharedAxes.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "tasd/Dialect/TASD/IR/Contraction.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tasd;

/// Whether all elements of a tensor are equal, or any: they have no order. Such
/// values often serve ops that have nothing else in common.
static bool isUniform(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (isa<tensor::EmptyOp, tensor::SplatOp, linalg::FillOp>(op))
    return true;
  SplatElementsAttr splat;
  return matchPattern(value, m_Constant(&splat));
}

static bool isRankedTensor(Value value) {
  return isa<RankedTensorType>(value.getType());
}

static int64_t getRank(Value value) {
  return cast<RankedTensorType>(value.getType()).getRank();
}

namespace {
/// A tensor that a structured op reads or gives, and how its loops index it.
struct IndexedTensor {
  Value value;
  AffineMap map;
};

class AxisRules {
public:
  /// Applies what an op, without those inside it, asks for.
  void visit(Operation *op);

  SharedAxes take() { return std::move(axes); }

private:
  void visitLinalg(linalg::LinalgOp op);
  void visitLoop(linalg::LinalgOp op, unsigned loop);
  std::string findLoopObstacle(linalg::LinalgOp op, unsigned loop);
  void visitPad(tensor::PadOp op);
  void visitSlice(Value whole, Value part, OffsetSizeAndStrideOpInterface op,
                  const llvm::SmallBitVector &dropped);
  void visitInsert(tensor::InsertSliceOp op);
  void visitConcat(tensor::ConcatOp op);
  void visitReshape(Value wide, Value narrow,
                    ArrayRef<ReassociationIndices> groups);
  void visitUnknown(Operation *op);

  void unifyAll(Value lhs, Value rhs);
  void pinAll(Value value, const Twine &reason);

  SharedAxes axes;
};
} // namespace

void AxisRules::unifyAll(Value lhs, Value rhs) {
  if (isUniform(lhs) || isUniform(rhs))
    return;
  for (int64_t dim = 0; dim < getRank(lhs); ++dim)
    axes.unify(axes.get(lhs, dim), axes.get(rhs, dim));
}

void AxisRules::pinAll(Value value, const Twine &reason) {
  if (!isRankedTensor(value) || isUniform(value))
    return;
  for (int64_t dim = 0; dim < getRank(value); ++dim)
    axes.pin(axes.get(value, dim), reason);
}

//===----------------------------------------------------------------------===//
// Structured ops
//===----------------------------------------------------------------------===//

/// Whether what an op adds up, or combines otherwise, may come in any order.
static bool isOrderFree(linalg::LinalgOp op) {
  for (unsigned i = 0; i < op.getNumDpsInits(); ++i) {
    SmallVector<Operation *> combiners;
    if (!matchReduction(op.getRegionOutputArgs(), i, combiners) ||
        combiners.size() != 1 ||
        !combiners.front()->hasTrait<OpTrait::IsCommutative>())
      return false;
  }
  return true;
}

/// Why the iterations of a loop have to stay in order; empty if they need not.
std::string AxisRules::findLoopObstacle(linalg::LinalgOp op, unsigned loop) {
  for (AffineMap map : op.getIndexingMapsArray())
    for (AffineExpr expr : map.getResults())
      if (expr.isFunctionOfDim(loop) && !matchLoop(expr))
        return "a window slides along it";
  if (!linalg::isParallelIterator(op.getIteratorTypesArray()[loop]) &&
      !isOrderFree(op))
    return "an op that depends on its order reduces it";
  bool isIndexed = llvm::any_of(
      op.getBlock()->getOps<linalg::IndexOp>(),
      [&](linalg::IndexOp index) { return index.getDim() == loop; });
  return isIndexed ? "an op computes with the places of its elements" : "";
}

/// The tensors of a structured op but for uniform ones.
static SmallVector<IndexedTensor> getIndexedTensors(linalg::LinalgOp op) {
  SmallVector<IndexedTensor> tensors;
  for (OpOperand &operand : op->getOpOperands())
    if (isRankedTensor(operand.get()) && !isUniform(operand.get()))
      tensors.push_back({operand.get(), op.getMatchingIndexingMap(&operand)});
  for (OpOperand &init : op.getDpsInitsMutable())
    tensors.push_back(
        {op.getTiedOpResult(&init), op.getMatchingIndexingMap(&init)});
  return tensors;
}

/// Unifies the dimensions that a loop indexes.
void AxisRules::visitLoop(linalg::LinalgOp op, unsigned loop) {
  std::string obstacle = findLoopObstacle(op, loop);
  std::optional<std::pair<Value, int64_t>> first;
  for (const IndexedTensor &tensor : getIndexedTensors(op))
    for (auto [dim, expr] : llvm::enumerate(tensor.map.getResults())) {
      if (!expr.isFunctionOfDim(loop))
        continue;
      if (!obstacle.empty())
        axes.pin(axes.get(tensor.value, dim), obstacle);
      else if (first)
        axes.unify(axes.get(first->first, first->second),
                   axes.get(tensor.value, dim));
      else
        first = {tensor.value, dim};
    }
}

void AxisRules::visitLinalg(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics())
    return visitUnknown(op);
  for (const IndexedTensor &tensor : getIndexedTensors(op))
    for (auto [dim, expr] : llvm::enumerate(tensor.map.getResults()))
      if (isa<AffineConstantExpr>(expr))
        axes.pin(axes.get(tensor.value, dim), "an op takes one place of it");
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
    visitLoop(op, loop);
}

//===----------------------------------------------------------------------===//
// Ops that move elements
//===----------------------------------------------------------------------===//

void AxisRules::visitPad(tensor::PadOp op) {
  bool isPlain =
      llvm::all_of(op.getBody()->getArguments(),
                   [](BlockArgument arg) { return arg.use_empty(); });
  for (int64_t dim = 0; dim < getRank(op.getSource()); ++dim) {
    AxisList from = axes.get(op.getSource(), dim);
    AxisList to = axes.get(op.getResult(), dim);
    if (isPlain && isZeroInteger(op.getMixedLowPad()[dim]) &&
        isZeroInteger(op.getMixedHighPad()[dim])) {
      axes.unify(from, to);
      continue;
    }
    axes.pin(from, "it is padded");
    axes.pin(to, "it is padded");
  }
}

/// A slice that takes all of a dimension keeps its order.
void AxisRules::visitSlice(Value whole, Value part,
                           OffsetSizeAndStrideOpInterface op,
                           const llvm::SmallBitVector &dropped) {
  auto type = cast<RankedTensorType>(whole.getType());
  int64_t partDim = 0;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    AxisList from = axes.get(whole, dim);
    bool isWhole = isZeroInteger(op.getMixedOffsets()[dim]) &&
                   isOneInteger(op.getMixedStrides()[dim]) &&
                   !type.isDynamicDim(dim) &&
                   op.getStaticSizes()[dim] == type.getDimSize(dim);
    if (!isWhole)
      axes.pin(from, "a slice takes a part of it");
    if (dropped[dim])
      continue;
    AxisList to = axes.get(part, partDim++);
    if (isWhole)
      axes.unify(from, to);
    else
      axes.pin(to, "it is a part of another one");
  }
}

void AxisRules::visitInsert(tensor::InsertSliceOp op) {
  unifyAll(op.getDest(), op.getResult());
  visitSlice(op.getResult(), op.getSource(), op, op.getDroppedDims());
}

void AxisRules::visitConcat(tensor::ConcatOp op) {
  for (int64_t dim = 0; dim < getRank(op.getResult()); ++dim)
    for (Value input : op.getInputs()) {
      AxisList from = axes.get(input, dim), to = axes.get(op.getResult(), dim);
      if (dim != static_cast<int64_t>(op.getDim())) {
        axes.unify(from, to);
        continue;
      }
      axes.pin(from, "it is concatenated with another one");
      axes.pin(to, "it is concatenated of several");
    }
}

void AxisRules::visitReshape(Value wide, Value narrow,
                             ArrayRef<ReassociationIndices> groups) {
  if (isUniform(wide) || isUniform(narrow))
    return;
  for (auto [dim, group] : llvm::enumerate(groups)) {
    AxisList parts;
    for (int64_t wideDim : group)
      llvm::append_range(parts, axes.get(wide, wideDim));
    axes.unify(parts, axes.get(narrow, dim));
  }
}

//===----------------------------------------------------------------------===//
// Any op
//===----------------------------------------------------------------------===//

void AxisRules::visitUnknown(Operation *op) {
  std::string reason =
      isa<func::ReturnOp>(op)
          ? "it is a result of the function"
          : "it reaches '" + op->getName().getStringRef().str() + "'";
  for (Value operand : op->getOperands())
    pinAll(operand, reason);
  for (Value result : op->getResults())
    pinAll(result, reason);
  if (isa<FunctionOpInterface>(op))
    reason = "it is an argument of the function";
  for (Region &region : op->getRegions())
    for (Block &block : region)
      for (Value argument : block.getArguments())
        pinAll(argument, reason);
}

void AxisRules::visit(Operation *op) {
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](linalg::LinalgOp op) { visitLinalg(op); })
      .Case([&](tensor::PadOp op) { visitPad(op); })
      .Case(
          [&](tensor::CastOp op) { unifyAll(op.getSource(), op.getResult()); })
      .Case([&](tensor::ExtractSliceOp op) {
        visitSlice(op.getSource(), op.getResult(), op, op.getDroppedDims());
      })
      .Case([&](tensor::InsertSliceOp op) { visitInsert(op); })
      .Case([&](tensor::ConcatOp op) { visitConcat(op); })
      .Case([&](tensor::CollapseShapeOp op) {
        visitReshape(op.getSrc(), op.getResult(), op.getReassociationIndices());
      })
      .Case([&](tensor::ExpandShapeOp op) {
        visitReshape(op.getResult(), op.getSrc(), op.getReassociationIndices());
      })
      .Case<arith::ConstantOp, tensor::DimOp, tensor::EmptyOp, tensor::SplatOp>(
          [](Operation *) {})
      .Default([&](Operation *op) {
        if (!OpTrait::hasElementwiseMappableTraits(op))
          return visitUnknown(op);
        for (Value operand : op->getOperands())
          if (isRankedTensor(operand) && getRank(operand) != 0)
            unifyAll(operand, op->getResult(0));
      });
}

SharedAxes mlir::tasd::computeSharedAxes(Operation *root) {
  AxisRules rules;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) { rules.visit(op); });
  return rules.take();
}
