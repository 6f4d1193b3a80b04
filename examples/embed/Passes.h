//===- Passes.h - The compiler's own passes ---------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef EMBED_PASSES_H
#define EMBED_PASSES_H

#include "mlir/Pass/Pass.h"

#include <memory>

namespace embed {

/// Makes the attribute `layer` of an op its location: that is how TASD's
/// tables, remarks and options name layers.
std::unique_ptr<mlir::Pass> createNameLayers();

/// Remarks how many bytes of constants a module in the LLVM dialect holds.
std::unique_ptr<mlir::Pass> createCountConstants();

} // namespace embed

#endif // EMBED_PASSES_H
