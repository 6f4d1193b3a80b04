//===- TasdUnits.cpp - The units that extract terms -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TasdUnits.h"

#include "tasd/Simulator/ProgramText.h"

using namespace tasd::simulator;

static bool isRead(const Instruction &instruction) {
  if (const auto *acquire = std::get_if<Acquire>(&instruction))
    return !acquire->reader;
  return std::holds_alternative<Decompose>(instruction);
}

static bool isWork(const Instruction &instruction) {
  return std::holds_alternative<Decompose>(instruction);
}

TasdUnits::TasdUnits(Context &context)
    : context(context), reads(context.index, isRead),
      works(context.index, isWork), source(context),
      numAcquired(context.program.rings.size()) {}

bool TasdUnits::isReady(uint64_t index, int64_t pass, int64_t numPasses) const {
  if (index != hasWorked.tile)
    return index < hasWorked.tile;
  return hasWorked.round * numPasses >= (pass + 1) * numRounds;
}

bool TasdUnits::acquire(const Acquire &acquire) {
  bool isA = context.program.rings[acquire.ring].operand == Operand::A;
  uint64_t &tile = numAcquired[acquire.ring];
  if (isA && !context.rings[acquire.ring].isFull(tile))
    return false;
  ++tile;
  reads.next();
  return true;
}

/// Reads the next round; whether it did something.
bool TasdUnits::read(Ticks now) {
  if (!reads.get())
    return false;
  if (const auto *acquire = std::get_if<Acquire>(reads.get()))
    return this->acquire(*acquire);
  const DecomposePlan &plan = context.plan.getDecompose(reads.getPlace());
  if (!isReading) {
    if (hasRead.tile > hasWorked.tile + 1)
      return false;
    isReading = true;
    source.start(now, plan.source.level, plan.amount * (1.0 / plan.numRounds),
                 reads.getPosition());
    return true;
  }
  if (!source.isDone(now))
    return false;
  isReading = false;
  readHistory = source.getHistory();
  if (++hasRead.round == plan.numRounds) {
    hasRead = {hasRead.tile + 1, 0};
    context.emit(Traffic{plan.source.level, Operand::A, plan.amount, {}, 0});
    reads.next();
  }
  return true;
}

void TasdUnits::finishTile(const DecomposePlan &plan) {
  context.emit(plan.count);
  context.emitSpan("tasd", "decompose", begin, workEnd);
  hasWorked = {hasWorked.tile + 1, 0};
  works.next();
}

/// Works on the next round that is read; whether it did something.
bool TasdUnits::work(Ticks now) {
  if (!works.get())
    return false;
  const DecomposePlan &plan = context.plan.getDecompose(works.getPlace());
  if (isWorking) {
    if (now < workEnd)
      return false;
    isWorking = false;
    if (++hasWorked.round == plan.numRounds)
      finishTile(plan);
    return true;
  }
  if (!hasWorked.isBehind(hasRead) || hasWorked.tile > entered + 1)
    return false;
  if (hasWorked.round == 0)
    begin = now;
  numRounds = plan.numRounds;
  isWorking = true;
  workEnd = now + plan.workOfRound;
  busy += plan.workOfRound;
  history = readHistory;
  history.add(workEnd, StallCause::TasdUnits);
  context.events.schedule(workEnd);
  return true;
}

bool TasdUnits::advance(Ticks now) {
  bool progressed = false;
  for (bool goesOn = true; goesOn; progressed |= goesOn) {
    goesOn = read(now);
    goesOn |= work(now);
  }
  return progressed;
}

std::string TasdUnits::describeWait() const {
  if (isFinished() || isReading || isWorking)
    return "";
  const Walker &walker = hasWorked.isBehind(hasRead) ? works : reads;
  return describeInstruction(context.program, walker.getPlace()) +
         (&walker == &reads ? " waits for a tile"
                            : " waits for the lanes to take terms");
}
