//===- LaneLoader.cpp - The unit that brings A to the lanes ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LaneLoader.h"

#include "tasd/Simulator/ProgramText.h"

using namespace tasd;
using namespace tasd::simulator;

bool StationaryInput::isNew(const Walker &walker, const Multiply &multiply,
                            int64_t numPasses, uint64_t tile,
                            uint64_t decomposition) {
  const TileOrigin &origin = multiply.a.origin;
  Identity identity = {multiply.a.ring ? tile : 0,
                       multiply.decomposed ? decomposition : 0,
                       multiply.term,
                       walker.evaluate(origin.batch),
                       walker.evaluate(origin.row),
                       walker.evaluate(origin.column)};
  bool stays = numPasses == 1 && held == identity;
  held = identity;
  if (numPasses != 1)
    held.reset();
  return !stays;
}

static bool isOwn(const Instruction &instruction) {
  if (const auto *acquire = std::get_if<Acquire>(&instruction))
    return !acquire->reader;
  return std::holds_alternative<Decompose>(instruction) ||
         std::holds_alternative<Multiply>(instruction);
}

/// The innermost level that keeps A: the registers of the lanes.
static bool areRegistersDouble(const machine::Machine &machine) {
  size_t level = machine.levels.size() - 1;
  while (level && !machine.levels[level].keep.a)
    --level;
  return machine.levels[level].doubleBuffered;
}

LaneLoader::LaneLoader(Context &context, TasdUnits &tasdUnits)
    : context(context), tasdUnits(tasdUnits), walker(context.index, isOwn),
      read(context), depth(areRegistersDouble(context.machine) ? 2 : 1),
      numAcquired(context.program.rings.size()) {}

const WaitHistory &LaneLoader::getHistory(uint64_t index) const {
  return histories[index % 2];
}

/// Starts to bring what a pass needs, if there is room and it is there.
bool LaneLoader::startPass(Ticks now, const Multiply &multiply,
                           const PassPlan &plan) {
  if (numLoaded >= wanted + depth)
    return false;
  if (multiply.decomposed &&
      !tasdUnits.isReady(numDecomposed - 1, pass, plan.numPasses))
    return false;
  WaitHistory &history = histories[numLoaded % 2];
  history = {};
  if (multiply.a.ring) {
    RingId ring = *multiply.a.ring;
    for (auto part :
         context.rings[ring].getHistory(numAcquired[ring] - 1).getParts())
      history.add(part.end, part.cause);
  }
  if (multiply.decomposed)
    for (auto part : tasdUnits.getHistory().getParts())
      history.add(part.end, part.cause);
  const Traffic &source = plan.fetch.front();
  read.start(now, source.level, source.reads, walker.getPosition());
  fillEnd = now;
  for (const Traffic &traffic : plan.fetch)
    fillEnd = std::max(fillEnd, context.writePorts[traffic.level].passStream(
                                    now, now, traffic.fills.getTotal()));
  context.events.schedule(fillEnd);
  isReading = true;
  return true;
}

void LaneLoader::finishPass(const PassPlan &plan) {
  WaitHistory &history = histories[numLoaded % 2];
  for (auto part : read.getHistory().getParts())
    history.add(part.end, part.cause);
  history.add(fillEnd, StallCause::LanePorts);
  for (const Traffic &traffic : plan.fetch)
    context.emit(traffic);
  isReading = false;
  ++numLoaded;
  ++pass;
}

bool LaneLoader::issueMultiply(Ticks now, const Multiply &multiply) {
  const PassPlan &plan = context.plan.getPasses(walker.getPlace());
  if (!isNew) {
    uint64_t tile = multiply.a.ring ? numAcquired[*multiply.a.ring] : 0;
    isNew =
        stationary.isNew(walker, multiply, plan.numPasses, tile, numDecomposed);
  }
  while (*isNew && pass != plan.numPasses) {
    if (!isReading && !startPass(now, multiply, plan))
      return false;
    if (now < fillEnd || !read.isDone(now))
      return false;
    finishPass(plan);
  }
  pass = 0;
  isNew.reset();
  return true;
}

/// Runs one instruction; whether it is done.
bool LaneLoader::issue(Ticks now) {
  const Instruction &instruction = *walker.get();
  if (const auto *acquire = std::get_if<Acquire>(&instruction)) {
    bool isA = context.program.rings[acquire->ring].operand == Operand::A;
    uint64_t &tile = numAcquired[acquire->ring];
    if (isA && !context.rings[acquire->ring].isFull(tile))
      return false;
    ++tile;
    return true;
  }
  if (std::holds_alternative<Decompose>(instruction)) {
    tasdUnits.enter(numDecomposed++);
    return true;
  }
  return issueMultiply(now, std::get<Multiply>(instruction));
}

bool LaneLoader::advance(Ticks now) {
  uint64_t before = numLoaded;
  bool progressed = false;
  while (walker.get() && issue(now)) {
    walker.next();
    progressed = true;
  }
  return progressed || numLoaded != before;
}

std::string LaneLoader::describeWait() const {
  if (isFinished() || isReading || numLoaded >= wanted + depth)
    return "";
  return "the lanes, at " +
         describeInstruction(context.program, walker.getPlace()) +
         ", wait for a tile of a";
}
