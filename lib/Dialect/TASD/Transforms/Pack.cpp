//===- Pack.cpp - Replace decompositions by packed components -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: no tasd.decompose; constants are packed once for all users,
// and not kept beside their packed form.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/BufferizableOpInterfaceImpl.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "LayOut.h"
#include "Resources.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Dialect/TASD/IR/ConstantStorage.h"
#include "tasd/Dialect/TASD/Transforms/Transforms.h"
#include "tasd/Pass/LayerNames.h"
#include "tasd/Pass/Remarks.h"
#include "tasd/Sparsity/Packing.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PACK
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// Decomposes constant data into constants.
static FailureOr<SmallVector<ElementsAttr>>
packConstant(DecomposeOp op, const ConstantTensor &tensor) {
  SeriesType type = op.getType();
  SmallVector<RankedTensorType> types = type.getComponentTypes();
  size_t numComponents = 0;
  NewConstants constants;
  auto allocate = [&](size_t term, const sparsity::PackedComponent &component) {
    return constants.allocate(types[numComponents++].clone(component.shape),
                              getSeriesResourceName(op.getLoc()) + "_term" +
                                  std::to_string(term) + "_" + component.name);
  };
  llvm::Error error =
      sparsity::packInto(tensor.getView(type.getAlong(), op.getIsUnsigned()),
                         op.getSelectedSeries().getSeries(), allocate,
                         getThreadPool(op.getContext()));
  releaseConstantData(op.getContext());
  if (error)
    return op.emitOpError(llvm::toString(std::move(error)));
  return std::move(constants).take();
}

