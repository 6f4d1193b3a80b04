//===- Energy.cpp - What a simulation spends ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/Energy.h"

#include "Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"

using namespace tasd;
using namespace tasd::simulator;

EnergyMeter::EnergyMeter(const Program &program,
                         const machine::Machine &machine)
    : program(program), machine(machine) {}

/// A line's energy is shared by its words, and a metadata access' by its bits.
void EnergyMeter::onTraffic(const Traffic &traffic) {
  const machine::MemoryLevel &level = machine.levels[traffic.level];
  const machine::LevelEnergy &energy =
      machine.getEnergy().levels[traffic.level];
  double pj = (traffic.reads.words * energy.readPj +
               (traffic.fills.words + traffic.updates) * energy.writePj) /
              level.lineWords;
  if (level.metadata.widthBits)
    pj += (traffic.reads.metadataBits * energy.metadataReadPj +
           traffic.fills.metadataBits * energy.metadataWritePj) /
          level.metadata.widthBits;
  levelPj[{traffic.level, traffic.operand}] += pj;
}

void EnergyMeter::onMacs(const MacCount &count) {
  macs.done += count.done;
  macs.dense += count.dense;
}

void EnergyMeter::onDecompose(const DecomposeCount &count) {
  const machine::TasdEnergy &energy = machine.getEnergy().tasd;
  tasdPj +=
      (count.blocks * energy.blockPj + count.keptElements * energy.keptPj) *
      count.words;
}

double EnergyMeter::getLevelPj(uint32_t level, Operand operand) const {
  auto it = levelPj.find({level, operand});
  return it == levelPj.end() ? 0 : it->second;
}

/// Whether units read the argument as an input of the array, through a ring or
/// past the buffers.
static bool isInput(const Program &program, ArgumentId argument) {
  auto reads = [&](const InputSource &source) {
    return !source.ring && source.argument == argument;
  };
  return llvm::any_of(program.instructions, [&](const Instruction &each) {
    if (const auto *load = std::get_if<Load>(&each))
      return !load->source && load->argument == argument &&
             program.rings[load->ring].operand != Operand::Z;
    if (const auto *decompose = std::get_if<Decompose>(&each))
      return reads(decompose->a);
    const auto *multiply = std::get_if<Multiply>(&each);
    return multiply && (reads(multiply->a) || reads(multiply->b));
  });
}

/// A multiply-add has the type of the wider input.
static sparsity::ElementType getMacType(const Program &program) {
  sparsity::ElementType widest = sparsity::ElementType::SI8;
  for (auto [id, argument] : llvm::enumerate(program.arguments)) {
    auto type =
        std::visit([](const auto &each) { return each.type; }, argument);
    if (getByteWidth(type) > getByteWidth(widest) && isInput(program, id))
      widest = type;
  }
  return widest;
}

double EnergyMeter::getMacPj() const {
  const machine::MacEnergy *energy =
      machine.getMacEnergy(getMachineType(getMacType(program)));
  double skipped = std::max(0.0, macs.dense - macs.done);
  return (energy ? macs.done * energy->energyPj : 0) +
         skipped * machine.getEnergy().skippedMacPj;
}

double EnergyMeter::getTotalPj() const {
  double total = getMacPj() + tasdPj;
  for (auto [key, pj] : levelPj)
    total += pj;
  return total;
}

StatisticGroup EnergyMeter::getStatistics() const {
  StatisticGroup group{"energy", "What the run spends.", {}, {}};
  group.add("total", "pj", "All of the below.", getTotalPj());
  group.add("mac", "pj", "Of multiply-adds, done and skipped.", getMacPj());
  group.add("tasd", "pj", "Of the TASD units.", tasdPj);
  for (auto [key, pj] : levelPj)
    group.add(machine.levels[key.first].name + "_" +
                  llvm::StringRef("abz").substr(size_t(key.second), 1).str(),
              "pj", "Of a level for an operand.", pj);
  return group;
}

llvm::Error tasd::simulator::verifyEnergy(const Program &program,
                                          const machine::Machine &machine) {
  llvm::StringRef type = getMachineType(getMacType(program));
  if (machine.getMacEnergy(type))
    return llvm::Error::success();
  return llvm::createStringError("expected a type that machine " +
                                 machine.name + " multiplies but got " + type);
}
