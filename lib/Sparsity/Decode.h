//===- Decode.h - Rows as doubles, with their signs -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_DECODE_H
#define TASD_LIB_SPARSITY_DECODE_H

#include "tasd/Sparsity/TensorView.h"

#include <vector>

namespace tasd::sparsity {

/// The elements of rows [rowBegin, rowEnd), row-major.
std::vector<double> decodeRows(const TensorView &tensor, int64_t rowBegin,
                               int64_t rowEnd);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_DECODE_H
