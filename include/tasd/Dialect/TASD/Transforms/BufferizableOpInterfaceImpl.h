//===- BufferizableOpInterfaceImpl.h - Bufferization of packs ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H
#define TASD_DIALECT_TASD_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H

#include "mlir/IR/DialectRegistry.h"

namespace mlir::tasd {

/// Attaches BufferizableOpInterface to tasd.pack, the one op of the dialect
/// that lives until bufferization.
void registerBufferizableOpInterfaceExternalModels(DialectRegistry &registry);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H
