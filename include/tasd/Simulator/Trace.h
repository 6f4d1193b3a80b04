//===- Trace.h - The timeline of a simulation ----------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Collects what units do, and writes it in the trace format of Chrome, which
// Perfetto opens: a process for each program, a thread for each unit.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_TRACE_H
#define TASD_SIMULATOR_TRACE_H

#include "tasd/Simulator/Listener.h"

#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace tasd::simulator {

class Trace : public Listener {
public:
  /// Cycles become time by the clock.
  explicit Trace(double clockGHz) : clockGHz(clockGHz) {}

  /// The spans that follow are those of a program that begins at a cycle.
  void beginProgram(llvm::StringRef name, double startCycle);
  void onSpan(const Span &span) override;
  /// Writes the trace as JSON.
  void write(llvm::raw_ostream &os) const;

private:
  struct Event {
    size_t program, unit;
    std::string work;
    double begin, end;
  };

  size_t findUnit(llvm::StringRef name);
  double toMicroseconds(double cycles) const {
    return cycles / clockGHz / 1000;
  }

  double clockGHz;
  double startCycle = 0;
  std::vector<std::string> programs;
  /// Units of all programs, by name.
  std::vector<std::string> units;
  std::vector<Event> events;
};

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_TRACE_H
