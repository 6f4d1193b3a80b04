//===- SystemStatistics.cpp - The statistics of all components ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "System.h"

#include "tasd/Machine/MachineFile.h"

using namespace tasd;
using namespace tasd::simulator;

/// The time of a unit by what it does.
static void addAccount(StatisticGroup &group, const TimeAccount &account) {
  group.add("moving", "cycles", "With a move on its way.",
            toCycles(account.getWork()));
  group.add("finished", "cycles", "After its last instruction.",
            toCycles(account.getFinished()));
  for (size_t index = 0; index != kNumStallCauses; ++index) {
    auto cause = static_cast<StallCause>(index);
    if (account.getStall(cause))
      group.add(("waiting_" + getName(cause)).str(), "cycles",
                "Held up, with nothing on its way.",
                toCycles(account.getStall(cause)));
  }
}

static void addArray(StatisticGroup &root, const MacArray &array,
                     const Result &result) {
  StatisticGroup &group = root.addGroup(
      "array", "The multiply-add units; busy and stalls add up to the total.");
  group.add("busy", "cycles", "With a pass in its steps.", result.busyCycles);
  group.add("passes", "count", "Passes.", array.getNumPasses());
  group.add("macs", "count", "Multiply-adds done.", result.macs.done);
  group.add("dense_macs", "count", "Multiply-adds of the product as if dense.",
            result.macs.dense);
  StatisticGroup &stalls =
      group.addGroup("stalls", "Why it stood still, a cause at a time.");
  for (size_t index = 0; index != kNumStallCauses; ++index) {
    auto cause = static_cast<StallCause>(index);
    stalls.add(getName(cause), "cycles", getDescription(cause),
               result.getStall(cause));
  }
}

/// "abz" by operand.
static llvm::StringRef getName(Operand operand) {
  return llvm::StringRef("abz").substr(static_cast<size_t>(operand), 1);
}

static void addTraffic(StatisticGroup &group, const Traffic &traffic) {
  StatisticGroup &operand =
      group.addGroup(getName(traffic.operand), "What moves of an operand.");
  operand.add("reads", "words", "Out of the level.", traffic.reads.words);
  operand.add("fills", "words", "From outside, and zeros that sums start from.",
              traffic.fills.words);
  operand.add("updates", "words", "Of sums, from inside.", traffic.updates);
  operand.add("metadata", "bits", "Read and filled.",
              traffic.reads.metadataBits + traffic.fills.metadataBits);
}

void System::addLevels(StatisticGroup &root, const Result &result) const {
  for (auto [index, level] : llvm::enumerate(context.machine.levels)) {
    StatisticGroup &group = root.addGroup(
        level.name, "A level, over all instances that are in use.");
    bool isOutermost = index == 0;
    group.add("read_busy", "cycles", "The port reads.",
              toCycles(isOutermost ? context.dramRead.getBusy()
                                   : context.readPorts[index].getBusy()));
    group.add("write_busy", "cycles", "The port writes.",
              toCycles(isOutermost ? context.dramWrite.getBusy()
                                   : context.writePorts[index].getBusy()));
    for (const Traffic &traffic : result.traffic)
      if (traffic.level == index)
        addTraffic(group, traffic);
  }
}

StatisticGroup System::getStatistics(const Result &result) const {
  StatisticGroup root;
  root.name = "simulation";
  root.add("total", "cycles", "From the first request to the last word.",
           result.cycles);
  addArray(root, array, result);
  root.addGroup("tasd_units", "The units that extract terms.")
      .add("busy", "cycles", "At work.", toCycles(tasdUnits.getBusy()));
  for (const auto &load : loads) {
    StatisticGroup &group =
        root.addGroup(load->getName(), "The channel that fills a ring.");
    group.add("tiles", "count", "Tiles moved.", load->getNumTiles());
    addAccount(group, load->getAccount());
  }
  StatisticGroup &stores =
      root.addGroup("store", "The channel that writes results.");
  stores.add("tiles", "count", "Tiles moved.", store.getNumTiles());
  addAccount(stores, store.getAccount());
  addLevels(root, result);
  return root;
}

static void printRows(const StatisticGroup &group, const std::string &path,
                      llvm::raw_ostream &os) {
  for (const Statistic &statistic : group.statistics)
    os << "| `" << path << statistic.name << "` | " << statistic.unit << " | "
       << statistic.description << " |\n";
  for (const StatisticGroup &inner : group.groups)
    printRows(inner, path + inner.name + ".", os);
}

/// Those of a program that loads one ring, on a machine of one level.
void tasd::simulator::printStatisticsReference(llvm::raw_ostream &os) {
  machine::Machine machine = llvm::cantFail(machine::loadMachine("tc"));
  machine.levels.resize(1);
  machine.levels[0].name = "LEVEL";
  Program program;
  program.arguments.emplace_back();
  program.rings.emplace_back();
  program.rings[0].name = "RING";
  program.instructions.push_back(Load());
  Result result;
  result.traffic.emplace_back();
  System system(program, machine, nullptr, {});
  os << "| statistic | unit | meaning |\n| --- | --- | --- |\n";
  printRows(system.getStatistics(result), "", os);
}
