//===- StoreChannel.h - The unit that writes results ---------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The store channel writes the oldest finished accumulators to the outermost
// level, one tile at a time. Their slot is free when the last word is written.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_STORECHANNEL_H
#define TASD_LIB_SIMULATOR_STORECHANNEL_H

#include "Context.h"
#include "TimeAccount.h"

namespace tasd::simulator {

class StoreChannel {
public:
  explicit StoreChannel(Context &context);

  bool advance(Ticks now);
  bool isFinished() const { return !walker.get(); }
  std::string describeWait() const;
  const TimeAccount &getAccount() const { return account; }
  uint64_t getNumTiles() const { return numTiles; }

private:
  bool issue(Ticks now);
  bool issueStore(Ticks now, const Store &store);
  double getWords(const Store &store) const;
  void finish(const Store &store);

  Context &context;
  Walker walker;
  /// Tiles written, of each ring.
  std::vector<uint64_t> numStored;
  uint64_t numTiles = 0;
  bool isMoving = false;
  DramRequest request;
  Ticks begin = 0;
  TimeAccount account;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_STORECHANNEL_H
