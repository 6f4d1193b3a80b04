//===- VerifyMapping.h - Whether a machine can run a work ----- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_VERIFYMAPPING_H
#define TASD_LIB_COST_VERIFYMAPPING_H

#include "tasd/Cost/Work.h"

#include "llvm/Support/Error.h"

namespace tasd::cost {

/// Whether `machine` can run `work` by any mapping, room in its levels aside.
/// Errors: extents, types, densities, series or TASD units, with what was
/// expected.
llvm::Error checkWork(const Work &work, const machine::Machine &machine);

} // namespace tasd::cost

#endif // TASD_LIB_COST_VERIFYMAPPING_H
