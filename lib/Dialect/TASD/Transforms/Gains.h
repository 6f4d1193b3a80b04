//===- Gains.h - Whether a plan is better than dense ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H

#include "tasd/Cost/MappingSearch.h"

namespace mlir::tasd {

/// Whether a plan may take the place of another one: worse in nothing, and
/// better in what is asked for.
bool gainsOver(const ::tasd::cost::Cost &cost, const ::tasd::cost::Cost &other,
               ::tasd::cost::Objective objective);

/// Why a plan of this cost does not gain over another one.
std::string describeNoGain(const ::tasd::cost::Cost &cost,
                           const ::tasd::cost::Cost &other);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H
