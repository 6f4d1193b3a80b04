//===- Passes.h - Steps between linalg and LLVM that MLIR lacks -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Small passes on upstream dialects, used by the pipelines that end in the LLVM
// dialect.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_LINALGTOLLVM_PASSES_H
#define TASD_CONVERSION_LINALGTOLLVM_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "tasd/Pass/Statistics.h"

#include <memory>

namespace mlir::tasd {

#define GEN_PASS_DECL
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"

} // namespace mlir::tasd

#endif // TASD_CONVERSION_LINALGTOLLVM_PASSES_H
