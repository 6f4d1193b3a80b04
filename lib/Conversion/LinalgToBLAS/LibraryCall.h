//===- LibraryCall.h - How products for a BLAS are marked -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_LINALGTOBLAS_LIBRARYCALL_H
#define TASD_LIB_CONVERSION_LINALGTOBLAS_LIBRARYCALL_H

#include "llvm/ADT/StringRef.h"

namespace mlir::tasd {

/// The library_call of a product for a BLAS: the function of
/// tasd/Runtime/ABI.h.
inline constexpr llvm::StringLiteral kGemmFunction = "tasd_runtime_gemm";

/// The loops of such a product.
enum ProductLoop : unsigned { Row = 0, Column = 1, Depth = 2 };

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_LINALGTOBLAS_LIBRARYCALL_H
