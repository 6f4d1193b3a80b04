//===- Table.cpp - Aligned text tables ------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/Table.h"

#include "llvm/Support/FormatVariadic.h"

#include <cassert>

using namespace tasd::report;

void Table::addColumn(std::string title, Align align) {
  alignments.push_back(align);
  rows.front().push_back(std::move(title));
}

void Table::addRow(std::vector<std::string> cells) {
  assert(cells.size() == alignments.size() && "one cell for each column");
  rows.push_back(std::move(cells));
}

void Table::print(llvm::raw_ostream &os) const {
  std::vector<size_t> widths(alignments.size(), 0);
  for (const std::vector<std::string> &row : rows)
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  auto printRow = [&](const std::vector<std::string> &row) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      std::string padding(widths[i] - row[i].size(), ' ');
      line +=
          (i ? "  " : "") +
          (alignments[i] == Align::Right ? padding + row[i] : row[i] + padding);
    }
    os << llvm::StringRef(line).rtrim() << "\n";
  };
  printRow(rows.front());
  size_t total = 2 * (widths.size() - 1);
  for (size_t width : widths)
    total += width;
  os << std::string(total, '-') << "\n";
  for (size_t i = 1; i < rows.size(); ++i)
    printRow(rows[i]);
}
