//===- PlanRemarks.cpp - What was decided, and why ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlanRemarks.h"

#include "tasd/Pass/Remarks.h"

using namespace mlir;
using namespace mlir::tasd;

/// What a layer costs as it was decided, beside dense.
static void addCosts(SmallVectorImpl<RemarkArgument> &arguments,
                     const PlanDecision &decision,
                     const machine::Machine &machine) {
  const cost::Cost &cost = decision.mapped->mapped.cost;
  const cost::Cost &dense = decision.dense->mapped.cost;
  arguments.append(
      {{"machine", machine.name},
       {"cycles", toRemarkValue(cost.cycles)},
       {"run_cycles", toRemarkValue(decision.mapped->runCycles)},
       {"binding_level", cost.bindingLevel},
       {"dense_cycles", toRemarkValue(dense.cycles)},
       {"dense_run_cycles", toRemarkValue(decision.dense->runCycles)}});
  if (machine.knowsEnergies())
    arguments.append({{"energy_pj", toRemarkValue(cost.energyPj)},
                      {"dense_energy_pj", toRemarkValue(dense.energyPj)}});
}

static void addNextBest(SmallVectorImpl<RemarkArgument> &arguments,
                        const NextBest &next) {
  arguments.append(
      {{"next_best", next.series},
       {"next_best_increase_share", toRemarkValue(next.increaseShare)}});
}

static void addSeries(SmallVectorImpl<RemarkArgument> &arguments,
                      const NamedLayer &named, const PlanDecision &decision) {
  // Without the mapping, which is long.
  PlanAttr plan = decision.plan.withMapping(nullptr);
  arguments.push_back({"plan", toRemarkValue(plan)});
  if (decision.isKept)
    arguments.push_back({"origin", "the input"});
  if (!decision.reason.empty())
    arguments.push_back({"other_input_dense", decision.reason});
  if (decision.metrics) {
    double kept = 1 - decision.metrics->getDroppedMagnitudeShare();
    arguments.push_back({"kept_magnitude_share", toRemarkValue(kept)});
    arguments.push_back({"dropped_non_zeros",
                         toRemarkValue(decision.metrics->droppedNonZeros)});
    KeptElements elements = KeptElements::get(named, decision);
    if (elements.isDataDependent)
      arguments.push_back({"sparsity", toRemarkValue(elements.getSparsity())});
  }
  if (decision.activationMetrics) {
    double kept = 1 - decision.activationMetrics->getDroppedMagnitudeShare();
    arguments.push_back(
        {"kept_activation_magnitude_share", toRemarkValue(kept)});
  }
}

void mlir::tasd::remarkDecision(const NamedLayer &named,
                                const PlanDecision &decision,
                                const machine::Machine *machine) {
  SmallVector<RemarkArgument> arguments = {{"layer", named.name}};
  bool isPlanned = decision.isKept || !decision.isDense();
  if (isPlanned)
    addSeries(arguments, named, decision);
  else
    arguments.push_back({"reason", decision.reason});
  if (decision.mapped)
    addCosts(arguments, decision, *machine);
  if (decision.nextBest)
    addNextBest(arguments, *decision.nextBest);
  isPlanned ? remarkPassed(named.layer.getOp(), kPlanPass, arguments)
            : remarkMissed(named.layer.getOp(), kPlanPass, arguments);
}

//===----------------------------------------------------------------------===//
// Sparsity
//===----------------------------------------------------------------------===//

KeptElements KeptElements::get(const NamedLayer &named,
                               const PlanDecision &decision) {
  if (!decision.metrics || !decision.plan)
    return {decision.numDenseWeights, decision.numDenseWeights, false};
  for (unsigned input : {0, 1})
    if (OperandPlanAttr operand = decision.plan.getInputs()[input];
        operand && operand.getTime() == DecomposeTime::CompileTime)
      return {decision.metrics->keptNonZeros,
              named.layer.getContraction().types[input].getNumElements(),
              !operand.getSeries().hasFixedSize()};
  return {};
}

KeptElements &KeptElements::operator+=(const KeptElements &other) {
  numKept += other.numKept;
  numElements += other.numElements;
  isDataDependent |= other.isDataDependent;
  return *this;
}

double KeptElements::getSparsity() const {
  return numElements == 0 ? 0
                          : 1 - static_cast<double>(numKept) /
                                    static_cast<double>(numElements);
}

void mlir::tasd::remarkPruning(ModuleOp module, StringRef strategy,
                               double sparsity, SeriesAttr series,
                               const KeptElements &kept) {
  remarkPassed(module, kPlanPass,
               {{"strategy", strategy.str()},
                {"sparsity", toRemarkValue(sparsity)},
                {"achieved_sparsity", toRemarkValue(kept.getSparsity())},
                {"series", series.getText()}});
}

//===----------------------------------------------------------------------===//
// Totals
//===----------------------------------------------------------------------===//

static double getEnergyPj(const search::Totals &totals) {
  return totals.energyFj / 1000.0;
}

static double getEdpPjCycles(const search::Totals &totals) {
  return getEnergyPj(totals) * totals.cycles;
}

void mlir::tasd::remarkSolution(ModuleOp module, const search::Problem &problem,
                                const search::Strategy &strategy,
                                const search::Solution &solution,
                                search::ErrorSum maxError,
                                const search::Totals &dense) {
  const search::Totals &totals = solution.totals;
  SmallVector<RemarkArgument> arguments = {
      {"strategy", strategy.name.str()},
      {"objective", cost::getName(problem.objective).str()},
      {"error_model", search::getName(problem.errorModel).str()},
      {"error", toRemarkValue(totals.error.toDouble())},
      {"max_error", toRemarkValue(maxError.toDouble())},
      {"layers", toRemarkValue(problem.layers.size())},
      {"cycles", toRemarkValue(totals.cycles)},
      {"energy_pj", toRemarkValue(getEnergyPj(totals))},
      {"edp_pj_cycles", toRemarkValue(getEdpPjCycles(totals))},
      {"dense_cycles", toRemarkValue(dense.cycles)},
      {"dense_energy_pj", toRemarkValue(getEnergyPj(dense))},
      {"dense_edp_pj_cycles", toRemarkValue(getEdpPjCycles(dense))}};
  if (std::optional<double> gap = solution.getGap(problem.objective))
    arguments.push_back({"gap_share", toRemarkValue(*gap)});
  remarkAnalysis(module, kPlanPass, arguments);
}
