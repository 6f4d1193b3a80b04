//===- LoadChannel.cpp - The unit that fills a ring -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoadChannel.h"

#include "tasd/Simulator/ProgramText.h"

using namespace tasd::simulator;

namespace {
struct IsOwn {
  RingId ring;

  bool operator()(const Load &load) { return load.ring == ring; }
  bool operator()(const Acquire &acquire) { return acquire.reader == ring; }
  bool operator()(const Release &release) { return release.reader == ring; }
  bool operator()(const Signal &signal) { return signal.unit == ring; }
  bool operator()(const Wait &wait) { return wait.unit == ring; }
  template <typename Other> bool operator()(const Other &) { return false; }
};
} // namespace

LoadChannel::LoadChannel(Context &context, RingId ring)
    : context(context), ring(ring), state(context.rings[ring]),
      name("load_" + context.program.rings[ring].name),
      walker(context.index, [&](const Instruction &instruction) {
        return std::visit(IsOwn{ring}, instruction);
      }) {}

/// The unit cannot go on; false for "nothing was done".
bool LoadChannel::block(StallCause cause) {
  blocked = lastBlock = cause;
  return false;
}

/// With one slot no move overlaps with work: that is what the array waits for.
StallCause LoadChannel::getCause(const Move &move, StallCause cause) const {
  bool isAlone = context.program.rings[ring].numSlots == 1 && move.tile > 0;
  return isAlone ? StallCause::BufferSlots : cause;
}

/// Words that have come are written; whether the tile is there.
bool LoadChannel::arrive(Ticks now, Move &move) {
  if (!move.request.done)
    return false;
  if (!move.hasMoved) {
    move.hasMoved = true;
    const DramRequest &request = move.request;
    double words = move.amount.getTotal() * context.plan.getCopies(ring);
    uint32_t level = context.program.rings[ring].level;
    move.end =
        context.writePorts[level].passStream(request.begin, request.end, words);
    move.history.add(request.end,
                     getCause(move, move.load->source
                                        ? StallCause::BufferReadPort
                                        : StallCause::DramBandwidth));
    move.history.add(move.end, StallCause::BufferWritePort);
    context.events.schedule(move.end);
  }
  return now >= move.end;
}

void LoadChannel::finish(Move &move) {
  const Load &load = *move.load;
  Operand operand = context.program.rings[ring].operand;
  uint32_t from = load.source ? context.program.rings[*load.source].level : 0;
  Amount departing = move.amount;
  departing.words += move.placeWords;
  context.emit(Traffic{from, operand, departing, {}, 0});
  // The array counts what accumulators start from.
  if (operand != Operand::Z)
    context.emit(Traffic{context.program.rings[ring].level,
                         operand,
                         {},
                         move.amount * context.plan.getCopies(ring),
                         0});
  context.emitSpan(name, "load", move.begin, move.end);
  if (context.datapath)
    context.datapath->load(load, move.tile, move.origin, numAcquired - 1);
  state.fill(move.tile, move.history);
  ++numTiles;
}

bool LoadChannel::finishMoves(Ticks now) {
  bool progressed = false;
  for (Move &move : moves)
    arrive(now, move);
  while (!moves.empty() && arrive(now, moves.front())) {
    finish(moves.front());
    moves.pop_front();
    progressed = true;
  }
  return progressed;
}

/// The move comes from the outermost level.
void LoadChannel::request(Ticks now, Move &move) {
  Ticks ready = now + context.getLatency();
  move.history.add(ready, getCause(move, StallCause::DmaLatency));
  move.request.position = walker.getPosition();
  move.request.ready = ready;
  move.placeWords = context.plan.getPlaceWords(move.load->argument, ring);
  move.request.work =
      context.dramRead.getWork(move.amount.getTotal() + move.placeWords);
  context.dramRead.submit(move.request);
}

/// The move comes from another ring.
void LoadChannel::copy(Ticks now, Move &move) {
  uint32_t level = context.program.rings[*move.load->source].level;
  Port::Times times =
      context.readPorts[level].request(now, move.amount.getTotal());
  move.request.done = true;
  move.request.begin = now;
  move.request.end = std::max(times.passed, times.banks);
}

bool LoadChannel::issueLoad(Ticks now, const Load &load) {
  bool isSums = context.program.rings[ring].operand == Operand::Z;
  if (!state.hasFree())
    return block(isSums ? StallCause::AccumulatorSlots
                        : StallCause::BufferSlots);
  uint64_t tile = state.issue();
  WaitHistory history;
  history.add(now, lastBlock);
  if (!load.revisits.empty() && !walker.isRevisit(load.revisits)) {
    state.fill(tile, history);
    return true;
  }
  std::array<int64_t, 3> origin = {walker.evaluate(load.origin.batch),
                                   walker.evaluate(load.origin.row),
                                   walker.evaluate(load.origin.column)};
  if (!load.revisits.empty() &&
      !context.stored.count({load.argument, origin[0], origin[1], origin[2]}))
    context.fail(walker.getPlace(), "no store has written what it reads");
  moves.emplace_back();
  Move &move = moves.back();
  move.load = &load;
  move.place = walker.getPlace();
  move.tile = tile;
  move.origin = origin;
  move.amount = context.plan.getTile(load, origin[1], origin[2]);
  move.begin = now;
  move.history = history;
  if (load.source)
    copy(now, move);
  else
    request(now, move);
  return true;
}

/// Runs one instruction; whether it could.
bool LoadChannel::issue(Ticks now) {
  const Instruction &instruction = *walker.get();
  if (const auto *load = std::get_if<Load>(&instruction))
    return issueLoad(now, *load);
  if (const auto *wait = std::get_if<Wait>(&instruction)) {
    if (!wait->revisits.empty() && !walker.isRevisit(wait->revisits))
      return true;
    if (context.tokens[wait->token] == 0)
      return block(StallCause::PartialSums);
    --context.tokens[wait->token];
    return true;
  }
  if (const auto *acquire = std::get_if<Acquire>(&instruction)) {
    if (!context.rings[acquire->ring].isFull(numAcquired))
      return block(StallCause::BufferSlots);
    ++numAcquired;
    return true;
  }
  // Whoever reads a tile or hears of it has to find all moves done.
  if (!moves.empty())
    return block(StallCause::BufferSlots);
  if (const auto *release = std::get_if<Release>(&instruction))
    context.rings[release->ring].release();
  if (const auto *signal = std::get_if<Signal>(&instruction))
    ++context.tokens[signal->token];
  return true;
}

void LoadChannel::note(Ticks now) {
  if (!moves.empty())
    account.work(now);
  else if (walker.get())
    account.stall(now, lastBlock);
  else
    account.finish(now);
}

bool LoadChannel::advance(Ticks now) {
  bool progressed = finishMoves(now);
  blocked.reset();
  while (walker.get() && !context.error && issue(now)) {
    walker.next();
    progressed = true;
  }
  note(now);
  return progressed;
}

std::string LoadChannel::describeWait() const {
  if (isFinished() || !blocked)
    return "";
  return describeInstruction(context.program, walker.getPlace()) +
         " waits for " + simulator::getName(*blocked).str();
}
