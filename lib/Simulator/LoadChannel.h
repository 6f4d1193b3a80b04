//===- LoadChannel.h - The unit that fills a ring ------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A load channel requests its next tile as soon as a slot is free, whatever is
// on its way already. The words come when the latency of a move has passed and
// the channel to the outermost level serves them; a tile is there when the port
// of its buffer has written it. Tiles of another ring come through the ports
// alone.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_LOADCHANNEL_H
#define TASD_LIB_SIMULATOR_LOADCHANNEL_H

#include "Context.h"
#include "TimeAccount.h"

#include <deque>

namespace tasd::simulator {

class LoadChannel {
public:
  LoadChannel(Context &context, RingId ring);

  bool advance(Ticks now);
  bool isFinished() const { return !walker.get() && moves.empty(); }
  /// What it waits for; "" when it is finished.
  std::string describeWait() const;
  const TimeAccount &getAccount() const { return account; }
  llvm::StringRef getName() const { return name; }
  uint64_t getNumTiles() const { return numTiles; }

private:
  /// A tile on its way.
  struct Move {
    const Load *load;
    size_t place;
    uint64_t tile;
    std::array<int64_t, 3> origin;
    Amount amount;
    /// Of what is gathered, read beside the tile.
    double placeWords = 0;
    Ticks begin;
    DramRequest request;
    WaitHistory history;
    bool hasMoved = false;
    Ticks end = 0;
  };

  bool finishMoves(Ticks now);
  StallCause getCause(const Move &move, StallCause cause) const;
  bool arrive(Ticks now, Move &move);
  void finish(Move &move);
  bool issue(Ticks now);
  bool issueLoad(Ticks now, const Load &load);
  void request(Ticks now, Move &move);
  void copy(Ticks now, Move &move);
  bool block(StallCause cause);
  void note(Ticks now);

  Context &context;
  RingId ring;
  RingState &state;
  std::string name;
  Walker walker;
  std::deque<Move> moves;
  /// Tiles of the ring that it reads.
  uint64_t numAcquired = 0;
  uint64_t numTiles = 0;
  std::optional<StallCause> blocked;
  StallCause lastBlock = StallCause::BufferSlots;
  TimeAccount account;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_LOADCHANNEL_H
