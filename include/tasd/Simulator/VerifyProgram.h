//===- VerifyProgram.h - Whether a machine can run a program -- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_VERIFYPROGRAM_H
#define TASD_SIMULATOR_VERIFYPROGRAM_H

#include "tasd/Simulator/Program.h"

#include "llvm/Support/Error.h"

namespace tasd::simulator {

/// What programs depend on of a machine: everything but names and energies.
uint64_t getMachineHash(const machine::Machine &machine);

/// Whether the simulator can run programs on `machine`. Errors: the operands
/// skip zeros; a level between keeps z; no registers hold a.
llvm::Error verifyMachine(const machine::Machine &machine);

/// Whether `machine` can run `program`: every index and bound, tiles within
/// the levels and nests within the lanes, patterns, tiles that are loaded,
/// acquired, used and released in turn. What it finds right runs to its end or
/// to an error. Errors name the instruction, the ring or the argument.
llvm::Error verifyProgram(const Program &program,
                          const machine::Machine &machine);

/// Instructions and passes that a valid program runs in all.
double countSteps(const Program &program);

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_VERIFYPROGRAM_H
