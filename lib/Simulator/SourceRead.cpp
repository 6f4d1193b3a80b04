//===- SourceRead.cpp - One read for the array ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceRead.h"

using namespace tasd::simulator;

void SourceRead::start(Ticks now, uint32_t level, const Amount &amount,
                       uint64_t position) {
  history = {};
  end = now;
  isMoving = level == 0 && amount.getTotal() > 0;
  if (isMoving) {
    ready = isFirst ? now + context.getLatency() : now;
    isFirst = false;
    request = {};
    request.position = position;
    request.ready = ready;
    request.work = context.dramRead.getWork(amount.getTotal());
    context.dramRead.submit(request);
    return;
  }
  if (amount.getTotal() == 0)
    return;
  Port::Times times = context.readPorts[level].request(now, amount.getTotal());
  history.add(times.passed, StallCause::BufferReadPort);
  history.add(times.banks, StallCause::BufferBanks);
  end = std::max(times.passed, times.banks);
  context.events.schedule(end);
}

bool SourceRead::isDone(Ticks now) {
  if (!isMoving)
    return now >= end;
  if (!request.done)
    return false;
  isMoving = false;
  end = request.end;
  history.add(ready, StallCause::DmaLatency);
  history.add(end, StallCause::DramBandwidth);
  return true;
}
