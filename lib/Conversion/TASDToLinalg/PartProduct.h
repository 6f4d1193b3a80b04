//===- PartProduct.h - A contraction as one of its parts --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOLINALG_PARTPRODUCT_H
#define TASD_LIB_CONVERSION_TASDTOLINALG_PARTPRODUCT_H

#include "tasd/Conversion/TermParts/PartedContraction.h"

namespace mlir::tasd {

/// For each part gathers what it is multiplied by, multiplies, and scatters the
/// sums into the init. Returns the new value of that.
Value buildPartProducts(OpBuilder &builder, const PartedContraction &product);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOLINALG_PARTPRODUCT_H
