//===- Statistics.cpp - What a simulation counts --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/Statistics.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::simulator;

void StatisticGroup::add(llvm::StringRef name, llvm::StringRef unit,
                         llvm::StringRef description, double value) {
  statistics.push_back({name.str(), unit.str(), description.str(), value});
}

StatisticGroup &StatisticGroup::addGroup(llvm::StringRef name,
                                         llvm::StringRef description) {
  groups.push_back({name.str(), description.str(), {}, {}});
  return groups.back();
}

std::optional<double> StatisticGroup::find(llvm::StringRef path) const {
  auto [head, rest] = path.split('.');
  if (rest.empty()) {
    for (const Statistic &statistic : statistics)
      if (statistic.name == head)
        return statistic.value;
    return std::nullopt;
  }
  for (const StatisticGroup &group : groups)
    if (group.name == head)
      return group.find(rest);
  return std::nullopt;
}

/// Whole numbers as such.
static std::string getText(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15)
    return std::to_string(static_cast<int64_t>(value));
  return llvm::formatv("{0:f3}", value).str();
}

static void print(const StatisticGroup &group, llvm::raw_ostream &os,
                  const std::string &path) {
  for (const Statistic &statistic : group.statistics)
    os << llvm::formatv("{0,-44} {1,16} {2,-14} {3}\n", path + statistic.name,
                        getText(statistic.value), statistic.unit,
                        statistic.description);
  for (const StatisticGroup &inner : group.groups)
    print(inner, os, path + inner.name + ".");
}

void tasd::simulator::print(const StatisticGroup &group,
                            llvm::raw_ostream &os) {
  ::print(group, os, "");
}

llvm::json::Value tasd::simulator::toJSON(const StatisticGroup &group) {
  llvm::json::Object object;
  for (const Statistic &statistic : group.statistics)
    object[statistic.name + "_" + statistic.unit] = statistic.value;
  for (const StatisticGroup &inner : group.groups)
    object[inner.name] = toJSON(inner);
  return object;
}
