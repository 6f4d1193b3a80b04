//===- Fused.h - Which series can be treated as a whole ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Families are asked through their patterns: what is not of one family, or of
// one without a fused form, is treated term by term.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_FUSED_H
#define TASD_LIB_SPARSITY_FUSED_H

#include "Kernels.h"

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// The keyword of the one family of all patterns; empty if there is none.
llvm::StringRef getCommonFamily(const Series &series);

/// The fused packer of the series' family; null if there is none.
std::unique_ptr<FusedPacker> createFusedPacker(const Series &series,
                                               ElementType type);

/// The sum over the lanes, in their order.
DroppedSums getTotal(const LaneSums &sums);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_FUSED_H
