//===- Context.cpp - What the components share ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context.h"

#include "tasd/Simulator/ProgramText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace tasd::simulator;

Context::Context(const Program &program, const machine::Machine &machine,
                 llvm::ArrayRef<Listener *> listeners)
    : program(program), machine(machine), index(program),
      plan(program, machine),
      dramRead(events, machine.levels.front().readWordsPerCycle,
               machine.levels.front().lineWords),
      dramWrite(events, machine.levels.front().writeWordsPerCycle,
                machine.levels.front().lineWords),
      numEnded(program.rings.size()), tokens(program.numTokens),
      loaded(program.rings.size()), listeners(listeners) {
  for (auto [level, count] : llvm::zip(machine.levels, plan.getInstances())) {
    readPorts.emplace_back(level.readWordsPerCycle, count, level.lineWords,
                           level.banks);
    writePorts.emplace_back(level.writeWordsPerCycle, count, level.lineWords,
                            level.banks);
  }
  for (const Ring &ring : program.rings)
    rings.emplace_back(ring.numSlots);
  for (const Instruction &instruction : program.instructions)
    if (const auto *load = std::get_if<Load>(&instruction))
      loaded[load->ring] = true;
}

void Context::emit(const Traffic &traffic) const {
  for (Listener *listener : listeners)
    listener->onTraffic(traffic);
}

void Context::emit(const MacCount &count) const {
  for (Listener *listener : listeners)
    listener->onMacs(count);
}

void Context::emit(const DecomposeCount &count) const {
  for (Listener *listener : listeners)
    listener->onDecompose(count);
}

void Context::emitSpan(llvm::StringRef unit, llvm::StringRef work, Ticks begin,
                       Ticks end) const {
  for (Listener *listener : listeners)
    listener->onSpan({unit, work, toCycles(begin), toCycles(end)});
}

void Context::fail(size_t place, const llvm::Twine &message) {
  if (!error)
    error = (describeInstruction(program, place) + ": " + message).str();
}
