//===-- tasd-c/Dialects.h - C API of the dialects -----------------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialects, alone or with all that belongs to them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_DIALECTS_H
#define TASD_C_DIALECTS_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/// mlirGetDialectHandle__tasd__ and mlirGetDialectHandle__ttc__, for
/// mlirDialectHandleRegisterDialect and mlirDialectHandleLoadDialect: each
/// dialect alone.
MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(TASD, tasd);
MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(TTC, ttc);

/// Adds the dialects, the interfaces attached to their ops, and the ops that
/// they add to the transform dialect, which take effect where that is loaded.
MLIR_CAPI_EXPORTED void tasdRegisterAllDialects(MlirDialectRegistry registry);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_DIALECTS_H
