//===- VerifyInstructions.h - Whether instructions fit together  -*- C++
//-*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_VERIFYINSTRUCTIONS_H
#define TASD_LIB_SIMULATOR_VERIFYINSTRUCTIONS_H

#include "tasd/Simulator/Program.h"

#include "llvm/Support/Error.h"

namespace tasd::simulator {

/// Bounds of what a program may ask for; within them no count overflows.
constexpr int64_t kMaxExtent = int64_t(1) << 40;
constexpr double kMaxElements = double(kMaxExtent);
constexpr double kMaxSteps = double(kMaxExtent);
constexpr size_t kMaxRank = 16;
constexpr size_t kMaxLoops = 64;

/// Whether `text` is a series of A that the machine runs.
llvm::Error verifySeries(llvm::StringRef text, const machine::Machine &machine);

/// Whether the instructions of a program whose arguments and rings are valid
/// are so too.
llvm::Error verifyInstructions(const Program &program,
                               const machine::Machine &machine);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_VERIFYINSTRUCTIONS_H
