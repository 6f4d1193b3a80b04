//===- ProgramFile.h - Programs as bytes ---------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The binary form of programs, which docs/TTC.md defines: a header with a
// version and a checksum, then every field in the order of Program.h. One
// program has one form.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_PROGRAMFILE_H
#define TASD_SIMULATOR_PROGRAMFILE_H

#include "tasd/Simulator/Program.h"

#include "llvm/Support/Error.h"

namespace tasd::simulator {

/// The version that is written, and the only one that is read.
constexpr uint32_t kProgramVersion = 2;

/// The bytes of a program.
std::string writeProgram(const Program &program);

/// Reads a program, which may still ask for what no machine does: see
/// verifyProgram. Errors name the offset: other bytes than writeProgram makes.
llvm::Expected<Program> readProgram(llvm::StringRef bytes);

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_PROGRAMFILE_H
