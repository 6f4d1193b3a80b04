//===- FirstDialect.h - Attributes of patterns from outside -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that a compiler needs to plan, pack and multiply terms of first(K) and
// tight(K): a dialect with two attributes, and the call that announces them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_CUSTOMPATTERN_FIRSTDIALECT_H
#define TASD_UNITTESTS_CUSTOMPATTERN_FIRSTDIALECT_H

#include "mlir/IR/DialectRegistry.h"

namespace tasd::test {

/// Makes first(K) and tight(K) known to contexts of the registry, and first(K)
/// to the run time.
void registerCustomPatterns(mlir::DialectRegistry &registry);

} // namespace tasd::test

#endif // TASD_UNITTESTS_CUSTOMPATTERN_FIRSTDIALECT_H
