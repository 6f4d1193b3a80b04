//===- StructureHash.h - A hash of a machine's structure ------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_MACHINE_STRUCTUREHASH_H
#define TASD_MACHINE_STRUCTUREHASH_H

#include "tasd/Machine/Machine.h"

namespace tasd::machine {

/// A hash over all that programs of a machine depend on: whatever is not its
/// name, its description, its areas or its energies. The same everywhere.
uint64_t computeStructureHash(const Machine &machine);

} // namespace tasd::machine

#endif // TASD_MACHINE_STRUCTUREHASH_H
