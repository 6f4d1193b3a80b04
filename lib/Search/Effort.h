//===- Effort.h - How long to search ----------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is left of the limits of a search.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_EFFORT_H
#define TASD_LIB_SEARCH_EFFORT_H

#include "tasd/Search/Strategy.h"

namespace tasd::search {

class Effort {
public:
  explicit Effort(const Limits &limits)
      : statesLeft(limits.maxStates),
        maxWidth(static_cast<size_t>(limits.maxWidth)) {
    if (limits.time)
      deadline = Clock::now() + *limits.time;
  }

  size_t getMaxWidth() const { return maxWidth; }
  void spend(int64_t states) { statesLeft -= states; }
  bool isSpent() const {
    return statesLeft < 0 || (deadline && Clock::now() > *deadline);
  }

private:
  using Clock = std::chrono::steady_clock;

  int64_t statesLeft;
  size_t maxWidth;
  std::optional<Clock::time_point> deadline;
};

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_EFFORT_H
