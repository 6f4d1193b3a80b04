//===- Ring.h - The slots of a ring --------------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A ring is filled slot by slot, its tiles are read in the order in which they
// came, and its slots are free again in that order. Tiles are counted from 0
// through the program; tile i stands in slot i modulo the slots.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_RING_H
#define TASD_LIB_SIMULATOR_RING_H

#include "WaitHistory.h"

namespace tasd::simulator {

class RingState {
public:
  explicit RingState(uint32_t numSlots) : slots(numSlots) {}

  bool hasFree() const { return numIssued - numReleased < slots.size(); }
  /// Takes the next free slot; the number of its tile.
  uint64_t issue();
  /// The tile is there; so is what waits for it, once all before it are.
  void fill(uint64_t tile, const WaitHistory &history);
  bool isFull(uint64_t tile) const { return tile < numFull; }
  /// What a tile was late for.
  const WaitHistory &getHistory(uint64_t tile) const;
  /// Frees the oldest slot.
  void release() { ++numReleased; }

  uint64_t getNumIssued() const { return numIssued; }
  uint64_t getNumReleased() const { return numReleased; }

private:
  struct Slot {
    bool full = false;
    WaitHistory history;
  };

  uint64_t numIssued = 0, numFull = 0, numReleased = 0;
  std::vector<Slot> slots;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_RING_H
