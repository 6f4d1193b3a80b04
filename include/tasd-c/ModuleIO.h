//===-- tasd-c/ModuleIO.h - C API to read modules of any size -----*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlirModuleCreateParse takes a text that is in memory; this takes a file.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_MODULEIO_H
#define TASD_C_MODULEIO_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Reads a module from a file of text or bytecode. Bytecode is mapped into
/// memory and its `dense_resource` constants stay in the file, which must not
/// change while the context lives. Emits an error, and returns a null module,
/// where there is none.
MLIR_CAPI_EXPORTED MlirModule tasdModuleReadFile(MlirContext context,
                                                 MlirStringRef path);

#ifdef __cplusplus
} // extern "C"
#endif

#endif // TASD_C_MODULEIO_H
