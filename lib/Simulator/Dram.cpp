//===- Dram.cpp - The channel to the outermost level ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Dram.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace tasd::simulator;

DramServer::DramServer(EventQueue &events, double wordsPerCycle,
                       int64_t burstWords)
    : events(events), wordsPerCycle(wordsPerCycle),
      burst(getDuration(burstWords, wordsPerCycle)) {}

Ticks DramServer::getWork(double words) const {
  return getDuration(words, wordsPerCycle);
}

void DramServer::submit(DramRequest &request) {
  waiting.push_back(&request);
  events.schedule(request.ready);
}

/// The slice that ends now is the rest of its request, or a part of it.
bool DramServer::finish(Ticks now) {
  if (!current || now < sliceEnd)
    return false;
  busy += sliceEnd - sliceBegin;
  current->work -= sliceEnd - sliceBegin;
  DramRequest &request = *std::exchange(current, nullptr);
  if (request.work > 0) {
    waiting.insert(waiting.begin(), &request);
    return false;
  }
  request.done = true;
  request.end = sliceEnd;
  return true;
}

/// Ends the current slice at the next burst.
void DramServer::preempt(Ticks now) {
  auto isFirst = [&](const DramRequest *request) {
    return request->ready <= now && request->position < current->position;
  };
  if (!llvm::any_of(waiting, isFirst))
    return;
  Ticks elapsed = burst ? llvm::alignTo(now - sliceBegin, burst) : 0;
  if (elapsed >= current->work || sliceBegin + elapsed >= sliceEnd)
    return;
  sliceEnd = sliceBegin + elapsed;
  events.schedule(sliceEnd);
}

void DramServer::start(Ticks now) {
  auto best = waiting.end();
  for (auto it = waiting.begin(); it != waiting.end(); ++it)
    if ((*it)->ready <= now &&
        (best == waiting.end() || (*it)->position < (*best)->position))
      best = it;
  if (best == waiting.end())
    return;
  current = *best;
  waiting.erase(best);
  if (!current->begin)
    current->begin = now;
  sliceBegin = now;
  sliceEnd = now + current->work;
  events.schedule(sliceEnd);
}

bool DramServer::advance(Ticks now) {
  bool progressed = finish(now);
  if (current)
    preempt(now);
  if (current && sliceEnd <= now)
    progressed |= finish(now);
  if (!current)
    start(now);
  return progressed;
}