static AssembleOp assembleConstants(OpBuilder &builder, DecomposeOp op,
                                    ArrayRef<ElementsAttr> attributes) {
  SmallVector<Value> components;
  for (auto [attribute, type] :
       llvm::zip_equal(attributes, op.getType().getComponentTypes()))
    components.push_back(
        createComponent(builder, op.getLoc(), attribute, type));
  return AssembleOp::create(builder, op.getLoc(), op.getType(), components);
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

static AssembleOp packAtRunTime(OpBuilder &builder, DecomposeOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> sizes =
      getDynamicSizes(builder, loc, op.getInput(), op.getType());
  SmallVector<Value> outputs;
  SmallVector<Type> types;
  for (RankedTensorType type : op.getType().getComponentTypes()) {
    outputs.push_back(tensor::EmptyOp::create(builder, loc, type, sizes));
    types.push_back(type);
  }
  auto pack = PackOp::create(builder, loc, types, op.getSelectedSeries(),
                             op.getType().getAlong(), op.getIsUnsigned(),
                             op.getInput(), outputs);
  return AssembleOp::create(builder, loc, op.getType(), pack.getResults());
}

static void remarkPacked(DecomposeOp op, ArrayRef<RemarkArgument> how) {
  SmallVector<RemarkArgument> arguments = {
      {"series", op.getSelectedSeries().getText()}};
  llvm::append_range(arguments, how);
  remarkPassed(op, "tasd-pack", arguments);
}

//===----------------------------------------------------------------------===//
// SeriesPacker
//===----------------------------------------------------------------------===//

SeriesPacker::ConstantKey SeriesPacker::getKey(DecomposeOp op,
                                               const ConstantTensor &tensor) {
  sparsity::TensorView view = tensor.getView(op.getType().getAlong(), false);
  // Copies are told apart by the value they stand for: addresses are reused.
  const void *data =
      tensor.isCopy() ? op.getInput().getAsOpaquePointer() : view.data;
  return {data, std::vector<int64_t>(view.strides.begin(), view.strides.end()),
          op.getType().getAsOpaquePointer(),
          op.getSelectedSeries().getAsOpaquePointer(), op.getIsUnsigned()};
}

/// The block at whose head a constant serves every user of its kind: that of
/// the innermost region that sees no values from outside.
static Block &getConstantBlock(Operation *op) {
  Region *region = op->getParentRegion();
  while (!region->getParentOp()->hasTrait<OpTrait::IsIsolatedFromAbove>())
    region = region->getParentRegion();
  return region->front();
}

LogicalResult SeriesPacker::pack(DecomposeOp op, const ConstantTensor &tensor,
                                 SmallVector<ElementsAttr> &attributes) {
  FailureOr<SmallVector<ElementsAttr>> packed = packConstant(op, tensor);
  if (failed(packed))
    return failure();
  attributes = std::move(*packed);
  int64_t denseBytes = getNumBytes(op.getType().getTensorType());
  int64_t packedBytes = 0;
  for (ElementsAttr attribute : attributes)
    packedBytes += getNumBytes(cast<RankedTensorType>(attribute.getType()));
  ++counts.constants;
  counts.denseBytes += denseBytes;
  counts.packedBytes += packedBytes;
  remarkPacked(op, {{"packed", "when compiled"},
                    {"dense_bytes", std::to_string(denseBytes)},
                    {"packed_bytes", std::to_string(packedBytes)}});
  return success();
}

FailureOr<AssembleOp> SeriesPacker::getSeries(DecomposeOp op) {
  FailureOr<ConstantTensor> tensor = ConstantTensor::get(op.getInput());
  if (failed(tensor))
    return failure();
  ConstantKey key = getKey(op, *tensor);
  SmallVector<ElementsAttr> &attributes = components[key];
  if (!attributes.empty())
    ++counts.shared;
  else if (failed(pack(op, *tensor, attributes)))
    return failure();
  Block &block = getConstantBlock(op);
  AssembleOp &made = series[{&block, key}];
  if (!made) {
    rewriter.setInsertionPointToStart(&block);
    made = assembleConstants(rewriter, op, attributes);
  }
  return made;
}

FailureOr<AssembleOp> SeriesPacker::replace(DecomposeOp op) {
  OpBuilder::InsertionGuard guard(rewriter);
  FailureOr<AssembleOp> replacement;
  if (ConstantTensor::isConstant(op.getInput())) {
    replacement = getSeries(op);
    if (failed(replacement))
      return failure();
    constantInputs.push_back(op.getInput());
  } else {
    std::string obstacle = op.getSelectedSeries().findRunTimeObstacle();
    if (!obstacle.empty())
      return op.emitOpError(obstacle);
    rewriter.setInsertionPoint(op);
    replacement = packAtRunTime(rewriter, op);
    ++counts.runTime;
    remarkPacked(op, {{"packed", "when run"}});
  }
  rewriter.replaceOp(op, *replacement);
  return replacement;
}

void SeriesPacker::eraseDeadConstants() {
  llvm::SetVector<Operation *> candidates, globals;
  for (Value input : constantInputs)
    candidates.insert(input.getDefiningOp());
  while (!candidates.empty()) {
    Operation *op = candidates.pop_back_val();
    if (!isOpTriviallyDead(op))
      continue;
    for (Value operand : op->getOperands())
      if (Operation *producer = operand.getDefiningOp())
        candidates.insert(producer);
    if (Operation *global = findConstantGlobal(op))
      globals.insert(global);
    rewriter.eraseOp(op);
  }
  for (Operation *global : globals)
    if (cast<SymbolOpInterface>(global).canDiscardOnUseEmpty() &&
        SymbolTable::symbolKnownUseEmpty(global, global->getParentOp()))
      rewriter.eraseOp(global);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// The name of no target.
static constexpr StringLiteral kPlainTarget = "plain";

namespace {
struct PackPass : mlir::tasd::impl::PackBase<PackPass> {
  using PackBase::PackBase;

  /// The tasd.pack that this makes has to be bufferized, in whatever context.
  void getDependentDialects(DialectRegistry &registry) const override {
    PackBase::getDependentDialects(registry);
    registerBufferizableOpInterfaceExternalModels(registry);
  }

  void runOnOperation() override {
    const LayoutTarget *target = nullptr;
    IRRewriter rewriter(&getContext());
    if (failed(findTarget(target)) || failed(takeLayoutsBack(rewriter)) ||
        failed(pack(rewriter)) || (target && failed(layOut(rewriter, *target))))
      return signalPassFailure();
  }

private:
  LogicalResult findTarget(const LayoutTarget *&result) {
    if (target == kPlainTarget)
      return success();
    auto *dialect = getContext().getLoadedDialect<TASDDialect>();
    result = dialect->findLayoutTarget(target);
    if (result)
      return success();
    InFlightDiagnostic error = mlir::emitError(getOperation().getLoc())
                               << "option target: expected " << kPlainTarget;
    for (StringRef name : dialect->getLayoutTargetNames())
      error << " or " << name;
    return error << " but got '" << target << "'";
  }

  LogicalResult takeLayoutsBack(RewriterBase &rewriter) {
    WalkResult result = getOperation().walk([&](AssembleAsOp op) {
      return WalkResult(decomposeAgain(rewriter, op));
    });
    return failure(result.wasInterrupted());
  }

  LogicalResult pack(RewriterBase &rewriter) {
    SmallVector<DecomposeOp> decomposes;
    getOperation().walk([&](DecomposeOp op) { decomposes.push_back(op); });
    SeriesPacker packer(rewriter);
    for (DecomposeOp op : decomposes)
      if (failed(packer.replace(op)))
        return failure();
    packer.eraseDeadConstants();
    const SeriesPacker::Counts &counts = packer.getCounts();
    numConstants += counts.constants;
    numShared += counts.shared;
    numRunTime += counts.runTime;
    denseBytes += counts.denseBytes;
    packedBytes += counts.packedBytes;
    return success();
  }

  LogicalResult layOut(RewriterBase &rewriter, const LayoutTarget &target) {
    LayoutMaker maker(rewriter, target);
    WalkResult result = getOperation().walk(
        [&](ContractOp op) { return WalkResult(maker.layOutInputs(op)); });
    maker.eraseDeadSeries();
    numLaidOut += maker.getNumSeries();
    return failure(result.wasInterrupted());
  }
};
} // namespace
