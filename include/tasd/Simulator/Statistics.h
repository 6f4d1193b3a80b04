//===- Statistics.h - What a simulation counts ---------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_STATISTICS_H
#define TASD_SIMULATOR_STATISTICS_H

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace tasd::simulator {

/// One number.
struct Statistic {
  std::string name, unit, description;
  double value = 0;
};

/// The statistics of a component, and the groups of its parts.
struct StatisticGroup {
  std::string name, description;
  std::vector<Statistic> statistics;
  std::vector<StatisticGroup> groups;

  void add(llvm::StringRef name, llvm::StringRef unit,
           llvm::StringRef description, double value);
  StatisticGroup &addGroup(llvm::StringRef name, llvm::StringRef description);
  /// The value at a path, as in "array.stalls.dma_latency"; none if there is
  /// none.
  std::optional<double> find(llvm::StringRef path) const;
};

/// Writes the tree, a line for each statistic.
void print(const StatisticGroup &group, llvm::raw_ostream &os);
/// The tree as objects; keys end in the unit.
llvm::json::Value toJSON(const StatisticGroup &group);
/// Writes the reference of all statistics in Markdown.
void printStatisticsReference(llvm::raw_ostream &os);

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_STATISTICS_H
