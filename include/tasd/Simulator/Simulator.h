//===- Simulator.h - Running programs ------------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs a program on a machine: how long it takes, and with data what it
// computes. Time does not depend on data.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_SIMULATOR_H
#define TASD_SIMULATOR_SIMULATOR_H

#include "tasd/Simulator/Listener.h"
#include "tasd/Simulator/Program.h"
#include "tasd/Simulator/Stall.h"
#include "tasd/Simulator/Statistics.h"

#include "llvm/Support/Error.h"

namespace tasd::simulator {

/// A tensor in memory, as a memref descriptor says it. Strides are in elements.
struct Tensor {
  void *data = nullptr;
  llvm::SmallVector<int64_t, 4> shape, strides;

  /// A tensor of `data` in row-major order.
  static Tensor contiguous(void *data, llvm::ArrayRef<int64_t> shape);
};

struct Result {
  int64_t cycles = 0;
  /// Of the array; these and the stalls add up to `cycles`.
  double busyCycles = 0;
  std::array<double, kNumStallCauses> stallCycles = {};
  /// For each level and operand that moved, outermost first.
  std::vector<Traffic> traffic;
  MacCount macs;
  StatisticGroup statistics;

  double getStall(StallCause cause) const {
    return stallCycles[static_cast<size_t>(cause)];
  }
};

/// Runs `program`, which has to be valid on `machine`, on the tensors of the
/// launch, or for its timing alone. Errors: tensors that do not fit the
/// arguments; units that wait for each other, and for what; a tile that is read
/// before it is written.
llvm::Expected<Result>
simulate(const Program &program, const machine::Machine &machine,
         std::optional<llvm::ArrayRef<Tensor>> tensors = std::nullopt,
         llvm::ArrayRef<Listener *> listeners = {});

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_SIMULATOR_H
