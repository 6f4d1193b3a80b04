//===- Accelerator.h - Machines for random programs -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A machine that runs whatever series is drawn, so small that the tiles of
// random programs are many, and the simulator that runs launches on it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_ACCELERATOR_H
#define TASD_UNITTESTS_DIFFERENTIAL_ACCELERATOR_H

#include "tasd/Machine/Machine.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>

namespace tasd::differential {

/// What ran on the accelerator.
struct SimulationCounts {
  size_t launches = 0;
  /// That the TASD units extracted terms of.
  double blocks = 0;
};

/// The machine number `index`: the ways in which programs come to be differ.
class Accelerator {
public:
  /// There are this many.
  static constexpr unsigned kNumMachines = 4;
  /// All of them hold a block of this size, of each input.
  static constexpr int64_t kMaxBlockSize = 256;

  explicit Accelerator(unsigned index);
  ~Accelerator();
  Accelerator(const Accelerator &) = delete;

  /// Its file, which lives as long as this.
  const std::string &getFile() const { return file; }

  /// Calls `run`, whose launches run on the machine, alone in this process.
  /// Errors: what a launch has to say.
  llvm::Expected<SimulationCounts>
  simulate(llvm::function_ref<void()> run) const;

private:
  std::string file;
  machine::Machine machine;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_ACCELERATOR_H
