//===- TasdUnits.cpp - The units that extract terms -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TasdUnits.h"

#include "tasd/Simulator/ProgramText.h"

using namespace tasd::simulator;

TasdUnits::TasdUnits(Context &context)
    : context(context),
      walker(context.index,
             [&](const Instruction &instruction) {
               if (const auto *acquire = std::get_if<Acquire>(&instruction))
                 return !acquire->reader;
               return std::holds_alternative<Decompose>(instruction);
             }),
      read(context), numAcquired(context.program.rings.size()) {}

bool TasdUnits::isReady(uint64_t index, int64_t pass, int64_t numPasses) const {
  if (index != current)
    return index < current;
  return partsDone * numPasses >= (pass + 1) * numParts;
}

void TasdUnits::finish(const Decompose &decompose) {
  const DecomposePlan &plan = context.plan.getDecompose(walker.getPlace());
  context.emit(Traffic{plan.source.level, Operand::A, plan.amount, {}, 0});
  context.emit(plan.count);
  context.emitSpan("tasd", "decompose", begin, workEnd);
  ++current;
  partsDone = 0;
}

/// Works on one part of a tile; true when the tile is done.
bool TasdUnits::issue(Ticks now, const Decompose &decompose) {
  const DecomposePlan &plan = context.plan.getDecompose(walker.getPlace());
  if (isWorking) {
    if (now < workEnd || !read.isDone(now))
      return false;
    isWorking = false;
    history = {};
    for (WaitHistory::Part part : read.getHistory().getParts())
      history.add(part.end, part.cause);
    history.add(workEnd, StallCause::TasdUnits);
    if (++partsDone == numParts) {
      finish(decompose);
      return true;
    }
  } else if (current > entered + 1) {
    return false;
  } else {
    begin = now;
    numParts = plan.numParts;
  }
  isWorking = true;
  read.start(now, plan.source.level, plan.amount * (1.0 / numParts),
             walker.getPosition());
  workEnd = now + plan.workOfPart;
  busy += plan.workOfPart;
  context.events.schedule(workEnd);
  return false;
}

bool TasdUnits::advance(Ticks now) {
  bool progressed = false;
  int64_t before = partsDone;
  while (const Instruction *instruction = walker.get()) {
    if (const auto *acquire = std::get_if<Acquire>(instruction)) {
      bool isA = context.program.rings[acquire->ring].operand == Operand::A;
      uint64_t &tile = numAcquired[acquire->ring];
      if (isA && !context.rings[acquire->ring].isFull(tile))
        break;
      ++tile;
    } else if (!issue(now, std::get<Decompose>(*instruction))) {
      break;
    }
    walker.next();
    progressed = true;
  }
  return progressed || partsDone != before;
}

std::string TasdUnits::describeWait() const {
  if (isFinished() || isWorking)
    return "";
  return describeInstruction(context.program, walker.getPlace()) +
         (std::holds_alternative<Acquire>(*walker.get())
              ? " waits for a tile"
              : " waits for the lanes to take terms");
}
