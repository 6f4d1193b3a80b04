//===- SourceRead.h - One read for the array ------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the array reads at once: through the port of a shared buffer; or, where
// an operand passes the buffers by, through the channel to the outermost level.
// Those reads follow each other in an order that is known ahead and are
// requested so early that the first of them alone waits for the latency of a
// move.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_SOURCEREAD_H
#define TASD_LIB_SIMULATOR_SOURCEREAD_H

#include "Context.h"

namespace tasd::simulator {

class SourceRead {
public:
  explicit SourceRead(Context &context) : context(context) {}

  /// Reads `amount` at `level` from `now` on, for the instruction at a
  /// position of the program.
  void start(Ticks now, uint32_t level, const Amount &amount,
             uint64_t position);
  bool isDone(Ticks now);
  /// When it was, and what it waited for; of one that is done.
  Ticks getEnd() const { return end; }
  const WaitHistory &getHistory() const { return history; }

private:
  Context &context;
  bool isFirst = true, isMoving = false;
  DramRequest request;
  Ticks ready = 0, end = 0;
  WaitHistory history;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_SOURCEREAD_H
