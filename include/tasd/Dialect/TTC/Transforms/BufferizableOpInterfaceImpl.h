//===- BufferizableOpInterfaceImpl.h - Bufferization of launches *- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H
#define TASD_DIALECT_TTC_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H

#include "mlir/IR/DialectRegistry.h"

namespace mlir::ttc {

/// Attaches BufferizableOpInterface to ttc.launch, the one op of the dialect
/// that has tensors.
void registerBufferizableOpInterfaceExternalModels(DialectRegistry &registry);

} // namespace mlir::ttc

#endif // TASD_DIALECT_TTC_TRANSFORMS_BUFFERIZABLEOPINTERFACEIMPL_H
