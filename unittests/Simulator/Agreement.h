//===- Agreement.h - The simulator beside the cost model ------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SIMULATOR_AGREEMENT_H
#define TASD_UNITTESTS_SIMULATOR_AGREEMENT_H

#include "tasd/Cost/Cost.h"

namespace tasd::simulator::test {

/// The cycles of a layer, by both.
struct Agreement {
  int64_t simulated;
  /// The steady state, start-up and drain.
  double modelled;

  /// What the simulator takes more, as a share of what the model says.
  double getDifference() const { return simulated / modelled - 1; }
};

/// Runs `work` by `mapping`, which has to be valid, for its timing.
Agreement compareCycles(const cost::Work &work, const cost::Mapping &mapping,
                        const machine::Machine &machine);

} // namespace tasd::simulator::test

#endif // TASD_UNITTESTS_SIMULATOR_AGREEMENT_H
