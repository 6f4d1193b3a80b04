//===- CandidateTable.cpp - What a layer could have taken -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SearchReport.h"
#include "tasd/Report/Table.h"

#include "Format.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd;
using namespace tasd::report;
using llvm::formatv;
using search::Candidate;

static double getObjective(const Candidate &candidate,
                           cost::Objective objective) {
  auto cycles = double(candidate.cycles), energy = double(candidate.energyFj);
  switch (objective) {
  case cost::Objective::Latency:
    return cycles;
  case cost::Objective::Energy:
    return energy;
  case cost::Objective::Edp:
    return cycles * energy;
  }
  llvm_unreachable("every objective is above");
}

/// Why a candidate must not be taken.
static std::string describeNoGain(const Candidate &candidate,
                                  const Candidate *dense,
                                  cost::Objective objective) {
  if (!dense || candidate.isDense())
    return "another mapping of the dense layer is better";
  cost::Loss loss = search::findLoss(candidate, *dense, objective);
  return (cost::describe(loss, objective) + " dense").str();
}

/// Whether `a` costs no more and errs no more than `b`.
static bool dominates(const search::Problem &problem, const Candidate &a,
                      const Candidate &b) {
  return a.errors.get(problem.errorModel) <= b.errors.get(problem.errorModel) &&
         getObjective(a, problem.objective) <=
             getObjective(b, problem.objective);
}

static std::string describe(const search::Problem &problem, size_t layer,
                            uint32_t position, uint32_t chosen) {
  const search::Layer &owner = problem.layers[layer];
  const Candidate &candidate = owner.candidates[position];
  if (position == chosen)
    return "chosen";
  if (!std::isfinite(candidate.errors.get(problem.errorModel)))
    return "its error is not finite, or its layer cannot be tried";
  if (!problem.isEligible(layer, position))
    return describeNoGain(candidate, owner.getDense(), problem.objective);
  for (uint32_t other = 0; other < owner.candidates.size(); ++other)
    if (other != position && problem.isEligible(layer, other) &&
        dominates(problem, owner.candidates[other], candidate))
      return formatv("'{0}' costs and errs no more",
                     owner.candidates[other].isDense()
                         ? "dense"
                         : getSeriesText(owner.candidates[other]))
          .str();
  return candidate.errors.get(problem.errorModel) >
                 owner.candidates[chosen].errors.get(problem.errorModel)
             ? "its error does not pay for what it saves"
             : "what is chosen saves more for its error";
}

static std::string formatKnown(std::optional<double> share) {
  return share ? formatShare(*share) : "-";
}

static std::string getShare(double part, double whole) {
  return formatShare(part / whole);
}

void tasd::report::printCandidates(llvm::raw_ostream &os,
                                   const search::Problem &problem, size_t layer,
                                   uint32_t chosen,
                                   const OperandShares &densities,
                                   llvm::ArrayRef<OperandShares> kept) {
  const search::Layer &owner = problem.layers[layer];
  const Candidate *dense = owner.getDense();
  const Candidate &base = dense ? *dense : owner.candidates.front();
  os << formatv("layer {0}: weights {1} non-zeros, activations {2}; dense "
                "{3:n} cycles, {4:f3} uJ\n\n",
                owner.name, formatKnown(densities.first),
                formatKnown(densities.second), base.cycles,
                double(base.energyFj) / 1e9);
  Table table;
  table.addColumn("series", Align::Left);
  for (const char *title :
       {"mapping", "kept magnitude", "cycles left", "energy left", "EDP left"})
    table.addColumn(title, Align::Right);
  for (search::ErrorModel model : search::kErrorModels)
    table.addColumn(search::getName(model).str(), Align::Right);
  table.addColumn("reason", Align::Left);
  for (uint32_t i = 0; i < owner.candidates.size(); ++i) {
    const Candidate &candidate = owner.candidates[i];
    std::vector<std::string> cells = {
        candidate.isDense() ? "-" : getSeriesText(candidate),
        std::to_string(candidate.mapping),
        formatKept(kept[i].first, kept[i].second),
        getShare(double(candidate.cycles), double(base.cycles)),
        getShare(double(candidate.energyFj), double(base.energyFj)),
        getShare(getObjective(candidate, cost::Objective::Edp),
                 getObjective(base, cost::Objective::Edp))};
    for (search::ErrorModel model : search::kErrorModels)
      cells.push_back(formatv("{0:e3}", candidate.errors.get(model)).str());
    cells.push_back(describe(problem, layer, i, chosen));
    table.addRow(std::move(cells));
  }
  table.print(os);
}
