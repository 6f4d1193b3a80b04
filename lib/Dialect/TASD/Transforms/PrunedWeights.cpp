//===- PrunedWeights.cpp - Weights that scores were pruned by -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/PrunedWeights.h"

#include "Resources.h"

using namespace mlir;
using namespace mlir::tasd;

const PrunedWeights::Input *PrunedWeights::find(Operation *op, unsigned input,
                                                SeriesAttr chosen) const {
  const auto *it = llvm::find_if(inputs, [&](const Input &pruned) {
    return pruned.op == op && pruned.input == input && pruned.chosen == chosen;
  });
  return it == inputs.end() ? nullptr : it;
}

/// What a plan leaves of an input; null where it is as it was.
static const PrunedWeights::Input *findPlanned(const PrunedWeights &weights,
                                               Operation *op, PlanAttr plan,
                                               unsigned input) {
  OperandPlanAttr operand = plan.getInputs()[input];
  return operand ? weights.find(op, input, operand.getSeries()) : nullptr;
}

PlanAttr PrunedWeights::getStored(Operation *op, PlanAttr plan) const {
  SmallVector<OperandPlanAttr> plans(plan.getInputs());
  for (auto [input, operand] : llvm::enumerate(plans))
    if (const Input *pruned = findPlanned(*this, op, plan, input))
      operand = OperandPlanAttr::get(op->getContext(), pruned->stored,
                                     operand.getAlong(), operand.getTime());
  return PlanAttr::get(op->getContext(), plans, plan.getMapping());
}

void PrunedWeights::replaceInputs(Operation *op, PlanAttr plan,
                                  linalg::LinalgOp target) const {
  for (unsigned input = 0; input < plan.getInputs().size(); ++input) {
    const Input *pruned = findPlanned(*this, op, plan, input);
    if (!pruned)
      continue;
    Value before = target.getDpsInputOperand(input)->get();
    arith::ConstantOp rest = *pruned->rest;
    replaceInput(target, input, cast<ElementsAttr>(rest.getValue()));
    eraseIfDead(before);
  }
}

PrunedScope::PrunedScope(const PrunedWeights *weights, linalg::LinalgOp op,
                         PlanAttr plan) {
  for (unsigned input = 0; weights && input < plan.getInputs().size();
       ++input) {
    const auto *pruned = findPlanned(*weights, op, plan, input);
    if (!pruned)
      continue;
    OpOperand *operand = op.getDpsInputOperand(input);
    before.push_back({operand, operand->get()});
    arith::ConstantOp rest = *pruned->rest;
    operand->set(rest.getResult());
  }
}

PrunedScope::~PrunedScope() {
  for (auto [operand, value] : before)
    operand->set(value);
}
