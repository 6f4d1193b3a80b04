//===- DenseLibrary.cpp - The library of this build -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/DenseLibrary.h"

#include "OpenBLAS.h"

using namespace tasd;
using namespace tasd::runtime;

DenseLibrary::~DenseLibrary() = default;

const DenseLibrary *runtime::getDenseLibrary() {
#if TASD_HAS_BLAS
  return &getOpenBLAS();
#else
  return nullptr;
#endif
}
