//===- TasderCompensation.cpp - Searches with compensated weights ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where --compensate changes the job: the errors that proposals go by, the
// weights of trials, and those of the module that is written, which the pass
// computes.
//
//===----------------------------------------------------------------------===//

#include "TasderJob.h"

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"

#include <cmath>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::OperandPlanAttr;
using mlir::tasd::PlanCandidate;

ComposeWeights TasderJob::getComposeWeights() {
  if (request.pruned)
    return getComposeScored();
  if (!compensated)
    return composeKept;
  return [this](LayerInput place, OperandPlanAttr plan,
                const sparsity::TensorView &dense,
                const sparsity::MutableTensorView &target) {
    return compensated->compose(place, plan, dense, target);
  };
}

/// The different plans of an input among candidates that decompose it when
/// compiled.
static SmallVector<OperandPlanAttr>
collectPlans(ArrayRef<PlanCandidate> candidates, unsigned input) {
  llvm::SetVector<OperandPlanAttr> plans;
  for (const PlanCandidate &candidate : candidates)
    if (OperandPlanAttr plan = candidate.plan.getInputs()[input];
        plan && plan.getTime() == mlir::tasd::DecomposeTime::CompileTime)
      plans.insert(plan);
  return plans.takeVector();
}

/// Sets the output errors of an input's candidates to what compensation leaves.
LogicalResult TasderJob::estimateCompensated(size_t layer, unsigned input) {
  const mlir::tasd::PlanLayer &planLayer = planProblem->getLayers()[layer];
  SmallVector<OperandPlanAttr> plans =
      collectPlans(planLayer.candidates, input);
  // What a plan drops that was there before is not counted.
  if (plans.empty() || planLayer.isKept)
    return success();
  std::vector<sparsity::Series> series;
  for (OperandPlanAttr plan : plans)
    series.push_back(plan.getSeries().getSeries());
  auto shares = compensated->estimateErrors(positions[layer], input,
                                            plans.front().getAlong(), series);
  if (failed(shares) || !*shares)
    return failure(failed(shares));
  for (auto [i, candidate] : llvm::enumerate(planLayer.candidates)) {
    auto *plan = llvm::find(plans, candidate.plan.getInputs()[input]);
    search::ErrorFigures errors =
        getProblem().layers[layer].candidates[i].errors;
    if (plan == plans.end() || !std::isfinite(errors.squaredOutput))
      continue;
    errors.squaredOutput =
        (**shares)[plan - plans.begin()] + candidate.outputErrors[1 - input];
    planProblem->setErrors(layer, i, errors);
  }
  return success();
}

LogicalResult TasderJob::estimateCompensated() {
  if (!compensated)
    return success();
  int64_t numLayers = static_cast<int64_t>(getProblem().layers.size());
  for (int64_t layer = 0; layer < numLayers; ++layer) {
    progress.show("estimating compensated errors", layer, numLayers);
    for (unsigned input : {0, 1})
      if (failed(estimateCompensated(layer, input)))
        return failure();
  }
  return success();
}

/// Makes a copy of the module with the plans of a choice.
LogicalResult TasderJob::makePlanned(const search::Choice &choice) {
  planProblem->apply(choice);
  planned = module.clone();
  if (request.pruned)
    replaceScored();
  if (!compensated)
    return success();
  progress.show("compensating weights");
  mlir::tasd::CompensateOptions options;
  options.file = compensated->getProfilePath();
  options.damping = compensated->getOptions().damping;
  PassManager pm(module.getContext());
  pm.addPass(mlir::tasd::createCompensate(options));
  return pm.run(*planned);
}
