//===- RunSum.cpp - What products take one after the other ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/RunSum.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace tasd::cost;

static void add(OperandTraffic &sum, const OperandTraffic &traffic) {
  sum.reads += traffic.reads;
  sum.fills += traffic.fills;
  sum.updates += traffic.updates;
  sum.metadataReadBits += traffic.metadataReadBits;
  sum.metadataFillBits += traffic.metadataFillBits;
  sum.energyPj += traffic.energyPj;
}

/// Mappings differ in what a level keeps.
static void add(LevelCost &sum, const LevelCost &level) {
  for (const OperandTraffic &traffic : level.operands) {
    auto *same = llvm::find_if(sum.operands, [&](const OperandTraffic &known) {
      return known.operand == traffic.operand;
    });
    if (same == sum.operands.end())
      sum.operands.push_back(traffic);
    else
      add(*same, traffic);
  }
  llvm::sort(sum.operands,
             [](auto &a, auto &b) { return a.operand < b.operand; });
  sum.readCycles += level.readCycles;
  sum.writeCycles += level.writeCycles;
  sum.energyPj += level.energyPj;
}

static void add(ComputeCost &sum, const ComputeCost &compute) {
  sum.macs += compute.macs;
  sum.macsSkipped += compute.macsSkipped;
  sum.idealCycles += compute.idealCycles;
  sum.cycles += compute.cycles;
  sum.energyPj += compute.energyPj;
}

static void add(DecomposeCost &sum, const DecomposeCost &decompose) {
  sum.blocks += decompose.blocks;
  sum.cycles += decompose.cycles;
  sum.energyPj += decompose.energyPj;
}

static void add(Cost &sum, const Cost &cost) {
  sum.energyPj += cost.energyPj;
  add(sum.compute, cost.compute);
  add(sum.decompose, cost.decompose);
  sum.dma.cycles += cost.dma.cycles;
  for (auto [level, other] : llvm::zip_equal(sum.levels, cost.levels))
    add(level, other);
}

/// The level that binds most of the cycles, of equals the first met.
static std::string findBindingLevel(llvm::ArrayRef<MappedRun> runs) {
  llvm::MapVector<llvm::StringRef, int64_t> cycles;
  for (const MappedRun &run : runs)
    cycles[run.mapped.cost.bindingLevel] += run.runCycles;
  auto *most = llvm::max_element(
      cycles, [](auto &a, auto &b) { return a.second < b.second; });
  return most->first.str();
}

MappedRun tasd::cost::addRuns(llvm::ArrayRef<MappedRun> runs) {
  MappedRun sum;
  sum.mapped.cost = runs.front().mapped.cost;
  sum.runCycles = runs.front().runCycles;
  for (const MappedRun &run : runs.drop_front()) {
    add(sum.mapped.cost, run.mapped.cost);
    sum.runCycles += run.runCycles;
  }
  const MappedRun &first = runs.front();
  sum.mapped.cost.cycles =
      sum.runCycles - (first.runCycles - first.mapped.cost.cycles);
  sum.mapped.cost.bindingLevel = findBindingLevel(runs);
  return sum;
}
