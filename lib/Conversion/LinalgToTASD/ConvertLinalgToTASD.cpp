//===- ConvertLinalgToTASD.cpp - Carry out plans --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: planned linalg. Postcondition: no op has a plan with a series;
// each such op is a tasd.contract of decomposed operands. One pattern for all
// contractions and convolutions: their maps say which they are.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToTASD/Passes.h"

#include "tasd/Conversion/LinalgToTASD/LinalgToTASD.h"
#include "tasd/Pass/Remarks.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_CONVERTLINALGTOTASD
#include "tasd/Conversion/LinalgToTASD/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// The input as it is contracted: decomposed where the plan says so.
static Value decompose(OpBuilder &builder, const Layer &layer, PlanAttr plan,
                       unsigned input) {
  Value value = layer.getInput(input);
  OperandPlanAttr operand = plan.getInputs()[input];
  if (!operand)
    return value;
  Contraction planned = layer.getContraction(plan);
  return DecomposeOp::create(
      builder, layer.getOp()->getLoc(), planned.types[input], value,
      planned.isUnsigned[input], operand.getSeries().getSelection());
}

/// The zero point that is left: that of the input which is not a series.
static Value getZeroPoint(const Layer &layer, const Contraction &planned) {
  if (!planned.hasZeroPoint)
    return nullptr;
  return layer.getZeroPoint(isa<SeriesType>(planned.types[0]) ? 1 : 0);
}

/// The number of series in a plan.
static int64_t getNumSeries(PlanAttr plan) {
  return llvm::count_if(plan.getInputs(), [](OperandPlanAttr input) {
    return static_cast<bool>(input);
  });
}

ContractOp mlir::tasd::convertLayerToTASD(RewriterBase &rewriter,
                                          const Layer &layer, PlanAttr plan) {
  OpBuilder::InsertionGuard guard(rewriter);
  linalg::LinalgOp op = layer.getOp();
  rewriter.setInsertionPoint(op);
  Contraction planned = layer.getContraction(plan);
  Value lhs = decompose(rewriter, layer, plan, Contraction::Lhs);
  Value rhs = decompose(rewriter, layer, plan, Contraction::Rhs);
  auto contract = rewriter.replaceOpWithNewOp<ContractOp>(
      op, op->getResult(0).getType(),
      rewriter.getAffineMapArrayAttr(planned.maps), planned.isUnsigned[0],
      planned.isUnsigned[1], lhs, rhs, layer.getInit(),
      getZeroPoint(layer, planned));
  if (MappingAttr mapping = plan.getMapping())
    contract->setAttr(TASDDialect::kMappingAttrName, mapping);
  return contract;
}

/// Warns where plans were lost since the module was stamped. More plans than
/// that are no loss: ops are copied, as by inlining.
static void compareCount(ModuleOp module, int64_t found) {
  auto stamp =
      module->getAttrOfType<IntegerAttr>(TASDDialect::kPlanCountAttrName);
  if (stamp && stamp.getInt() > found)
    // At its location: a warning at the op would print the whole module.
    mlir::emitWarning(module.getLoc())
        << "expected " << stamp.getInt() << " plans but found " << found
        << ": a pass in between has lost discardable attributes";
  module->removeAttr(TASDDialect::kPlanCountAttrName);
}

namespace {
struct ConvertLinalgToTASDPass
    : mlir::tasd::impl::ConvertLinalgToTASDBase<ConvertLinalgToTASDPass> {
  using ConvertLinalgToTASDBase::ConvertLinalgToTASDBase;

  void runOnOperation() override {
    auto plans = collectPlans(getOperation());
    compareCount(getOperation(), plans.size());
    IRRewriter rewriter(&getContext());
    for (auto [op, plan] : plans) {
      if (plan.isDense())
        continue;
      FailureOr<Layer> layer = getPlannedLayer(op, plan);
      if (failed(layer))
        return signalPassFailure();
      remarkPassed(op, getArgument(), {{"plan", toRemarkValue(plan)}});
      convertLayerToTASD(rewriter, *layer, plan);
      ++numConverted;
      numDecomposed += getNumSeries(plan);
    }
  }
};
} // namespace
