//===- Interchange.h - Loop order of ops left as loops ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_LINALGTOVECTOR_INTERCHANGE_H
#define TASD_LIB_CONVERSION_LINALGTOVECTOR_INTERCHANGE_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::tasd {

/// Makes the innermost dimension of the result of a reduction the innermost
/// loop if an input has it contiguous too; fails if that changes nothing.
LogicalResult makeResultInnermost(RewriterBase &rewriter, linalg::LinalgOp op);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_LINALGTOVECTOR_INTERCHANGE_H
