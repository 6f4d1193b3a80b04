//===- RunSum.h - What products take one after the other --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_RUNSUM_H
#define TASD_COST_RUNSUM_H

#include "tasd/Cost/Gain.h"

namespace tasd::cost {

/// What runs on one machine, at least one, cost one after the other. No steady
/// state lasts from one to the next, so that cycles count start and end of all
/// but the first. What binds the sum is what binds most of them. There is no
/// mapping of all.
MappedRun addRuns(llvm::ArrayRef<MappedRun> runs);

} // namespace tasd::cost

#endif // TASD_COST_RUNSUM_H
