//===- Port.cpp - The ports of buffers ------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Port.h"

#include <cmath>

using namespace tasd::simulator;

Port::Port(double wordsPerCycle, int64_t instances, int64_t lineWords,
           int64_t banks)
    : wordsPerCycle(wordsPerCycle * instances),
      lineWords(lineWords * instances), banks(banks) {}

/// When the port is free again.
Ticks Port::occupy(Ticks now, double words) {
  Ticks duration = getDuration(words, wordsPerCycle);
  // Nothing to pass leaves the port alone.
  if (duration == 0)
    return now;
  busy += duration;
  free = std::max(free, now) + duration;
  return free;
}

Port::Times Port::request(Ticks now, double words) {
  Ticks begin = std::max(free, now);
  double turns = std::ceil(words / (lineWords * banks));
  return {occupy(now, words),
          begin + getDuration(turns * lineWords * banks, wordsPerCycle)};
}

Ticks Port::passStream(Ticks begin, Ticks end, double words) {
  return std::max(end, occupy(begin, words));
}
