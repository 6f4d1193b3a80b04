//===- NMFused.h - Whole series of N:M terms in one pass --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What NMPattern offers as its fused packer and meter, for a given SIMD level,
// so that tests can run every level.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_NMFUSED_H
#define TASD_LIB_SPARSITY_NMFUSED_H

#include "NMSegments.h"

namespace tasd::sparsity {

std::unique_ptr<FusedPacker> createNMPacker(llvm::ArrayRef<NMShape> terms,
                                            ElementType type, SimdLevel level);

std::unique_ptr<FusedMeter>
createNMMeter(llvm::ArrayRef<llvm::SmallVector<NMShape, 4>> series,
              ElementType type, SimdLevel level);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_NMFUSED_H
