//===-- tasd-c/Dialects.h - C API of the tasd dialect -------------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect, alone or with all that belongs to it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_DIALECTS_H
#define TASD_C_DIALECTS_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/// mlirGetDialectHandle__tasd__, for mlirDialectHandleRegisterDialect and
/// mlirDialectHandleLoadDialect: the dialect alone.
MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(TASD, tasd);

/// Adds the dialect, the interfaces attached to its ops, and the ops that it
/// adds to the transform dialect, which take effect where that is loaded.
MLIR_CAPI_EXPORTED void tasdRegisterAllDialects(MlirDialectRegistry registry);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_DIALECTS_H
