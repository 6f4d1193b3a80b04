//===- ProgramText.h - How messages name parts of programs ---- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_PROGRAMTEXT_H
#define TASD_SIMULATOR_PROGRAMTEXT_H

#include "tasd/Simulator/Program.h"

namespace tasd::simulator {

/// "load", "mma": the name of its op in the ttc dialect.
llvm::StringRef getName(const Instruction &instruction);
/// "instruction 7 (load of 'b')".
std::string describeInstruction(const Program &program, size_t place);

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_PROGRAMTEXT_H
