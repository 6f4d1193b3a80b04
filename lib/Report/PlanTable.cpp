//===- PlanTable.cpp - The plan of a model as a table ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/PlanTable.h"

#include "tasd/Report/Table.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace tasd::report;

static std::string percent(std::optional<double> share) {
  return share ? llvm::formatv("{0:f2} %", *share * 100).str() : "-";
}

static std::string count(std::optional<int64_t> value) {
  return value ? llvm::formatv("{0:n}", *value).str() : "-";
}

static std::string scientific(std::optional<double> value) {
  return value ? llvm::formatv("{0:e2}", *value).str() : "-";
}

void tasd::report::printPlanTable(llvm::raw_ostream &os,
                                  llvm::ArrayRef<LayerRow> rows) {
  auto hasAny = [&](std::optional<double> LayerRow::*value) {
    return llvm::any_of(
        rows, [&](const LayerRow &row) { return (row.*value).has_value(); });
  };
  bool hasSparsities = hasAny(&LayerRow::sparsity);
  bool hasErrors = hasAny(&LayerRow::outputError);
  Table table;
  table.addColumn("layer", Align::Left);
  table.addColumn("op", Align::Left);
  table.addColumn("shape", Align::Left);
  table.addColumn("zeros", Align::Right);
  table.addColumn("series", Align::Left);
  table.addColumn("kept magnitude", Align::Right);
  table.addColumn("dropped non-zeros", Align::Right);
  if (hasSparsities)
    table.addColumn("sparsity", Align::Right);
  table.addColumn("MACs left", Align::Right);
  if (hasErrors)
    table.addColumn("output error", Align::Right);
  for (const LayerRow &row : rows) {
    std::vector<std::string> cells = {row.name,
                                      row.op,
                                      row.shape,
                                      percent(row.zeros),
                                      row.series.empty() ? "-" : row.series,
                                      percent(row.keptMagnitude),
                                      count(row.droppedNonZeros)};
    if (hasSparsities)
      cells.push_back(percent(row.sparsity));
    cells.push_back(percent(row.macShare));
    if (hasErrors)
      cells.push_back(scientific(row.outputError));
    table.addRow(std::move(cells));
  }
  table.print(os);
}

template <typename T> static llvm::json::Value orNull(std::optional<T> value) {
  return value ? llvm::json::Value(*value) : llvm::json::Value(nullptr);
}

llvm::json::Value tasd::report::toJSON(llvm::ArrayRef<LayerRow> rows) {
  llvm::json::Array array;
  for (const LayerRow &row : rows) {
    llvm::json::Value series(nullptr);
    if (!row.series.empty())
      series = row.series;
    array.push_back(llvm::json::Object{
        {"name", llvm::json::fixUTF8(row.name)},
        {"op", row.op},
        {"shape", row.shape},
        {"series", std::move(series)},
        {"zero_share", orNull(row.zeros)},
        {"kept_magnitude_share", orNull(row.keptMagnitude)},
        {"dropped_non_zeros", orNull(row.droppedNonZeros)},
        {"sparsity", orNull(row.sparsity)},
        {"macs", orNull(row.macs)},
        {"mac_share", row.macShare},
        {"relative_output_error", orNull(row.outputError)},
    });
  }
  return array;
}
