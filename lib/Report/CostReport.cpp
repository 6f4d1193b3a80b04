//===- CostReport.cpp - The cost of a layer in words ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/CostReport.h"

#include "tasd/Report/Table.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::report;
using llvm::formatv;

static void writeOperand(llvm::json::OStream &json,
                         const OperandTraffic &traffic) {
  json.object([&] {
    json.attribute("name", getName(traffic.operand));
    json.attribute("reads", traffic.reads);
    json.attribute("fills", traffic.fills);
    json.attribute("updates", traffic.updates);
    json.attribute("metadata_bits", traffic.getMetadataBits());
    json.attribute("energy_pj", traffic.energyPj);
  });
}

static std::string getText(const Mapping &mapping) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printMapping(mapping, os);
  return text;
}

static void writeLevel(llvm::json::OStream &json, const LevelCost &level) {
  json.object([&] {
    json.attribute("name", level.name);
    json.attribute("cycles", level.getCycles());
    json.attribute("energy_pj", level.energyPj);
    json.attributeArray("operands", [&] {
      for (const OperandTraffic &traffic : level.operands)
        writeOperand(json, traffic);
    });
  });
}

void tasd::report::printCostJson(const MappedCost &mapped,
                                 llvm::raw_ostream &os) {
  const Cost &cost = mapped.cost;
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("cycles", cost.cycles);
    json.attribute("energy_pj", cost.energyPj);
    json.attribute("edp_pj_cycles", cost.getEdpPjCycles());
    json.attribute("macs", cost.compute.macs);
    json.attribute("macs_skipped", cost.compute.macsSkipped);
    json.attribute("binding_level", cost.bindingLevel);
    json.attributeObject("compute", [&] {
      json.attribute("ideal_cycles", cost.compute.idealCycles);
      json.attribute("cycles", cost.compute.cycles);
      json.attribute("energy_pj", cost.compute.energyPj);
    });
    json.attributeObject("tasd_units", [&] {
      json.attribute("blocks", cost.decompose.blocks);
      json.attribute("cycles", cost.decompose.cycles);
      json.attribute("energy_pj", cost.decompose.energyPj);
    });
    json.attributeObject("dma",
                         [&] { json.attribute("cycles", cost.dma.cycles); });
    json.attributeArray("levels", [&] {
      for (const LevelCost &level : cost.levels)
        writeLevel(json, level);
    });
    json.attribute("mapping", getText(mapped.mapping));
  });
  os << "\n";
}

/// A count to whole numbers, as a person reads it.
static std::string format(double count) {
  return formatv("{0:f0}", std::round(count));
}

static std::string formatMicrojoules(double pj) {
  return formatv("{0:f3}", pj / 1e6);
}

static void printTotals(const Cost &cost, llvm::raw_ostream &os) {
  os << formatv("{0} cycles, bound by {1}", cost.cycles, cost.bindingLevel);
  // Where energies are not known they are 0.
  if (cost.energyPj != 0)
    os << formatv("; {0} uJ; EDP {1:e3} pJ*cycles",
                  formatMicrojoules(cost.energyPj), cost.getEdpPjCycles());
  os << "\n";
  os << formatv("{0} multiply-adds, {1} skipped; ideal {2} cycles\n\n",
                format(cost.compute.macs), format(cost.compute.macsSkipped),
                format(cost.compute.idealCycles));
}

static void addLevel(Table &table, const LevelCost &level) {
  std::string name = level.name, cycles = format(std::ceil(level.getCycles()));
  for (const OperandTraffic &traffic : level.operands) {
    table.addRow({name, cycles, getName(traffic.operand).str(),
                  format(traffic.reads), format(traffic.fills),
                  format(traffic.updates), format(traffic.getMetadataBits()),
                  formatMicrojoules(traffic.energyPj)});
    name.clear();
    cycles.clear();
  }
}

static void addUnits(Table &table, const std::string &name, double cycles,
                     double energyPj) {
  table.addRow({name, format(std::ceil(cycles)), "", "", "", "", "",
                formatMicrojoules(energyPj)});
}

void tasd::report::printCostTable(const Cost &cost, llvm::raw_ostream &os) {
  printTotals(cost, os);
  Table table;
  table.addColumn("level", Align::Left);
  table.addColumn("cycles", Align::Right);
  table.addColumn("operand", Align::Left);
  for (const char *title :
       {"reads", "fills", "updates", "metadata bits", "energy uJ"})
    table.addColumn(title, Align::Right);
  for (const LevelCost &level : cost.levels)
    addLevel(table, level);
  addUnits(table, "MAC", cost.compute.cycles, cost.compute.energyPj);
  if (cost.decompose.blocks > 0)
    addUnits(table, "TASD", cost.decompose.cycles, cost.decompose.energyPj);
  if (cost.bindingLevel == "DMA")
    addUnits(table, "DMA", cost.dma.cycles, /*energyPj=*/0);
  table.print(os);
}
