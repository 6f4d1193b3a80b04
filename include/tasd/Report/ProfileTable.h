//===- ProfileTable.h - What was measured of a model ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_PROFILETABLE_H
#define TASD_REPORT_PROFILETABLE_H

#include "tasd/Sparsity/Metrics.h"

#include "llvm/Support/JSON.h"

namespace tasd::report {

/// An operand as the table shows it.
struct ProfileRow {
  std::string layer;
  int64_t input = 0;
  sparsity::TensorMetrics metrics;
  /// The share of elements that holds the share `share` of the magnitude.
  double pseudoDensity = 0, share = 0;
  /// What each series that was measured keeps and drops, by its text.
  std::vector<std::pair<std::string, sparsity::SeriesMetrics>> series;
};

/// Writes an aligned table, with a column for each series of some row.
void printProfileTable(llvm::raw_ostream &os, llvm::ArrayRef<ProfileRow> rows);

/// The rows as JSON, keys in snake_case.
llvm::json::Value toJSON(llvm::ArrayRef<ProfileRow> rows);

} // namespace tasd::report

#endif // TASD_REPORT_PROFILETABLE_H
