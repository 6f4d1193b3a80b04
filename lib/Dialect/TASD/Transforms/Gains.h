//===- Gains.h - Whether a plan is better than dense ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H

#include "tasd/Dialect/TASD/Analysis/LayerCost.h"
#include "tasd/Search/Problem.h"

namespace mlir::tasd {

/// The costs of two plans, as a reason why one does not gain over the other.
std::string compareCosts(const MappedLayer &plan, const MappedLayer &other);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_GAINS_H
