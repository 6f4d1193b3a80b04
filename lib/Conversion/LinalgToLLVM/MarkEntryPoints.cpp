//===- MarkEntryPoints.cpp - Calling convention of public functions -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: functions on tensors. Postcondition: bufferization will neither
// write to an argument of a public function nor return one buffer twice, and
// the function gets a C wrapper.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Interfaces.h"
#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_MARKENTRYPOINTS
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

/// Copies every tensor result but the first use of each value.
static int64_t copyRepeatedResults(func::ReturnOp op) {
  OpBuilder builder(op);
  int64_t numCopies = 0;
  DenseSet<Value> seen;
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<TensorType>(operand.get().getType()) ||
        seen.insert(operand.get()).second)
      continue;
    operand.set(bufferization::AllocTensorOp::create(
        builder, op.getLoc(), cast<RankedTensorType>(operand.get().getType()),
        /*dynamicSizes=*/ValueRange(), /*copy=*/operand.get()));
    ++numCopies;
  }
  return numCopies;
}

static void markEntryPoint(func::FuncOp function) {
  MLIRContext *context = function.getContext();
  function->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                    UnitAttr::get(context));
  for (BlockArgument argument : function.getArguments())
    if (isa<TensorType>(argument.getType()))
      function.setArgAttr(
          argument.getArgNumber(),
          bufferization::BufferizationDialect::kWritableAttrName,
          BoolAttr::get(context, false));
}

namespace {

struct MarkEntryPoints : tasd::impl::MarkEntryPointsBase<MarkEntryPoints> {
  /// What bufferization, which comes next, needs in a context without
  /// extensions.
  void getDependentDialects(DialectRegistry &registry) const override {
    MarkEntryPointsBase::getDependentDialects(registry);
    tasd::registerBufferizationInterfaces(registry);
  }

  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() && !function.isDeclaration())
        mark(function);
  }

private:
  void mark(func::FuncOp function) {
    markEntryPoint(function);
    ++numEntryPoints;
    function.walk(
        [&](func::ReturnOp op) { numCopies += copyRepeatedResults(op); });
  }
};

} // namespace
