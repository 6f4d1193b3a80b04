//===- Compensation.h - Which weights can be compensated --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_COMPENSATION_H
#define TASD_DIALECT_TASD_TRANSFORMS_COMPENSATION_H

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Sparsity/Profile.h"

namespace mlir::tasd {

/// Why the weights of a layer, blocked along these dimensions, cannot be
/// compensated by what was measured of its activations, null where nothing was;
/// empty if they can. What their elements are is not looked at.
StringRef findCompensationObstacle(const Layer &layer, unsigned input,
                                   ArrayRef<int64_t> along,
                                   const sparsity::OperandProfile *activations);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_COMPENSATION_H
