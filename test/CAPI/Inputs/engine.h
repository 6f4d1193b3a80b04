//===- engine.h - How the C programs of the tests run code --------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_TEST_CAPI_INPUTS_ENGINE_H
#define TASD_TEST_CAPI_INPUTS_ENGINE_H

#include "tasd-c/Runtime.h"

/// A memref of rank 2, as compiled code passes it.
typedef struct Matrix {
  float *allocated;
  float *aligned;
  int64_t offset;
  int64_t sizes[2];
  int64_t strides[2];
} Matrix;

static inline Matrix createMatrix(float *data, int64_t rows, int64_t columns) {
  Matrix matrix = {data, data, 0, {rows, columns}, {columns, 1}};
  return matrix;
}

// docs: engine
/// A JIT for a compiled module; null where it cannot be compiled.
static inline MlirExecutionEngine createEngine(MlirModule module) {
  MlirExecutionEngine engine = mlirExecutionEngineCreate(
      module, /*optLevel=*/2, /*numPaths=*/0, /*sharedLibPaths=*/NULL,
      /*enableObjectDump=*/false, /*enablePIC=*/false);
  if (mlirExecutionEngineIsNull(engine))
    return engine;
  tasdExecutionEngineRegisterRuntime(engine);
  mlirExecutionEngineInitialize(engine);
  return engine;
}
// docs: end

#endif // TASD_TEST_CAPI_INPUTS_ENGINE_H
