//===- sweep.h - The command line of tasder sweep ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_TOOLS_TASDER_SWEEP_H
#define TASD_TOOLS_TASDER_SWEEP_H

#include "tasd/Report/HTMLPage.h"

/// Does what `tasder sweep` is asked for: `argv` starts with that, and the
/// options follow. Returns the exit code.
int runSweepCommand(int argc, const char *const *argv,
                    tasd::report::Provenance provenance);

#endif // TASD_TOOLS_TASDER_SWEEP_H
