//===- Ring.cpp - The slots of a ring -------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ring.h"

using namespace tasd::simulator;

uint64_t RingState::issue() {
  slots[numIssued % slots.size()] = Slot();
  return numIssued++;
}

void RingState::fill(uint64_t tile, const WaitHistory &history) {
  slots[tile % slots.size()] = {true, history};
  while (numFull != numIssued && slots[numFull % slots.size()].full)
    ++numFull;
}

const WaitHistory &RingState::getHistory(uint64_t tile) const {
  return slots[tile % slots.size()].history;
}
