//===- Passes.cpp - C API of the passes -----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/Passes.h"

#include "mlir/CAPI/Pass.h"
#include "tasd/Conversion/LinalgToBLAS/Passes.h"
#include "tasd/Conversion/LinalgToLLVM/Passes.h"
#include "tasd/Conversion/LinalgToTASD/Passes.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Conversion/TASDToLinalg/Passes.h"
#include "tasd/Conversion/TASDToRuntime/Passes.h"
#include "tasd/Conversion/TASDToSparseTensor/Passes.h"
#include "tasd/Conversion/TASDToVector/Passes.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/InitAll.h"

namespace mlir::tasd::capi {

/// The group of passes, by the name that the generated code gives it: all.
static void registerTASDPasses() { registerAllPassesOnce(); }

extern "C" {
#include "tasd-c/Passes.capi.cpp.inc"
}

} // namespace mlir::tasd::capi
