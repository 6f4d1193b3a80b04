//===- StoreChannel.cpp - The unit that writes results --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StoreChannel.h"

#include "tasd/Simulator/ProgramText.h"

using namespace tasd::simulator;

static bool isOwn(const Instruction &instruction) {
  if (const auto *signal = std::get_if<Signal>(&instruction))
    return !signal->unit;
  if (const auto *wait = std::get_if<Wait>(&instruction))
    return !wait->unit;
  return std::holds_alternative<Store>(instruction);
}

StoreChannel::StoreChannel(Context &context)
    : context(context), walker(context.index, isOwn),
      numStored(context.program.rings.size()) {}

/// Where the sums go goes out with them.
double StoreChannel::getWords(const Store &store) const {
  return context.plan.getSumWords(store.ring) +
         context.plan.getPlaceWords(store.argument, store.ring);
}

void StoreChannel::finish(const Store &store) {
  std::array<int64_t, 3> origin = {walker.evaluate(store.origin.batch),
                                   walker.evaluate(store.origin.row),
                                   walker.evaluate(store.origin.column)};
  context.stored.insert({store.argument, origin[0], origin[1], origin[2]});
  context.emit(Traffic{0, Operand::Z, {}, {}, getWords(store)});
  context.emitSpan("store", "store", begin, request.end);
  if (context.datapath)
    context.datapath->store(store, numStored[store.ring], origin);
  ++numStored[store.ring];
  context.rings[store.ring].release();
  ++numTiles;
}

bool StoreChannel::issueStore(Ticks now, const Store &store) {
  if (isMoving) {
    if (!request.done)
      return false;
    isMoving = false;
    finish(store);
    return true;
  }
  if (context.numEnded[store.ring] == numStored[store.ring])
    return false;
  isMoving = true;
  begin = now;
  request = {};
  request.ready = now;
  request.work = context.dramWrite.getWork(getWords(store));
  context.dramWrite.submit(request);
  return false;
}

bool StoreChannel::issue(Ticks now) {
  const Instruction &instruction = *walker.get();
  if (const auto *store = std::get_if<Store>(&instruction))
    return issueStore(now, *store);
  if (const auto *signal = std::get_if<Signal>(&instruction)) {
    ++context.tokens[signal->token];
    return true;
  }
  const auto &wait = std::get<Wait>(instruction);
  if (!wait.revisits.empty() && !walker.isRevisit(wait.revisits))
    return true;
  if (context.tokens[wait.token] == 0)
    return false;
  --context.tokens[wait.token];
  return true;
}

bool StoreChannel::advance(Ticks now) {
  bool progressed = false;
  while (walker.get() && issue(now)) {
    walker.next();
    progressed = true;
  }
  if (isMoving)
    account.work(now);
  else if (walker.get())
    account.stall(now, StallCause::AccumulatorSlots);
  else
    account.finish(now);
  return progressed;
}

std::string StoreChannel::describeWait() const {
  if (isFinished() || isMoving)
    return "";
  return describeInstruction(context.program, walker.getPlace()) +
         (std::holds_alternative<Store>(*walker.get())
              ? " waits for finished accumulators"
              : " waits for a token");
}
