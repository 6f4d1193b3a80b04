//===- TASDTransformOps.h - Ops of the transform dialect --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// transform.tasd.*: what the passes do to every op, done to those a transform
// script chooses.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMOPS_TASDTRANSFORMOPS_H
#define TASD_DIALECT_TASD_TRANSFORMOPS_TASDTRANSFORMOPS_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

#define GET_OP_CLASSES
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.h.inc"

namespace mlir::tasd {

/// Adds transform.tasd.* to the transform dialect, once that is loaded.
void registerTransformDialectExtension(DialectRegistry &registry);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMOPS_TASDTRANSFORMOPS_H
