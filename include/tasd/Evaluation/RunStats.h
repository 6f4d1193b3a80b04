//===- RunStats.h - What a run is beside the dense run ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_RUNSTATS_H
#define TASD_EVALUATION_RUNSTATS_H

#include "tasd/Evaluation/Compare.h"
#include "tasd/Evaluation/LayerRounding.h"
#include "tasd/Report/HTMLPage.h"
#include "tasd/Report/PlanTable.h"
#include "tasd/Report/SimulatedModule.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd::evaluation {

/// A row of the plan's table, with the layer's output error if it was measured.
struct LayerResult {
  report::LayerRow row;
  /// Why there is no output error; empty if there is one.
  std::string reason;
};

/// Time and errors of a run beside those of the same module without plans.
struct RunStats {
  /// Medians; on an accelerator the sum over its layers, by its clock. That of
  /// the dense run is NaN if there was none.
  double timeMs = 0;
  double denseTimeMs = 0;
  /// Of the results against the dense run's.
  ErrorStats error;
  /// Top-1 accuracies; none without labels.
  std::optional<Accuracy> accuracy = std::nullopt;
  std::optional<Accuracy> denseAccuracy = std::nullopt;
  /// All layers of the module; none where they were not asked for.
  std::optional<std::vector<LayerResult>> layers = std::nullopt;
  /// The same, of how they are summed up.
  std::optional<std::vector<LayerRounding>> rounding = std::nullopt;

  /// What the accelerator took; none where there is none.
  std::optional<report::SimulatedModule> accelerator = std::nullopt;

  /// Makes everything about the dense run unknown, or its results alone.
  void dropBaseline();
  void dropErrors();
  /// Dense time over time.
  double getSpeedup() const;

  /// For the reader of a terminal: the tables of the layers, the accuracies,
  /// times and errors.
  void printText(llvm::raw_ostream &os) const;
  /// A JSON object with the keys time_ms, dense_time_ms, speedup,
  /// max_abs_error, rel_error, non_finite_mismatches and, where they are known,
  /// accuracy and dense_accuracy, {num_correct, num_total, share}, and layers:
  /// the objects of report::toJSON with output_error_reason beside them. Of an
  /// accelerator those of report::getTotalsObject, and to each layer those of
  /// report::getLayerObject. Of the rounding {name, products, share_of_bound,
  /// reason} of each layer, under the key rounding. What is unknown or not
  /// finite is null.
  void printJSON(llvm::raw_ostream &os) const;
  /// The same as a page of that title, docs/Report.md.
  void printHTML(llvm::raw_ostream &os, llvm::StringRef title,
                 const report::Provenance &provenance) const;
};

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_RUNSTATS_H
