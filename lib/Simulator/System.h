//===- System.h - All components of a machine ----------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Builds the components and runs them: the order in which they act at one
// moment is written here and nowhere else.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_SYSTEM_H
#define TASD_LIB_SIMULATOR_SYSTEM_H

#include "LoadChannel.h"
#include "MacArray.h"
#include "StoreChannel.h"

namespace tasd::simulator {

class System {
public:
  System(const Program &program, const machine::Machine &machine,
         Datapath *datapath, llvm::ArrayRef<Listener *> listeners);

  /// Runs the program to its end. Errors: units that wait for each other.
  llvm::Error run();
  /// Adds cycles and stalls.
  void addResults(Result &result) const;
  /// The statistics of all components.
  StatisticGroup getStatistics(const Result &result) const;

private:
  bool advance(Ticks now);
  bool isFinished() const;
  llvm::Error createDeadlockError() const;
  void addLevels(StatisticGroup &root, const Result &result) const;

  Context context;
  std::vector<std::unique_ptr<LoadChannel>> loads;
  StoreChannel store;
  TasdUnits tasdUnits;
  LaneLoader lanes;
  MacArray array;
  Ticks end = 0;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_SYSTEM_H
