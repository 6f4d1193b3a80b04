//===- TasderTool.h - The tool that finds plans -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Profiles a module on data, lets strategies propose plans for a machine and
// the model's own quality decide, and writes the module with the best plan that
// keeps it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_TASDERTOOL_H
#define TASD_EVALUATION_TASDERTOOL_H

#include "tasd/Cost/MappingSearch.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Pipelines/LinalgToLLVM.h"
#include "tasd/Report/HTMLPage.h"
#include "tasd/Search/ErrorModel.h"
#include "tasd/Search/Pruning.h"

#include <chrono>

namespace tasd::report {
struct SearchReport;
} // namespace tasd::report

namespace tasd::evaluation {

struct TasderOptions {
  /// Path of the module, text or bytecode; "-" is the standard input.
  std::string modulePath;
  /// A preset or a file.
  std::string machine;
  /// Name of the function; empty as for findEntry.
  std::string entry;

  /// Files of the arguments, one after the other: of the data that the search
  /// sees, and of those that only the winner is scored on.
  std::vector<std::string> calibrationPaths, testPaths;
  /// Files of right answers; none if empty.
  std::string labelsPath, testLabelsPath;
  /// Rows of a call where the function takes any number; 0 for all at once.
  int64_t batch = 0;

  /// A text that createMetric reads.
  std::string metric;
  /// Least quality as a share of the dense model's, above 0 and at most 1.
  double minQuality = 0.99;

  std::string strategy = "optimal";
  /// At least one: the strategy proposes by each.
  std::vector<search::ErrorModel> errorModels = {
      search::ErrorModel::OutputError, search::ErrorModel::DroppedMagnitude};
  cost::Objective objective = cost::Objective::Edp;
  /// Of a strategy that prunes, for each candidate the share of elements to
  /// leave out, and what else is asked of it.
  std::vector<double> sparsities;
  search::PruningOptions pruning;
  /// File of scores to prune by in the place of the weights'; none if empty.
  std::string scoresPath;
  /// Texts of the series that are candidates; all that the machine runs if
  /// there are none.
  std::vector<std::string> series;
  mlir::tasd::PlanSide side = mlir::tasd::PlanSide::Both;
  /// Globs of names of layers; empty for all, and for none.
  std::string layers, skip;
  int64_t dynamicExtent = 1;
  /// Whether weights that series keep make up for those dropped.
  bool isCompensated = false;

  int64_t maxEvaluations = 64;
  /// Of each proposal of a strategy that proves its answer.
  std::optional<std::chrono::milliseconds> timeLimit;
  /// Of evaluations at once; 0 for one on each processor.
  unsigned numThreads = 0;
  /// What multiplies dense layers where the module is run.
  mlir::tasd::DenseKernels dense = mlir::tasd::DenseKernels::Vector;
  /// Directory that keeps what evaluations gave; none if empty.
  std::string journalPath;

  /// File of the planned module, in bytecode if its name ends in .mlirbc; none
  /// if empty.
  std::string outputPath;
  /// File of the report in JSON, and of the same as a page; none if empty.
  std::string jsonPath, reportPath;
  /// What the page is made by.
  report::Provenance provenance;
  /// Globs of the names of layers whose candidates are printed.
  std::vector<std::string> explained;
};

/// Takes what a search found.
using TakeReport =
    llvm::function_ref<llvm::Error(const report::SearchReport &)>;

/// Does the job, and hands the report on in place of printing it and of writing
/// files. Errors have been reported.
mlir::LogicalResult runTasder(const TasderOptions &options, TakeReport take);

/// Does the job and prints the report to the standard output. Errors have been
/// reported, and no file has been written, when it fails before it prints.
mlir::LogicalResult runTasder(const TasderOptions &options);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_TASDERTOOL_H
