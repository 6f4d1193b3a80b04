//===- SimulatedModule.cpp - A module's layers as simulated ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SimulatedModule.h"

#include "Format.h"

#include "tasd/Report/Table.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::report;
using namespace tasd::simulator;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// What held a layer up
//===----------------------------------------------------------------------===//

/// The longest time that a port of a component was at work.
static double getBusyCycles(const StatisticGroup &component) {
  double cycles = 0;
  for (llvm::StringRef name : {"busy", "read_busy", "write_busy"})
    cycles = std::max(cycles, component.find(name).value_or(0));
  return cycles;
}

/// As the cost model names what binds.
static std::string getResourceName(const StatisticGroup &component) {
  if (component.name == "array")
    return "MAC";
  return component.name == "tasd_units" ? "TASD" : component.name;
}

std::string SimulatedLayer::getBindingResource() const {
  const StatisticGroup *longest = nullptr;
  for (const StatisticGroup &component : result.statistics.groups)
    if (!longest || getBusyCycles(component) > getBusyCycles(*longest))
      longest = &component;
  return longest ? getResourceName(*longest) : "";
}

std::optional<StallCause> SimulatedLayer::getMainStall() const {
  const double *longest = llvm::max_element(result.stallCycles);
  if (*longest == 0)
    return std::nullopt;
  return static_cast<StallCause>(longest - result.stallCycles.begin());
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

static void addTraffic(std::vector<Traffic> &sums, const Traffic &traffic) {
  auto sum = llvm::find_if(sums, [&](const Traffic &each) {
    return each.level == traffic.level && each.operand == traffic.operand;
  });
  if (sum == sums.end()) {
    sums.push_back(traffic);
    return;
  }
  sum->reads += traffic.reads;
  sum->fills += traffic.fills;
  sum->updates += traffic.updates;
}

/// The element of this name among `all`; a new one without a value if there is
/// none.
template <typename Named>
static Named &findOrAdd(std::vector<Named> &all, const Named &like) {
  auto found = llvm::find_if(
      all, [&](const Named &each) { return each.name == like.name; });
  if (found != all.end())
    return *found;
  Named &added = all.emplace_back();
  added.name = like.name;
  return added;
}

/// Cycles, words and counts of the same name add up.
static void addStatistics(StatisticGroup &sums, const StatisticGroup &group) {
  for (const Statistic &statistic : group.statistics) {
    Statistic &sum = findOrAdd(sums.statistics, statistic);
    sum.value += statistic.value;
    sum.unit = statistic.unit;
    sum.description = statistic.description;
  }
  for (const StatisticGroup &part : group.groups) {
    StatisticGroup &sum = findOrAdd(sums.groups, part);
    sum.description = part.description;
    addStatistics(sum, part);
  }
}

void SimulatedLayer::addPart(const SimulatedLayer &part) {
  int64_t cycles = result.cycles + part.result.cycles;
  utilization =
      (utilization * result.cycles + part.utilization * part.result.cycles) /
      cycles;
  result.cycles = cycles;
  result.busyCycles += part.result.busyCycles;
  for (auto [sum, stall] :
       llvm::zip(result.stallCycles, part.result.stallCycles))
    sum += stall;
  for (const Traffic &traffic : part.result.traffic)
    addTraffic(result.traffic, traffic);
  result.macs.done += part.result.macs.done;
  result.macs.dense += part.result.macs.dense;
  addStatistics(result.statistics, part.result.statistics);
  launchEnergyPj += part.launchEnergyPj;
  for (const EnergyPart &energy : part.parts.energies)
    findOrAdd(parts.energies, energy).energyPj += energy.energyPj;
  if (parts.offchipBytes && part.parts.offchipBytes)
    *parts.offchipBytes += *part.parts.offchipBytes;
}

//===----------------------------------------------------------------------===//
// Totals
//===----------------------------------------------------------------------===//

static SimulatedTotals
addUp(const SimulatedModule &module,
      std::optional<SimulatedLayer> SimulatedRow::*side) {
  SimulatedTotals totals;
  for (const SimulatedRow &row : module.rows)
    if (row.*side) {
      totals.cycles += (row.*side)->getTotals().cycles;
      totals.energyPj += (row.*side)->getTotals().energyPj;
    }
  return totals;
}

SimulatedTotals SimulatedModule::getTotals() const {
  return addUp(*this, &SimulatedRow::planned);
}

SimulatedTotals SimulatedModule::getDenseTotals() const {
  return addUp(*this, &SimulatedRow::dense);
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

/// The cells that layers and totals have in common.
static std::vector<std::string>
getCells(const SimulatedTotals &totals,
         const std::optional<SimulatedTotals> &dense) {
  if (!dense)
    return {formatCount(totals.cycles), formatMicrojoules(totals.energyPj)};
  return {formatCount(totals.cycles), formatCount(dense->cycles),
          formatMicrojoules(totals.energyPj),
          formatMicrojoules(dense->energyPj),
          formatShare(totals.getEdpPjCycles() / dense->getEdpPjCycles())};
}

/// "dram_bandwidth 12.34 %".
static std::string getStallText(const SimulatedLayer &layer) {
  std::optional<StallCause> cause = layer.getMainStall();
  if (!cause)
    return "-";
  return (getName(*cause) + " " +
          formatShare(layer.result.getStall(*cause) / layer.result.cycles))
      .str();
}

static void addRow(Table &table, const SimulatedRow &row) {
  const SimulatedLayer &layer = *row.planned;
  std::vector<std::string> cells = {row.name, row.op,
                                    row.series.empty() ? "-" : row.series};
  std::optional<SimulatedTotals> dense;
  if (row.dense)
    dense = row.dense->getTotals();
  llvm::append_range(cells, getCells(layer.getTotals(), dense));
  llvm::append_range(cells,
                     std::vector<std::string>{formatShare(layer.utilization),
                                              layer.getBindingResource(),
                                              getStallText(layer)});
  table.addRow(std::move(cells));
}

static void addTotals(Table &table, const SimulatedModule &module) {
  std::vector<std::string> cells = {"total", "", ""};
  std::optional<SimulatedTotals> dense;
  if (module.baseline)
    dense = module.getDenseTotals();
  llvm::append_range(cells, getCells(module.getTotals(), dense));
  cells.insert(cells.end(), 3, "");
  table.addRow(std::move(cells));
}

static void addColumns(Table &table, bool hasBaseline) {
  for (const char *title : {"layer", "op", "series"})
    table.addColumn(title, Align::Left);
  using Titles = std::vector<const char *>;
  for (const char *title : hasBaseline
                               ? Titles{"cycles", "dense cycles", "energy uJ",
                                        "dense uJ", "EDP left"}
                               : Titles{"cycles", "energy uJ"})
    table.addColumn(title, Align::Right);
  table.addColumn("MACs used", Align::Right);
  table.addColumn("bound by", Align::Left);
  table.addColumn("stalled most by", Align::Left);
}

static void printHostLayers(llvm::raw_ostream &os,
                            const SimulatedModule &module) {
  for (const SimulatedRow &row : module.rows)
    if (!row.planned)
      os << formatv("\ncomputed by the host, and in no total: {0}, {1} MACs: "
                    "{2}\n",
                    row.name, row.macs ? formatCount(*row.macs) : "?",
                    row.obstacle);
}

void tasd::report::printSimulatedModule(llvm::raw_ostream &os,
                                        const SimulatedModule &module) {
  os << module.machine.name;
  if (module.baseline)
    os << " beside dense on " << module.baseline->name;
  os << ", simulated; energies of " << module.machine.energyProfile << "\n\n";
  Table table;
  addColumns(table, module.baseline.has_value());
  for (const SimulatedRow &row : module.rows)
    if (row.planned)
      addRow(table, row);
  if (llvm::any_of(module.rows, [](auto &row) { return row.planned; }))
    addTotals(table, module);
  table.print(os);
  printHostLayers(os, module);
}
