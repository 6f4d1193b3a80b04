//===- Remarks.h - Why an op was left as it is ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOSPARSETENSOR_REMARKS_H
#define TASD_LIB_CONVERSION_TASDTOSPARSETENSOR_REMARKS_H

#include "mlir/IR/Operation.h"

namespace mlir::tasd {

/// Remarks that the pass with the flag `pass` left `op` as it is.
void remarkLeft(Operation *op, StringRef pass, StringRef reason);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOSPARSETENSOR_REMARKS_H
