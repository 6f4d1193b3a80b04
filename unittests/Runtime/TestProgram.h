//===- TestProgram.h - A small program ------------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_RUNTIME_TESTPROGRAM_H
#define TASD_UNITTESTS_RUNTIME_TESTPROGRAM_H

#include "tasd/Simulator/Program.h"

namespace tasd::runtime::test {

/// z[2, 2] = a[2, 4] * b[2, 4]^T on `tc`, all of it one tile.
simulator::Program getProgram(const machine::Machine &machine);

} // namespace tasd::runtime::test

#endif // TASD_UNITTESTS_RUNTIME_TESTPROGRAM_H
