//===- LinalgToTASD.h - Carry out the plan of one op ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_LINALGTOTASD_LINALGTOTASD_H
#define TASD_CONVERSION_LINALGTOTASD_LINALGTOTASD_H

#include "tasd/Dialect/TASD/Analysis/Layer.h"

namespace mlir::tasd {

/// Replaces a layer by the contraction of its operands, of which those with a
/// series in `plan` are decomposed. The plan must be one that can be carried
/// out: Layer::findViolation finds nothing.
ContractOp convertLayerToTASD(RewriterBase &rewriter, const Layer &layer,
                              PlanAttr plan);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_LINALGTOTASD_LINALGTOTASD_H
