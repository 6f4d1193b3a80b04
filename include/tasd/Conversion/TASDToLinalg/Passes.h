//===- Passes.h - tasd to linalg --------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOLINALG_PASSES_H
#define TASD_CONVERSION_TASDTOLINALG_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "tasd/Pass/Statistics.h"

#include <memory>

namespace mlir::tasd {

#define GEN_PASS_DECL
#include "tasd/Conversion/TASDToLinalg/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tasd/Conversion/TASDToLinalg/Passes.h.inc"

} // namespace mlir::tasd

#endif // TASD_CONVERSION_TASDTOLINALG_PASSES_H
