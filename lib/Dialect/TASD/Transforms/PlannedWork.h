//===- PlannedWork.h - What a machine would run by a plan -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_PLANNEDWORK_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_PLANNEDWORK_H

#include "tasd/Dialect/TASD/Transforms/Planning.h"

namespace mlir::tasd {

/// The work of a layer by a plan that it could get, with its parts found, on
/// what the plan leaves of its weights. `dense` is the layer without series,
/// its densities measured. Errors are emitted at the op whose data is at fault.
FailureOr<LayerWork> getPlannedWork(const PlanRequest &request,
                                    const NamedLayer &named, PlanAttr plan,
                                    const LayerWork &dense);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_PLANNEDWORK_H
