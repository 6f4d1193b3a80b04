//===- MachineFacts.cpp - What reports say of the machine -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/MachineFacts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace tasd;
using namespace tasd::report;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

static Value toValue(double rate) {
  return std::isfinite(rate) ? Value(rate) : Value(nullptr);
}

static Object getObject(const machine::Machine &machine, size_t position) {
  const machine::MemoryLevel &level = machine.levels[position];
  const machine::LevelEnergy &energy = machine.getEnergy().levels[position];
  bool isOfWords = level.capacityUnit == machine::CapacityUnit::Words;
  Value capacity = level.capacity == machine::kUnlimitedCapacity
                       ? Value(nullptr)
                       : Value(level.capacity);
  return Object{{"name", level.name},
                {"instances", machine.getNumInstances(position)},
                {"capacity_words", isOfWords ? capacity : Value(nullptr)},
                {"capacity_elements", isOfWords ? Value(nullptr) : capacity},
                {"read_words_per_cycle", toValue(level.readWordsPerCycle)},
                {"write_words_per_cycle", toValue(level.writeWordsPerCycle)},
                {"line_words", level.lineWords},
                {"read_pj", energy.readPj},
                {"write_pj", energy.writePj},
                {"assumed", energy.assumed}};
}

static Array getLevels(const machine::Machine &machine) {
  Array levels;
  for (size_t position : llvm::seq(machine.levels.size()))
    levels.push_back(getObject(machine, position));
  return levels;
}

static Array getMacEnergies(const machine::Machine &machine) {
  Array energies;
  for (const machine::MacEnergy &mac : machine.getEnergy().macs)
    energies.push_back(Object{{"type", mac.type},
                              {"energy_pj", mac.energyPj},
                              {"assumed", mac.assumed}});
  return energies;
}

/// Null where there are none: the operand is always dense.
static Value getPatterns(const machine::OperandSupport &support) {
  if (support.patterns.empty())
    return nullptr;
  return llvm::join(llvm::map_range(support.patterns,
                                    [](const sparsity::PatternRef &pattern) {
                                      return pattern->getText();
                                    }),
                    ", ");
}

void tasd::report::addMachineFacts(Object &object,
                                   const machine::Machine &machine) {
  object["machine_levels"] = getLevels(machine);
  object["mac_energies"] = getMacEnergies(machine);
  object["mac_units"] = machine.array.getNumMacs();
  object["clock_ghz"] = machine.clockGHz;
  object["tasd_units"] = machine.tasdUnits.count;
  object["energy_source"] = machine.getEnergy().source;
  object["patterns_a"] = getPatterns(machine.a);
  object["patterns_b"] = getPatterns(machine.b);
  object["max_terms"] = machine.series.maxTerms;
}
