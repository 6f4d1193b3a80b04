//===- TASDToLinalg.h - Compose series and contract them --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOLINALG_TASDTOLINALG_H
#define TASD_CONVERSION_TASDTOLINALG_TASDTOLINALG_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// Patterns that compose packed series and contract them as dense tensors.
void populateTASDToLinalgPatterns(RewritePatternSet &patterns);

/// Whether a series is packed components, or terms and slices of such: one that
/// can be composed.
bool isPackedSeries(Value series);

/// Replaces one contraction by the linalg op on its operands, series among them
/// composed. These must be packed.
linalg::GenericOp lowerContractToLinalg(RewriterBase &rewriter, ContractOp op);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_TASDTOLINALG_TASDTOLINALG_H
