//===- ModuleCost.h - The costs of a module's layers in words ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One row for each layer: what it costs as it is planned on one machine, beside
// what it costs dense, on the same machine or another one.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_MODULECOST_H
#define TASD_REPORT_MODULECOST_H

#include "tasd/Cost/MappingSearch.h"

#include "llvm/Support/JSON.h"

#include <variant>

namespace tasd::report {

/// A layer by a mapping, and what it costs so.
struct MappedRow {
  /// The input of the layer that is the machine's operand A.
  int64_t operandA = 0;
  /// Without a mapping where the layer runs in parts, each by its own.
  cost::MappedCost mapped;
};

struct LayerCostRow {
  std::string name;
  /// The op without its dialect.
  std::string op;
  /// As in "2:4+1:8"; "2:4 x 1:8" for lhs and rhs; empty if dense.
  std::string series;
  /// Multiplications of the dense layer; none where extents are dynamic.
  std::optional<int64_t> macs;
  /// As planned, and dense; both or none.
  std::optional<MappedRow> planned, dense;
  /// Why no machine computes it, where none does.
  std::string obstacle;
};

struct ModuleCost {
  /// Of the planned layers, and of the dense ones.
  std::string machine, baseline;
  std::string energyProfile;
  cost::Objective objective = cost::Objective::Edp;
  /// What dynamic extents count as.
  int64_t dynamicExtent = 1;
  std::vector<LayerCostRow> rows;
};

/// A part of a cost: its key in snake_case, which ends in its unit, and value.
using CostPart =
    std::pair<std::string, std::variant<int64_t, double, std::string>>;

/// The parts that layers are compared by, their keys after `prefix`. Words are
/// of 8 bits; those of the outermost level are all that it moves, metadata
/// included.
std::vector<CostPart> getComparedParts(const cost::Cost &cost,
                                       llvm::StringRef prefix = "");

/// Writes an aligned table with totals; the layers that no machine computes
/// stand below it, and are in no total.
void printModuleCost(llvm::raw_ostream &os, const ModuleCost &cost);

/// The same as JSON, with the mappings; what is unknown is null.
llvm::json::Value toJSON(const ModuleCost &cost);

} // namespace tasd::report

#endif // TASD_REPORT_MODULECOST_H
