//===- MacArray.cpp - The multiply-add units ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MacArray.h"

#include "tasd/Simulator/ProgramText.h"

using namespace tasd::simulator;

namespace {
struct IsOwn {
  bool operator()(const Acquire &acquire) { return !acquire.reader; }
  bool operator()(const Release &release) { return !release.reader; }
  bool operator()(const Begin &) { return true; }
  bool operator()(const End &) { return true; }
  bool operator()(const Decompose &) { return true; }
  bool operator()(const Multiply &) { return true; }
  template <typename Other> bool operator()(const Other &) { return false; }
};
} // namespace

MacArray::MacArray(Context &context, LaneLoader &lanes)
    : context(context), lanes(lanes),
      walker(context.index,
             [](const Instruction &instruction) {
               return std::visit(IsOwn(), instruction);
             }),
      readB(context), numAcquired(context.program.rings.size()),
      numBegun(context.program.rings.size()) {}

void MacArray::account(Ticks end, StallCause cause) {
  if (end <= accounted)
    return;
  stalls[static_cast<size_t>(hasStarted ? cause : StallCause::StartUp)] +=
      end - accounted;
  accounted = end;
}

/// The array waited until now for a thing with this history.
void MacArray::wait(Ticks now, const WaitHistory &history) {
  StallCause last = StallCause::BufferSlots;
  for (WaitHistory::Part part : history.getParts()) {
    account(std::min(part.end, now), part.cause);
    last = part.cause;
  }
  account(now, last);
}

bool MacArray::acquire(Ticks now, const Acquire &acquire) {
  uint64_t &tile = numAcquired[acquire.ring];
  if (!context.rings[acquire.ring].isFull(tile))
    return false;
  wait(now, context.rings[acquire.ring].getHistory(tile));
  ++tile;
  return true;
}

/// Accumulators that no channel loads start from zeros.
bool MacArray::begin(Ticks now, const Begin &begin) {
  RingState &ring = context.rings[begin.ring];
  uint64_t tile = numBegun[begin.ring];
  hasSums = begin.accumulates || walker.isRevisit(begin.revisits);
  if (!context.loaded[begin.ring]) {
    if (!ring.hasFree())
      return false;
    WaitHistory history;
    history.add(now, StallCause::AccumulatorSlots);
    ring.fill(ring.issue(), history);
  }
  if (!ring.isFull(tile))
    return false;
  wait(now, ring.getHistory(tile));
  ++numBegun[begin.ring];
  accumulators = begin.ring;
  uint32_t level = context.program.rings[begin.ring].level;
  Amount fills{context.plan.getSumWords(begin.ring) *
                   context.plan.getCopies(begin.ring),
               0};
  if (!hasSums) {
    context.writePorts[level].passStream(now, now, fills.words);
    if (context.datapath)
      context.datapath->clear(begin.ring, tile);
  }
  context.emit(Traffic{level, Operand::Z, {}, fills, 0});
  return true;
}

/// What passes the ports while the lanes work.
void MacArray::passPorts(Ticks now, const PassPlan &plan) {
  bool isSource = true;
  for (const Traffic &traffic : plan.stream) {
    if (isSource && traffic.operand == Operand::B) {
      isSource = false;
      readB.start(now, traffic.level, traffic.reads, walker.getPosition());
      continue;
    }
    Port &reads = context.readPorts[traffic.level];
    Port &writes = context.writePorts[traffic.level];
    Ticks end = std::max(reads.passStream(now, now, traffic.reads.getTotal()),
                         writes.passStream(now, now, traffic.fills.getTotal()));
    passHistory.add(end, StallCause::LanePorts);
    passEnd = std::max(passEnd, end);
  }
}

/// The first sum of products reads nothing.
void MacArray::passSums(Ticks now, const PassPlan &plan) {
  double reads = plan.sumWords;
  if (!hasSums && plan.isFirstAlongK(pass))
    reads -= plan.sumWords * plan.firstShare;
  sumReads += reads;
  uint32_t level = context.program.rings[accumulators].level;
  Ticks end =
      std::max(context.readPorts[level].passStream(now, now, reads),
               context.writePorts[level].passStream(now, now, plan.sumWords));
  passHistory.add(end, StallCause::AccumulatorPorts);
  passEnd = std::max(passEnd, end);
}

