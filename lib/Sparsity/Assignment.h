//===- Assignment.h - The linear assignment problem -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_ASSIGNMENT_H
#define TASD_LIB_SPARSITY_ASSIGNMENT_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace tasd::sparsity {

/// For each row of a square matrix of finite gains (row-major) another column,
/// such that the sum of their gains is the largest: by shortest augmenting
/// paths, in at most n^3 steps. Of several the same one every time.
std::vector<int64_t> assign(llvm::ArrayRef<double> gains, int64_t n);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_ASSIGNMENT_H
