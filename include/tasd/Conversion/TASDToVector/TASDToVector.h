//===- TASDToVector.h - One packed contraction as vector code ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOVECTOR_TASDTOVECTOR_H
#define TASD_CONVERSION_TASDTOVECTOR_TASDTOVECTOR_H

#include "mlir/IR/PatternMatch.h"
#include "tasd/Conversion/TASDToVector/Passes.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// Replaces a contraction by loops over the slots of its packed series,
/// vectorised over the dimensions that do not index it. A second series is left
/// to compose. Where neither input is packed it fails, says so in `reason` and
/// changes nothing.
LogicalResult lowerContractToVector(RewriterBase &rewriter, ContractOp op,
                                    const ConvertTASDToVectorOptions &options,
                                    StringRef &reason);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_TASDTOVECTOR_TASDTOVECTOR_H
