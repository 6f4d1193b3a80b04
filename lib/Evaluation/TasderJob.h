//===- TasderJob.h - The search for the plans of a module -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The steps of tasder, each of which uses what those before it found.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_TASDERJOB_H
#define TASD_LIB_EVALUATION_TASDERJOB_H

#include "CompensatedWeights.h"
#include "TasderData.h"

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"
#include "tasd/Evaluation/TasderTool.h"
#include "tasd/Report/SearchReport.h"
#include "tasd/Search/QualitySearch.h"

namespace tasd::evaluation {

/// What a job works with, all of it read and verified.
struct TasderInputs {
  const TasderOptions &options;
  const Backend &backend;
  std::shared_ptr<const mlir::tasd::CostModel> model;
  const Metric &metric;
  QualityData &calibration;
  /// Null where there is none.
  QualityData *test;
  const search::Strategy &strategy;
  /// How candidates are pruned; null if they are not.
  const search::Pruning *pruning;
  /// The candidates; none for all that the machine runs.
  llvm::SmallVector<mlir::tasd::SeriesAttr> series;
  std::optional<llvm::GlobPattern> layers, skip;
  /// One of each text in the options.
  std::vector<llvm::GlobPattern> explained;
  /// Null if no evaluations are kept.
  search::Journal *journal;
  llvm::ThreadPoolInterface &pool;
};

class TasderJob {
public:
  TasderJob(mlir::ModuleOp module, mlir::func::FuncOp entry,
            const TasderInputs &inputs)
      : module(module), entry(entry), inputs(inputs) {}

  /// Finds the plans. Errors have been reported.
  mlir::LogicalResult run();

  /// A copy of the module with the plans, and with compensated weights if they
  /// were asked for.
  mlir::ModuleOp getPlanned() const { return *planned; }
  const report::SearchReport &getReport() const { return report; }
  /// Prints the candidates of the layers that the options name, in the order
  /// of the module.
  void explain(llvm::raw_ostream &os) const;

private:
  mlir::LogicalResult prepareRequest();
  mlir::LogicalResult addPruned();
  mlir::LogicalResult addPruned(llvm::ArrayRef<search::PruningOptions> options);
  mlir::LogicalResult addScored(llvm::ArrayRef<search::PruningOptions> options);
  mlir::InFlightDiagnostic emitFlagError(llvm::StringRef flag);
  ComposeWeights getComposeScored() const;
  void replaceScored();
  bool needsProfile() const;
  mlir::LogicalResult profile();
  mlir::LogicalResult attach(sparsity::Profile profile);
  mlir::LogicalResult buildProblem();
  mlir::LogicalResult estimateCompensated();
  mlir::LogicalResult estimateCompensated(size_t layer, unsigned input);
  mlir::LogicalResult openTrials();
  void closeUntried();
  mlir::LogicalResult runDense();
  mlir::LogicalResult search();
  mlir::LogicalResult chooseCompiled();
  mlir::LogicalResult makePlanned(const search::Choice &choice);
  mlir::FailureOr<bool> tryCompiled(const search::Choice &choice);
  mlir::FailureOr<double> scoreCompiled(const Executable &executable,
                                        const QualityData &data);
  mlir::LogicalResult verifyExplained();
  bool isExplained(llvm::StringRef name) const;

  const search::Problem &getProblem() const {
    return planProblem->getProblem();
  }
  std::vector<search::Choice> rankChoices() const;
  search::Choice getDenseChoice() const;
  std::vector<mlir::tasd::PlanAttr>
  getPlans(const search::Choice &choice) const;
  search::Evaluate getEvaluate();
  ComposeWeights getComposeWeights();
  std::vector<search::Proposer> getProposers() const;
  search::Limits getLimits() const;
  double getLeastScore() const;
  mlir::LogicalResult fail(llvm::Error error);

  std::optional<double> proveGap() const;
  void fillReport();
  void fillProposers();
  void fillPlans();
  void fillShares(report::SearchedLayer &layer, size_t index) const;

  mlir::ModuleOp module;
  mlir::func::FuncOp entry;
  const TasderInputs &inputs;
  Progress progress;
  mlir::tasd::PlanRequest request;
  std::optional<mlir::tasd::PlanProblem> planProblem;
  /// For each layer of the problem, its position among those of the module.
  std::vector<size_t> positions;
  size_t numModuleLayers = 0;
  /// Null where weights are not compensated.
  std::unique_ptr<CompensatedWeights> compensated;
  std::optional<TrialModule> trial;
  search::QualityResult found;
  search::Choice chosen;
  mlir::OwningOpRef<mlir::ModuleOp> planned;
  report::SearchReport report;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_TASDERJOB_H
