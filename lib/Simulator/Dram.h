//===- Dram.h - The channel to the outermost level ------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One way of the channel, read or write, at its rate. It serves one request at
// a time, of those that wait the one that is needed soonest: whose instruction
// the program comes to first. One that comes later and is needed sooner takes
// over where a burst ends, a burst being a line of the level. It never rests
// while a request waits.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_DRAM_H
#define TASD_LIB_SIMULATOR_DRAM_H

#include "Clock.h"

#include <cstddef>

namespace tasd::simulator {

/// A request, owned by who makes it. `done` once all of it has passed.
struct DramRequest {
  /// When it is needed, as the position of its instruction in the program.
  uint64_t position = 0;
  /// When its first word can pass.
  Ticks ready = 0;
  /// Of the channel.
  Ticks work = 0;
  bool done = false;
  Ticks begin = 0, end = 0;
};

class DramServer {
public:
  DramServer(EventQueue &events, double wordsPerCycle, int64_t burstWords);

  /// Ticks that `words` take.
  Ticks getWork(double words) const;
  /// Takes `request` on, which has to outlive its service.
  void submit(DramRequest &request);
  /// Serves up to `now`. Whether a request was done.
  bool advance(Ticks now);

  /// Ticks at work, up to what has been done.
  Ticks getBusy() const { return busy; }

private:
  bool finish(Ticks now);
  void preempt(Ticks now);
  void start(Ticks now);

  EventQueue &events;
  double wordsPerCycle;
  Ticks burst;
  Ticks busy = 0;
  /// In the order of submission.
  std::vector<DramRequest *> waiting;
  DramRequest *current = nullptr;
  Ticks sliceBegin = 0, sliceEnd = 0;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_DRAM_H