/// Begins a pass once the lanes hold their part of A.
bool MacArray::startPass(Ticks now, const Multiply &multiply,
                         const PassPlan &plan) {
  int64_t cycles = plan.steps;
  if (*isNew) {
    lanes.want(numLaneTiles);
    if (!lanes.isLoaded(numLaneTiles))
      return false;
    wait(now, lanes.getHistory(numLaneTiles));
    ++numLaneTiles;
    cycles += plan.skew;
  }
  // The first row of the first tile is there when a systolic array begins.
  if (!hasStarted && plan.skew)
    --cycles;
  hasStarted = isInPass = true;
  if (pass == 0)
    multiplyBegin = now;
  passHistory = {};
  workEnd = passEnd = now + cycles * kTicksPerCycle;
  passPorts(now, plan);
  passSums(now, plan);
  context.events.schedule(passEnd);
  return true;
}

void MacArray::finishPass() {
  busy += workEnd - accounted;
  accounted = workEnd;
  for (WaitHistory::Part part : readB.getHistory().getParts())
    passHistory.add(part.end, part.cause);
  Ticks end = std::max(passEnd, readB.getEnd());
  StallCause slowest = StallCause::BufferReadPort;
  for (WaitHistory::Part part : passHistory.getParts())
    slowest = part.cause;
  account(end, slowest);
  isInPass = false;
  ++pass;
  ++numPasses;
}

void MacArray::finishMultiply(const Multiply &multiply, const PassPlan &plan) {
  for (const Traffic &traffic : plan.stream)
    context.emit(Traffic{traffic.level, traffic.operand,
                         traffic.reads * plan.numPasses,
                         traffic.fills * plan.numPasses, 0});
  context.emit(Traffic{context.program.rings[accumulators].level,
                       Operand::Z,
                       {std::exchange(sumReads, 0), 0},
                       {},
                       plan.sumWords * plan.numPasses});
  context.emit(MacCount{plan.macs, plan.denseMacs});
  context.emitSpan("array",
                   multiply.pattern.empty() ? "mma" : "mma " + multiply.pattern,
                   multiplyBegin, accounted);
  if (context.datapath)
    context.datapath->multiply(walker, multiply, numAcquired,
                               numBegun[accumulators] - 1);
  hasSums = true;
  pass = 0;
  isNew.reset();
}

bool MacArray::multiply(Ticks now, const Multiply &multiply) {
  const PassPlan &plan = context.plan.getPasses(walker.getPlace());
  if (!isNew) {
    uint64_t tile = multiply.a.ring ? numAcquired[*multiply.a.ring] : 0;
    isNew =
        stationary.isNew(walker, multiply, plan.numPasses, tile, numDecomposed);
  }
  while (true) {
    if (!isInPass && !startPass(now, multiply, plan))
      return false;
    if (now < passEnd || !readB.isDone(now))
      return false;
    finishPass();
    if (pass != plan.numPasses)
      continue;
    finishMultiply(multiply, plan);
    return true;
  }
}

/// Runs one instruction; whether it is done.
bool MacArray::issue(Ticks now) {
  const Instruction &instruction = *walker.get();
  if (const auto *acquire = std::get_if<Acquire>(&instruction))
    return this->acquire(now, *acquire);
  if (const auto *begin = std::get_if<Begin>(&instruction))
    return this->begin(now, *begin);
  if (const auto *multiply = std::get_if<Multiply>(&instruction))
    return this->multiply(now, *multiply);
  if (const auto *release = std::get_if<Release>(&instruction))
    context.rings[release->ring].release();
  if (const auto *end = std::get_if<End>(&instruction))
    ++context.numEnded[end->ring];
  if (const auto *decompose = std::get_if<Decompose>(&instruction)) {
    ++numDecomposed;
    if (context.datapath)
      context.datapath->decompose(walker, *decompose, numAcquired);
  }
  return true;
}

bool MacArray::advance(Ticks now) {
  bool progressed = false;
  uint64_t before = numPasses;
  while (walker.get() && !context.error && issue(now)) {
    walker.next();
    progressed = true;
  }
  return progressed || numPasses != before;
}

void MacArray::finish(Ticks end) { account(end, StallCause::Drain); }

std::string MacArray::describeWait() const {
  if (isFinished() || isInPass)
    return "";
  return describeInstruction(context.program, walker.getPlace()) +
         (std::holds_alternative<Begin>(*walker.get())
              ? " waits for free accumulators"
              : " waits for a tile");
}
