//===- TestLayers.h - A layer to vary ------------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_COST_TESTLAYERS_H
#define TASD_UNITTESTS_COST_TESTLAYERS_H

#include "tasd/Cost/Cost.h"

namespace tasd::cost::test {

/// 128x1024x1152, dense or with a series of A.
Work getWork(llvm::StringRef series = "");

/// A mapping of it, or of another K, in the reference's order, with room for
/// dense tiles.
Mapping getDenseMapping(int64_t lanesAlongK = 16, int64_t outerN = 16,
                        int64_t k = 1152);

/// The cost of what is valid.
Cost evaluate(const Work &work, const Mapping &mapping,
              const machine::Machine &machine);

/// Expects equal cycles, work and energies, level by level.
void expectEqual(const Cost &first, const Cost &second);

} // namespace tasd::cost::test

#endif // TASD_UNITTESTS_COST_TESTLAYERS_H
