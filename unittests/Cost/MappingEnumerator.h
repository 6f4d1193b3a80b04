//===- MappingEnumerator.h - All mappings, one by one --------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The space of docs/Cost.md written plainly, to hold the search against: every
// number of instances, every factorisation, every order of every level, every
// residency.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_COST_MAPPINGENUMERATOR_H
#define TASD_UNITTESTS_COST_MAPPINGENUMERATOR_H

#include "tasd/Cost/MappingSearch.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::cost::test {

/// Calls `visit` for each mapping, whether it fits or not, until it returns
/// false.
void forEachMapping(const Work &work, const machine::Machine &machine,
                    llvm::function_ref<bool(const Mapping &)> visit);

} // namespace tasd::cost::test

#endif // TASD_UNITTESTS_COST_MAPPINGENUMERATOR_H
