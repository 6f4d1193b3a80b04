//===- Port.h - The ports of buffers -------------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One way of a buffer, read or write: requests pass one after the other, in the
// order in which they come. The words of a request stand in lines that are
// spread over the banks in turn; a bank gives a line in as many cycles as the
// port needs for a line of each bank. A long request therefore passes at the
// rate of the port, and a short one waits for its bank.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_PORT_H
#define TASD_LIB_SIMULATOR_PORT_H

#include "Clock.h"

#include "tasd/Machine/Machine.h"

namespace tasd::simulator {

class Port {
public:
  /// The port of all `instances` of a level together; unlimited by default.
  Port() = default;
  Port(double wordsPerCycle, int64_t instances, int64_t lineWords,
       int64_t banks);

  struct Times {
    /// When the last word has passed at the rate, and from the banks.
    Ticks passed, banks;
  };

  /// Passes `words` from `now` on.
  Times request(Ticks now, double words);
  /// Passes words that came to the port from `begin` to `end`. When the last
  /// has passed.
  Ticks passStream(Ticks begin, Ticks end, double words);

  Ticks getBusy() const { return busy; }

private:
  Ticks occupy(Ticks now, double words);

  double wordsPerCycle = machine::kUnlimitedRate;
  double lineWords = 1, banks = 1;
  Ticks free = 0;
  Ticks busy = 0;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_PORT_H
