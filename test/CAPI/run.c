//===- run.c - Compile a planned module and run it from C -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %build/bin/capi/run 2>&1 | FileCheck %s

#include "Inputs/common.h"
#include "Inputs/engine.h"

#include <stdlib.h>

// Activations are decomposed when this runs: of each four 2:4 keeps the two of
// largest magnitude.
static const char *const source =
    "func.func @main(%a: tensor<1x4xf32>, %b: tensor<4x1xf32>)\n"
    "    -> tensor<1x1xf32> {\n"
    "  %zero = arith.constant dense<0.0> : tensor<1x1xf32>\n"
    "  %0 = linalg.matmul {tasd.plan = #tasd.plan<2:4 along [1] at run_time,\n"
    "                                             dense>}\n"
    "      ins(%a, %b : tensor<1x4xf32>, tensor<4x1xf32>)\n"
    "      outs(%zero : tensor<1x1xf32>) -> tensor<1x1xf32>\n"
    "  return %0 : tensor<1x1xf32>\n"
    "}\n";

static MlirLogicalResult run(MlirModule module) {
  MlirExecutionEngine engine = createEngine(module);
  if (mlirExecutionEngineIsNull(engine))
    return mlirLogicalResultFailure();
  float a[] = {1, -20, 300, 4}, b[] = {1, 1, 1, 1};
  Matrix lhs = createMatrix(a, 1, 4), rhs = createMatrix(b, 4, 1);
  Matrix result = {0};
  void *pointers[] = {&result, &lhs, &rhs};
  void *arguments[] = {&pointers[0], &pointers[1], &pointers[2]};
  MlirLogicalResult invoked =
      mlirExecutionEngineInvokePacked(engine, text("main"), arguments);
  if (mlirLogicalResultIsSuccess(invoked)) {
    fprintf(stderr, "result: %.0f\n", result.aligned[result.offset]);
    free(result.allocated);
  }
  mlirExecutionEngineDestroy(engine);
  return invoked;
}

int main(void) {
  MlirContext context = createContext();
  mlirRegisterAllLLVMTranslations(context);
  MlirModule module = mlirModuleCreateParse(context, text(source));
  // CHECK: compiled: success
  printResult("compiled", runPipeline(module, "tasd-lower-to-cpu"));
  // 300 - 20
  // CHECK: result: 280
  // CHECK: ran: success
  printResult("ran", run(module));
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return 0;
}
