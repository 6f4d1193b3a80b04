//===- Interfaces.h - What bufferization asks upstream's ops ----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_LINALGTOLLVM_INTERFACES_H
#define TASD_CONVERSION_LINALGTOLLVM_INTERFACES_H

#include "mlir/IR/DialectRegistry.h"

namespace mlir::tasd {

/// Attaches to upstream's ops the interfaces that bufferization, and the
/// freeing of buffers after it, ask them for: MLIR aborts where one is missing.
/// The pass before bufferization in our pipelines brings them; call this where
/// your own pipeline bufferizes and the context was not given all extensions.
void registerBufferizationInterfaces(DialectRegistry &registry);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_LINALGTOLLVM_INTERFACES_H
