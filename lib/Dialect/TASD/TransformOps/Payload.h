//===- Payload.h - What the ops share of their payload ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMOPS_PAYLOAD_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMOPS_PAYLOAD_H

#include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.h"

namespace mlir::tasd {

/// A silenceable failure of a transform on one of its targets.
DiagnosedSilenceableFailure
failSilenceably(transform::TransformOpInterface transform, Operation *target,
                const Twine &message);

/// Whether an op is in the payload, not in a copy that transform.alternatives
/// tries something on.
bool isInPayload(Operation *op, const transform::TransformState &state);

/// Keeps up the count of plans that a payload module is stamped with.
void changePlanCount(const transform::TransformState &state, int64_t change);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMOPS_PAYLOAD_H
