//===- ProfileTable.cpp - What was measured of a model --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/ProfileTable.h"

#include "tasd/Report/Table.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace tasd::report;
using tasd::sparsity::SeriesMetrics;

static std::string percent(double share) {
  return llvm::formatv("{0:f2} %", share * 100).str();
}

/// The series of all rows, in the order in which they come.
static std::vector<std::string> getSeries(llvm::ArrayRef<ProfileRow> rows) {
  std::vector<std::string> all;
  for (const ProfileRow &row : rows)
    for (const auto &[text, metrics] : row.series)
      if (!llvm::is_contained(all, text))
        all.push_back(text);
  return all;
}

/// The share of magnitude that a series keeps of the operand.
static std::string getKept(const ProfileRow &row, const std::string &series) {
  for (const auto &[text, metrics] : row.series)
    if (text == series)
      return percent(1 - metrics.getDroppedMagnitudeShare());
  return "-";
}

void tasd::report::printProfileTable(llvm::raw_ostream &os,
                                     llvm::ArrayRef<ProfileRow> rows) {
  std::vector<std::string> series = getSeries(rows);
  Table table;
  table.addColumn("layer", Align::Left);
  table.addColumn("input", Align::Right);
  table.addColumn("elements", Align::Right);
  table.addColumn("density", Align::Right);
  table.addColumn("pseudo-density", Align::Right);
  table.addColumn("of magnitude", Align::Right);
  for (const std::string &text : series)
    table.addColumn(text + " keeps", Align::Right);
  for (const ProfileRow &row : rows) {
    std::vector<std::string> cells = {
        row.layer,
        std::to_string(row.input),
        llvm::formatv("{0:n}", row.metrics.numElements).str(),
        percent(row.metrics.getDensity()),
        percent(row.pseudoDensity),
        percent(row.share)};
    for (const std::string &text : series)
      cells.push_back(getKept(row, text));
    table.addRow(std::move(cells));
  }
  table.print(os);
}

static llvm::json::Value toValue(const std::string &series,
                                 const SeriesMetrics &metrics) {
  return llvm::json::Object{
      {"series", series},
      {"dropped_non_zeros", metrics.droppedNonZeros},
      {"kept_magnitude_share", 1 - metrics.getDroppedMagnitudeShare()},
      {"relative_frobenius_error", metrics.getRelativeFrobeniusError()}};
}

llvm::json::Value tasd::report::toJSON(llvm::ArrayRef<ProfileRow> rows) {
  llvm::json::Array array;
  for (const ProfileRow &row : rows) {
    llvm::json::Array series;
    for (const auto &[text, metrics] : row.series)
      series.push_back(toValue(text, metrics));
    array.push_back(
        llvm::json::Object{{"layer", row.layer},
                           {"input", row.input},
                           {"num_elements", row.metrics.numElements},
                           {"density", row.metrics.getDensity()},
                           {"pseudo_density", row.pseudoDensity},
                           {"magnitude_share", row.share},
                           {"series", std::move(series)}});
  }
  return array;
}
