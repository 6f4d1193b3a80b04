//===-- tasd-c/Runtime.h - C API to run compiled modules ----------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What compiled code calls: where operands are decomposed at run time, and, of
// tasd-lower-to-ttc, where layers are launched (Launch.h).
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_RUNTIME_H
#define TASD_C_RUNTIME_H

#include "mlir-c/ExecutionEngine.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Makes the functions of the runtime known to a JIT. To be called before
/// mlirExecutionEngineInitialize.
MLIR_CAPI_EXPORTED void
tasdExecutionEngineRegisterRuntime(MlirExecutionEngine engine);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_RUNTIME_H
