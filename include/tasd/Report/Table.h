//===- Table.h - Aligned text tables ----------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_TABLE_H
#define TASD_REPORT_TABLE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace tasd::report {

enum class Align { Left, Right };

/// A table whose columns are as wide as their widest cell.
class Table {
public:
  void addColumn(std::string title, Align align);
  /// Adds a row with one cell for each column.
  void addRow(std::vector<std::string> cells);
  /// Writes the titles, a rule and the rows, two spaces between columns.
  void print(llvm::raw_ostream &os) const;

private:
  std::vector<Align> alignments;
  std::vector<std::vector<std::string>> rows = {{}};
};

} // namespace tasd::report

#endif // TASD_REPORT_TABLE_H
