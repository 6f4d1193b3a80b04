//===- Passes.h - Programs in host modules ----------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_TARGET_TTC_PASSES_H
#define TASD_TARGET_TTC_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "tasd/Pass/Statistics.h"

#include <memory>

namespace mlir::ttc {

#define GEN_PASS_DECL
#include "tasd/Target/TTC/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tasd/Target/TTC/Passes.h.inc"

} // namespace mlir::ttc

#endif // TASD_TARGET_TTC_PASSES_H
