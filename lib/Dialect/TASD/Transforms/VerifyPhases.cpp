//===- VerifyPhases.cpp - What may no longer exist after a phase ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One pass for each phase, all of the same form: walk, and report every op that
// breaks the phase's rule.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Analysis/Layer.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_VERIFYINPUT
#define GEN_PASS_DEF_VERIFYPLANNED
#define GEN_PASS_DEF_VERIFYCONVERTED
#define GEN_PASS_DEF_VERIFYPACKED
#define GEN_PASS_DEF_VERIFYLOWERED
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// Applies `rule` to every op; fails if it failed on any.
static LogicalResult verifyEach(ModuleOp module,
                                function_ref<LogicalResult(Operation *)> rule) {
  bool holds = true;
  module.walk([&](Operation *op) { holds &= succeeded(rule(op)); });
  return success(holds);
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

static LogicalResult verifyResources(Operation *op) {
  auto verify = [&](DenseResourceElementsAttr resource) {
    return hasPlainElements(resource.getElementType()) &&
                   failed(ElementsData::get(resource,
                                            [&] { return op->emitError(); }))
               ? WalkResult::interrupt()
               : WalkResult::advance();
  };
  return failure(op->getAttrDictionary().walk(verify).wasInterrupted());
}

static bool hasPlanWithSeries(Operation *op) {
  auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  return plan && !plan.isDense();
}

static LogicalResult verifyPlan(Operation *op) {
  auto plan = op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  return plan ? mlir::tasd::verifyPlan(cast<linalg::LinalgOp>(op), plan)
              : success();
}

static LogicalResult verifyCarriedOut(Operation *op) {
  if (hasPlanWithSeries(op))
    return op->emitOpError("expected its plan to be carried out");
  return success();
}

/// Series stay in straight-line code: no function or block takes one, and no
/// terminator, call or op with regions gives or takes one.
static LogicalResult verifyStraightLine(Operation *op) {
  auto isSeries = [](Type type) { return isa<SeriesType>(type); };
  if (auto function = dyn_cast<FunctionOpInterface>(op))
    if (llvm::any_of(function.getArgumentTypes(), isSeries) ||
        llvm::any_of(function.getResultTypes(), isSeries))
      return op->emitOpError("expected no series in the type of a function");
  for (Region &region : op->getRegions())
    for (Block &block : region)
      if (llvm::any_of(block.getArgumentTypes(), isSeries))
        return op->emitOpError("expected no series among block arguments");
  bool isTransfer = op->hasTrait<OpTrait::IsTerminator>() ||
                    isa<CallOpInterface>(op) || op->getNumRegions() != 0;
  if (isTransfer && (llvm::any_of(op->getOperandTypes(), isSeries) ||
                     llvm::any_of(op->getResultTypes(), isSeries)))
    return op->emitOpError("expected series to stay in straight-line code");
  return success();
}

static LogicalResult verifyNoSeries(Operation *op) {
  if (isa_and_present<TASDDialect>(op->getDialect()) &&
      !isa<PackOp, RecordOp>(op))
    return op->emitOpError("expected no series after lowering");
  return success();
}

//===----------------------------------------------------------------------===//
// Passes
//===----------------------------------------------------------------------===//

/// The number of resources among the attributes of an op.
static int64_t countResources(Operation *op) {
  int64_t count = 0;
  op->getAttrDictionary().walk([&](DenseResourceElementsAttr) { ++count; });
  return count;
}

namespace {
struct VerifyInputPass : mlir::tasd::impl::VerifyInputBase<VerifyInputPass> {
  void runOnOperation() override {
    if (failed(verifyEach(getOperation(), [&](Operation *op) {
          numResources += countResources(op);
          return verifyResources(op);
        })))
      signalPassFailure();
  }
};

struct VerifyPlannedPass
    : mlir::tasd::impl::VerifyPlannedBase<VerifyPlannedPass> {
  void runOnOperation() override {
    if (failed(verifyEach(getOperation(), [&](Operation *op) {
          numPlans += hasPlanWithSeries(op);
          return verifyPlan(op);
        })))
      signalPassFailure();
  }
};

struct VerifyConvertedPass
    : mlir::tasd::impl::VerifyConvertedBase<VerifyConvertedPass> {
  void runOnOperation() override {
    if (failed(verifyEach(getOperation(), [&](Operation *op) {
          numContracts += isa<ContractOp>(op);
          return success(succeeded(verifyCarriedOut(op)) &&
                         succeeded(verifyStraightLine(op)));
        })))
      signalPassFailure();
  }
};

struct VerifyPackedPass : mlir::tasd::impl::VerifyPackedBase<VerifyPackedPass> {
  void runOnOperation() override {
    if (failed(verifyEach(getOperation(), [&](Operation *op) -> LogicalResult {
          numSeries += isa<AssembleOp>(op);
          if (isa<DecomposeOp>(op))
            return op->emitOpError("expected to be packed");
          return success();
        })))
      signalPassFailure();
  }
};

struct VerifyLoweredPass
    : mlir::tasd::impl::VerifyLoweredBase<VerifyLoweredPass> {
  void runOnOperation() override {
    if (failed(verifyEach(getOperation(), [&](Operation *op) {
          numRunTime += isa<PackOp>(op);
          return verifyNoSeries(op);
        })))
      signalPassFailure();
  }
};
} // namespace
