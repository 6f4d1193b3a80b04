//===- ProgramSupport.h - What programs need of a machine ----- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Asked by the compiler before it makes programs, and by the simulator before
// it runs them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_MACHINE_PROGRAMSUPPORT_H
#define TASD_MACHINE_PROGRAMSUPPORT_H

#include "tasd/Machine/Machine.h"

namespace tasd::machine {

/// What programs depend on of a machine: everything but names, areas of levels
/// and energies. The same everywhere.
uint64_t computeProgramHash(const Machine &machine);

/// Whether programs can run on `machine`. Errors: the operands skip zeros; a
/// level between keeps z; no registers hold a.
llvm::Error checkProgramSupport(const Machine &machine);

} // namespace tasd::machine

#endif // TASD_MACHINE_PROGRAMSUPPORT_H
