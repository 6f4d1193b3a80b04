//===- WaitHistory.h - What something was late for ------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_WAITHISTORY_H
#define TASD_LIB_SIMULATOR_WAITHISTORY_H

#include "Clock.h"

#include "tasd/Simulator/Stall.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace tasd::simulator {

/// Up to when a thing was late for which cause, in order of time: whoever waits
/// for it reads there why.
class WaitHistory {
public:
  struct Part {
    Ticks end;
    StallCause cause;
  };

  /// What ends no later than the part before says nothing.
  void add(Ticks end, StallCause cause) {
    if (parts.empty() || end > parts.back().end)
      parts.push_back({end, cause});
  }
  llvm::ArrayRef<Part> getParts() const { return parts; }

private:
  llvm::SmallVector<Part, 4> parts;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_WAITHISTORY_H
