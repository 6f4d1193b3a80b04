//===- InitAll.h - Registers everything of this project ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The two calls that add the project's dialects, passes and pipelines to an
// MLIR tool, beside upstream's own.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_INITALL_H
#define TASD_INITALL_H

#include "mlir/IR/DialectRegistry.h"

namespace mlir::tasd {

/// Adds the dialects, the interfaces attached to them, and the extensions of
/// upstream's dialects, which take effect where those are loaded.
void registerAllDialects(DialectRegistry &registry);

/// Adds the passes and pipelines to the global pass registry.
void registerAllPasses();

/// The same for shared objects, which may meet another copy of these libraries:
/// a process that has all passes keeps its own, since MLIR aborts where two
/// copies register one.
void registerAllPassesOnce();

} // namespace mlir::tasd

#endif // TASD_INITALL_H
