//===- TermPasses.h - The passes of the terms of a series ----- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The terms of A pass one after the other over tiles of B and Z that stay where
// they are. Each has its own loops along K inside the accumulators, since a
// sparser term fits more of K onto the lanes.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_TERMPASSES_H
#define TASD_COST_TERMPASSES_H

#include "tasd/Cost/Mapping.h"
#include "tasd/Machine/Storage.h"

namespace tasd::cost {

/// One term of A, with its loops.
struct TermPass {
  machine::Storage storage;
  Mapping mapping;
  /// The share of places along K that are not padding of a ragged last step.
  double filledShare = 1;
};

/// The passes of `work`. The only term of a work has the loops of `mapping`; of
/// several, each takes as many lanes along K as it can.
std::vector<TermPass> getTermPasses(const Work &work, const Mapping &mapping,
                                    const machine::Machine &machine);

/// The places along K that `storage` takes of a length of loops inside `level`,
/// which spreads them over lanes: as many as it can.
int64_t countPlaces(const machine::Machine &machine, size_t level,
                    int64_t length, const machine::Storage &storage);

/// The innermost level that keeps the result.
size_t getAccumulatorLevel(const Mapping &mapping,
                           const machine::Machine &machine);

} // namespace tasd::cost

#endif // TASD_COST_TERMPASSES_H
