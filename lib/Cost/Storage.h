//===- Storage.h - How the inputs of a work are stored -------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The storages of a work's inputs: one for each term, or one for an input
// without a series.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_STORAGE_H
#define TASD_LIB_COST_STORAGE_H

#include "tasd/Cost/Work.h"
#include "tasd/Machine/Storage.h"

namespace tasd::cost {

using machine::Storage;
using machine::sumStorages;

/// How `machine` stores an input of `work`: at least one.
std::vector<Storage> getStorages(const machine::Machine &machine,
                                 Operand operand, const Work &work);

/// Whether places along K can be cut into runs of `length`: each has whole
/// blocks of the series.
bool hasWholeBlocks(const Work &work, int64_t length);

} // namespace tasd::cost

#endif // TASD_LIB_COST_STORAGE_H
