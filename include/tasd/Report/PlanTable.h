//===- PlanTable.h - The plan of a model as a table -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One row for each layer: what it is, what was planned, what that keeps.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_PLANTABLE_H
#define TASD_REPORT_PLANTABLE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tasd::report {

/// A layer as the tables show it.
struct LayerRow {
  std::string name;
  /// The op without its dialect, as in "conv_2d_nhwc_hwcf".
  std::string op;
  /// Shape of the weights, else of the planned operand: "3x3x64x128".
  std::string shape;
  /// The series, as in "2:4+1:8"; "2:4 x 1:8" for lhs and rhs; empty if dense.
  std::string series;
  /// Share of zeros of the weights, 0 to 1; none where they are not constant.
  std::optional<double> zeros;
  /// Share of the weights' magnitude that the series keeps, 0 to 1.
  std::optional<double> keptMagnitude;
  /// Non-zeros of the weights that the series drops.
  std::optional<int64_t> droppedNonZeros;
  /// Share of the weights that are zero or dropped, 0 to 1; none where the
  /// series says it by itself.
  std::optional<double> sparsity;
  /// Multiplications of the dense layer; none where extents are dynamic.
  std::optional<int64_t> macs;
  /// Share of the multiplications that is left, 0 to 1.
  double macShare = 1;
  /// Relative L2 error of the layer's output, its inputs being the dense
  /// model's; none where it was not measured.
  std::optional<double> outputError;
};

/// Writes an aligned table. The columns of sparsities and of output errors
/// appear when a row has one.
void printPlanTable(llvm::raw_ostream &os, llvm::ArrayRef<LayerRow> rows);

/// The rows as JSON, keys in snake_case; unknown values are null.
llvm::json::Value toJSON(llvm::ArrayRef<LayerRow> rows);

} // namespace tasd::report

#endif // TASD_REPORT_PLANTABLE_H
