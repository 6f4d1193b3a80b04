//===- Clock.cpp - Time of the simulator ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Clock.h"

#include <cmath>

using namespace tasd::simulator;

Ticks tasd::simulator::toTicks(double cycles) {
  // A share such as 2/6 may end a hair above a whole number.
  return static_cast<Ticks>(std::ceil(cycles * kTicksPerCycle - 1e-3));
}

Ticks tasd::simulator::getDuration(double words, double wordsPerCycle) {
  return std::isinf(wordsPerCycle) ? 0 : toTicks(words / wordsPerCycle);
}

void EventQueue::schedule(Ticks time) { times.push(time); }

Ticks EventQueue::pop() {
  Ticks time = times.top();
  while (!times.empty() && times.top() == time)
    times.pop();
  return time;
}
