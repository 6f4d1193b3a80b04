//===- FirstDialect.h - The attribute of a pattern from outside -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that a compiler needs to plan, pack and multiply terms of first(K): a
// dialect with one attribute, and the call that announces it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_CUSTOMPATTERN_FIRSTDIALECT_H
#define TASD_UNITTESTS_CUSTOMPATTERN_FIRSTDIALECT_H

#include "mlir/IR/DialectRegistry.h"

namespace tasd::test {

/// Makes first(K) known to contexts of the registry and to the run time.
void registerFirstPattern(mlir::DialectRegistry &registry);

} // namespace tasd::test

#endif // TASD_UNITTESTS_CUSTOMPATTERN_FIRSTDIALECT_H
