//===- CostReport.h - The cost of a layer in words ------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_COSTREPORT_H
#define TASD_REPORT_COSTREPORT_H

#include "tasd/Cost/MappingSearch.h"

#include "llvm/Support/raw_ostream.h"

namespace tasd::report {

/// Writes the named parts and the text of the mapping as a JSON object. Keys
/// end in their unit; words are of 8 bits, and counts are over all instances of
/// a level.
void printCostJson(const cost::MappedCost &mapped, llvm::raw_ostream &os);

/// Writes the totals, and a table of levels and operands.
void printCostTable(const cost::Cost &cost, llvm::raw_ostream &os);

} // namespace tasd::report

#endif // TASD_REPORT_COSTREPORT_H
