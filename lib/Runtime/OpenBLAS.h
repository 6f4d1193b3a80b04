//===- OpenBLAS.h - OpenBLAS as dense library -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_RUNTIME_OPENBLAS_H
#define TASD_LIB_RUNTIME_OPENBLAS_H

#include "tasd/Runtime/DenseLibrary.h"

namespace tasd::runtime {

/// Only in builds that found it.
const DenseLibrary &getOpenBLAS();

} // namespace tasd::runtime

#endif // TASD_LIB_RUNTIME_OPENBLAS_H
