//===- Kernels.cpp - Choice of the inner loops ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Asks the processor once, and falls back level by level.
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"

using namespace tasd::sparsity;

SimdLevel tasd::sparsity::getBestSimdLevel() {
#ifdef TASD_HAVE_AVX2
  static const SimdLevel level =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")
          ? SimdLevel::AVX2
          : SimdLevel::Portable;
  return level;
#else
  return SimdLevel::Portable;
#endif
}

Kernels tasd::sparsity::getKernels(SimdLevel level, ElementType type,
                                   int64_t m) {
#ifdef TASD_HAVE_AVX2
  if (level == SimdLevel::AVX2)
    return getAVX2Kernels(type, m);
#endif
  return getPortableKernels(type);
}
