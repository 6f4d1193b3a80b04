//===- ComparisonReport.h - The comparison as text and JSON -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_COMPARISONREPORT_H
#define TASD_BENCHMARKS_PUBLISHED_COMPARISONREPORT_H

#include "Study.h"
#include "Summary.h"

namespace tasd::published {

/// Prints tables: each variant on each machine, and what all of them gain, of
/// the first results; the latter of the others.
void printText(const Study &study, llvm::ArrayRef<SettingResults> results,
               llvm::raw_ostream &os);

/// Prints inputs and results as one object; layers, with their energy by level,
/// of the first results. Keys end in their unit.
void printJson(const Study &study, llvm::ArrayRef<SettingResults> results,
               llvm::raw_ostream &os);

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_COMPARISONREPORT_H
