//===- ModuleCost.cpp - The costs of a module's layers in words -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/ModuleCost.h"

#include "tasd/Report/Table.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::report;
using llvm::formatv;
using llvm::StringRef;

namespace {
/// The sums over the layers that the machines compute.
struct Totals {
  double cycles = 0, energyPj = 0;

  double getEdpPjCycles() const { return cycles * energyPj; }
};
} // namespace

static Totals addUp(const ModuleCost &cost,
                    std::optional<MappedRow> LayerCostRow::*side) {
  Totals totals;
  for (const LayerCostRow &row : cost.rows)
    if (row.*side) {
      totals.cycles += (row.*side)->mapped.cost.cycles;
      totals.energyPj += (row.*side)->mapped.cost.energyPj;
    }
  return totals;
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

/// The cells that layers and totals have in common.
static std::vector<std::string> getCells(double cycles, double denseCycles,
                                         double energyPj,
                                         double denseEnergyPj) {
  auto count = [](double number) {
    return formatv("{0:n}", static_cast<int64_t>(number)).str();
  };
  auto microjoules = [](double pj) {
    return formatv("{0:f3}", pj / 1e6).str();
  };
  // Where energies are not known they are 0.
  double denseEdp = denseCycles * denseEnergyPj;
  std::string edpLeft =
      denseEdp == 0
          ? "-"
          : formatv("{0:f2} %", cycles * energyPj / denseEdp * 100).str();
  return {count(cycles), count(denseCycles), microjoules(energyPj),
          microjoules(denseEnergyPj), edpLeft};
}

static void addRow(Table &table, const LayerCostRow &row) {
  const Cost &cost = row.planned->mapped.cost;
  const Cost &dense = row.dense->mapped.cost;
  std::vector<std::string> cells = {row.name, row.op,
                                    row.series.empty() ? "-" : row.series};
  llvm::append_range(cells, getCells(cost.cycles, dense.cycles, cost.energyPj,
                                     dense.energyPj));
  cells.push_back(cost.bindingLevel);
  table.addRow(std::move(cells));
}

static void addTotals(Table &table, const ModuleCost &cost) {
  Totals planned = addUp(cost, &LayerCostRow::planned);
  Totals dense = addUp(cost, &LayerCostRow::dense);
  std::vector<std::string> cells = {"total", "", ""};
  llvm::append_range(cells, getCells(planned.cycles, dense.cycles,
                                     planned.energyPj, dense.energyPj));
  cells.push_back("");
  table.addRow(std::move(cells));
}

static void printHeading(llvm::raw_ostream &os, const ModuleCost &cost) {
  os << formatv("{0} beside dense on {1}; mappings for {2}, energies of {3}, "
                "dynamic extents of {4}\n\n",
                cost.machine, cost.baseline, getName(cost.objective),
                cost.energyProfile, cost.dynamicExtent);
}

static void printObstacles(llvm::raw_ostream &os, const ModuleCost &cost) {
  for (const LayerCostRow &row : cost.rows)
    if (!row.planned)
      os << formatv("\nnot computed by a machine, and in no total: {0}, {1} "
                    "MACs: {2}",
                    row.name,
                    row.macs ? formatv("{0:n}", *row.macs).str() : "?",
                    row.obstacle);
}

void tasd::report::printModuleCost(llvm::raw_ostream &os,
                                   const ModuleCost &cost) {
  printHeading(os, cost);
  Table table;
  for (const char *title : {"layer", "op", "series"})
    table.addColumn(title, Align::Left);
  for (const char *title :
       {"cycles", "dense cycles", "energy uJ", "dense uJ", "EDP left"})
    table.addColumn(title, Align::Right);
  table.addColumn("bound by", Align::Left);
  for (const LayerCostRow &row : cost.rows)
    if (row.planned)
      addRow(table, row);
  if (llvm::any_of(cost.rows, [](auto &row) { return row.planned; }))
    addTotals(table, cost);
  table.print(os);
  printObstacles(os, cost);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

std::vector<CostPart> tasd::report::getComparedParts(const Cost &cost,
                                                     StringRef prefix) {
  std::vector<CostPart> parts = {
      {"cycles", cost.cycles},
      {"energy_pj", cost.energyPj},
      {"edp_pj_cycles", cost.getEdpPjCycles()},
      {"outermost_words",
       static_cast<int64_t>(std::ceil(cost.levels.front().getWords()))},
      {"binding_level", cost.bindingLevel}};
  for (CostPart &part : parts)
    part.first.insert(0, prefix);
  return parts;
}

static void addMapped(llvm::json::Object &object, StringRef prefix,
                      const MappedRow &row) {
  for (const auto &[key, value] : getComparedParts(row.mapped.cost, prefix))
    object[key] = std::visit(
        [](const auto &value) { return llvm::json::Value(value); }, value);
  object[(prefix + "operand_a").str()] = row.operandA;
  object[(prefix + "mapping").str()] = nullptr;
  if (row.mapped.mapping.levels.empty())
    return;
  std::string text;
  llvm::raw_string_ostream os(text);
  printMapping(row.mapped.mapping, os);
  llvm::json::Array levels;
  for (StringRef line : llvm::split(StringRef(text).rtrim(), '\n'))
    levels.push_back(line.str());
  object[(prefix + "mapping").str()] = std::move(levels);
}

static llvm::json::Object getObject(const LayerCostRow &row) {
  llvm::json::Object object{{"name", row.name}, {"op", row.op}};
  object["series"] = nullptr;
  if (!row.series.empty())
    object["series"] = row.series;
  object["macs"] = nullptr;
  if (row.macs)
    object["macs"] = *row.macs;
  if (row.planned) {
    addMapped(object, "", *row.planned);
    addMapped(object, "dense_", *row.dense);
  } else {
    object["obstacle"] = row.obstacle;
  }
  return object;
}

static void addTotals(llvm::json::Object &object, StringRef prefix,
                      const Totals &totals) {
  object[(prefix + "cycles").str()] = static_cast<int64_t>(totals.cycles);
  object[(prefix + "energy_pj").str()] = totals.energyPj;
  object[(prefix + "edp_pj_cycles").str()] = totals.getEdpPjCycles();
}

llvm::json::Value tasd::report::toJSON(const ModuleCost &cost) {
  llvm::json::Object object{{"machine", cost.machine},
                            {"baseline", cost.baseline},
                            {"energy_profile", cost.energyProfile},
                            {"objective", getName(cost.objective)},
                            {"dynamic_extent", cost.dynamicExtent}};
  addTotals(object, "", addUp(cost, &LayerCostRow::planned));
  addTotals(object, "dense_", addUp(cost, &LayerCostRow::dense));
  llvm::json::Array layers;
  for (const LayerCostRow &row : cost.rows)
    layers.push_back(getObject(row));
  object["layers"] = std::move(layers);
  return object;
}
