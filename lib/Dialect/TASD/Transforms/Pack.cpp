//===- Pack.cpp - Replace decompositions by packed components -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: no tasd.decompose; constants are packed once for all users.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Pass/LayerNames.h"
#include "tasd/Pass/Remarks.h"
#include "tasd/Sparsity/Packing.h"

#include <map>

namespace mlir::tasd {
#define GEN_PASS_DEF_PACK
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// The resource name of a component: after the location, so that a reader of
/// the module sees whose it is.
static std::string getResourceName(DecomposeOp op, StringRef component,
                                   int64_t term) {
  std::string name = getLocationName(op.getLoc());
  return (name.empty() ? "series" : name) + "_term" + std::to_string(term) +
         "_" + component.str();
}

static int64_t getNumBytes(RankedTensorType type) {
  return type.getNumElements() * type.getElementType().getIntOrFloatBitWidth() /
         8;
}

/// MLIR reads bytecode from buffers of this alignment, and none with a resource
/// that asks for more.
static constexpr int64_t kAlignment = 16;

/// A constant of uninitialised data, which `buffer` is set to. One without
/// elements is no resource: MLIR's bytecode does not read empty ones back, and
/// the translation to LLVM takes none.
static ElementsAttr allocateComponent(RankedTensorType type, StringRef name,
                                      MutableArrayRef<char> &buffer) {
  int64_t numBytes = getNumBytes(type);
  if (numBytes == 0)
    return DenseElementsAttr::getFromRawBuffer(type, {});
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(numBytes, kAlignment);
  buffer = blob.getMutableData();
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}

/// Buffers for the components of a series, in constants.
static SmallVector<ElementsAttr>
allocateComponents(DecomposeOp op,
                   std::vector<sparsity::TermBuffers> &buffers) {
  SeriesType type = op.getType();
  SmallVector<RankedTensorType> types = type.getComponentTypes();
  SmallVector<ElementsAttr> attributes;
  for (auto [term, pattern] : llvm::enumerate(type.getSeries().getPatterns())) {
    sparsity::TermBuffers &termBuffers = buffers.emplace_back();
    for (const sparsity::PackedComponent &component :
         pattern.getPattern()->getPackedComponents(type.getBlockedShape()))
      attributes.push_back(allocateComponent(
          types[attributes.size()], getResourceName(op, component.name, term),
          termBuffers.emplace_back()));
  }
  return attributes;
}

/// Decomposes constant data into constants.
static FailureOr<Value> packConstant(RewriterBase &rewriter, DecomposeOp op,
                                     const ConstantTensor &tensor) {
  SeriesType type = op.getType();
  std::vector<sparsity::TermBuffers> buffers;
  SmallVector<ElementsAttr> attributes = allocateComponents(op, buffers);
  llvm::Error error = sparsity::packInto(
      tensor.getView(type.getAlong(), op.getIsUnsigned()),
      type.getSeries().getSeries(), buffers, getThreadPool(op.getContext()));
  if (error)
    return op.emitOpError(llvm::toString(std::move(error)));
  SmallVector<Value> components;
  for (ElementsAttr attribute : attributes)
    components.push_back(
        arith::ConstantOp::create(rewriter, op.getLoc(), attribute));
  return AssembleOp::create(rewriter, op.getLoc(), type, components)
      .getResult();
}

//===----------------------------------------------------------------------===//
// Run time
//===----------------------------------------------------------------------===//

/// The extents of the component's dynamic dimensions: the rows', in order.
static SmallVector<Value> getDynamicSizes(OpBuilder &builder, Location loc,
                                          Value input, SeriesType type) {
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(tensor::DimOp::create(builder, loc, input, dim));
  return sizes;
}

static Value packAtRunTime(OpBuilder &builder, DecomposeOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> sizes =
      getDynamicSizes(builder, loc, op.getInput(), op.getType());
  SmallVector<Value> outputs;
  SmallVector<Type> types;
  for (RankedTensorType type : op.getType().getComponentTypes()) {
    outputs.push_back(tensor::EmptyOp::create(builder, loc, type, sizes));
    types.push_back(type);
  }
  auto pack = PackOp::create(builder, loc, types, op.getType().getSeries(),
                             op.getType().getAlong(), op.getIsUnsigned(),
                             op.getInput(), outputs);
  return AssembleOp::create(builder, loc, op.getType(), pack.getResults());
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// What makes two decompositions of constants the same: the data they read, how
/// they walk it, and the series.
using ConstantKey =
    std::tuple<const void *, std::vector<int64_t>, const void *, bool>;

static ConstantKey getKey(DecomposeOp op, const ConstantTensor &tensor) {
  sparsity::TensorView view = tensor.getView(op.getType().getAlong(), false);
  // Copies are told apart by the value they stand for: addresses are reused.
  const void *data =
      tensor.isCopy() ? op.getInput().getAsOpaquePointer() : view.data;
  return {data, std::vector<int64_t>(view.strides.begin(), view.strides.end()),
          op.getType().getAsOpaquePointer(), op.getIsUnsigned()};
}

/// The block at whose head a constant serves every user of its kind: that of
/// the innermost region that sees no values from outside.
static Block &getConstantBlock(Operation *op) {
  Region *region = op->getParentRegion();
  while (!region->getParentOp()->hasTrait<OpTrait::IsIsolatedFromAbove>())
    region = region->getParentRegion();
  return region->front();
}

namespace {
struct PackPass : mlir::tasd::impl::PackBase<PackPass> {
  using PackBase::PackBase;

  void runOnOperation() override {
    packed.clear();
    SmallVector<DecomposeOp> decomposes;
    getOperation().walk([&](DecomposeOp op) { decomposes.push_back(op); });
    for (DecomposeOp op : decomposes)
      if (failed(replace(op)))
        return signalPassFailure();
  }

private:
  LogicalResult replace(DecomposeOp op);
  FailureOr<Value> getPackedConstant(RewriterBase &rewriter, DecomposeOp op);
  void report(DecomposeOp op);

  /// Series packed so far at the head of each block, for users that come later.
  std::map<std::pair<Block *, ConstantKey>, Value> packed;
};
} // namespace

/// Counts and remarks a constant that was packed.
void PackPass::report(DecomposeOp op) {
  int64_t dense = getNumBytes(op.getType().getTensorType()), packed = 0;
  for (RankedTensorType component : op.getType().getComponentTypes())
    packed += getNumBytes(component);
  ++numConstants;
  denseBytes += dense;
  packedBytes += packed;
  remarkPassed(op, getArgument(),
               {{"series", op.getType().getSeries().getText()},
                {"packed", "when compiled"},
                {"dense_bytes", std::to_string(dense)},
                {"packed_bytes", std::to_string(packed)}});
}

FailureOr<Value> PackPass::getPackedConstant(RewriterBase &rewriter,
                                             DecomposeOp op) {
  FailureOr<ConstantTensor> tensor = ConstantTensor::get(op.getInput());
  if (failed(tensor))
    return failure();
  Block &block = getConstantBlock(op);
  Value &series = packed[{&block, getKey(op, *tensor)}];
  if (series) {
    ++numShared;
    return series;
  }
  rewriter.setInsertionPointToStart(&block);
  FailureOr<Value> made = packConstant(rewriter, op, *tensor);
  if (failed(made))
    return failure();
  report(op);
  series = *made;
  return series;
}

LogicalResult PackPass::replace(DecomposeOp op) {
  IRRewriter rewriter(op);
  if (ConstantTensor::isConstant(op.getInput())) {
    FailureOr<Value> series = getPackedConstant(rewriter, op);
    if (failed(series))
      return failure();
    rewriter.replaceOp(op, *series);
    return success();
  }
  ++numRunTime;
  remarkPassed(
      op, getArgument(),
      {{"series", op.getType().getSeries().getText()}, {"packed", "when run"}});
  rewriter.replaceOp(op, packAtRunTime(rewriter, op));
  return success();
}
