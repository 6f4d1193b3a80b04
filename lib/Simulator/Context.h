//===- Context.h - What the components share ------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_CONTEXT_H
#define TASD_LIB_SIMULATOR_CONTEXT_H

#include "Datapath.h"
#include "Dram.h"
#include "Plan.h"
#include "Port.h"
#include "Ring.h"

#include <optional>
#include <set>
#include <string>

namespace tasd::simulator {

/// What the components of one simulation share.
struct Context {
  Context(const Program &program, const machine::Machine &machine,
          llvm::ArrayRef<Listener *> listeners);

  const Program &program;
  const machine::Machine &machine;
  ProgramIndex index;
  ProgramPlan plan;
  EventQueue events;
  DramServer dramRead, dramWrite;
  /// Of each level; those of the outermost are the servers above.
  std::vector<Port> readPorts, writePorts;
  std::vector<RingState> rings;
  /// Tiles of accumulators that the array has passed on, for each ring.
  std::vector<uint64_t> numEnded;
  std::vector<uint64_t> tokens;
  /// Rings that a load channel fills.
  std::vector<bool> loaded;
  /// Tiles that stores have written: argument, batch, row and column.
  std::set<std::array<int64_t, 4>> stored;
  /// Null where no data are computed.
  Datapath *datapath = nullptr;
  /// The first mistake of the program that showed.
  std::optional<std::string> error;

  Ticks getLatency() const {
    return toTicks(static_cast<double>(machine.dmaLatencyCycles));
  }
  void emit(const Traffic &traffic) const;
  void emit(const MacCount &count) const;
  void emit(const DecomposeCount &count) const;
  void emitSpan(llvm::StringRef unit, llvm::StringRef work, Ticks begin,
                Ticks end) const;
  void fail(size_t place, const llvm::Twine &message);

private:
  llvm::ArrayRef<Listener *> listeners;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_CONTEXT_H
