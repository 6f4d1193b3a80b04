//===- launch.c - Run a module on the accelerator from C ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %build/bin/capi/launch 2>&1 | FileCheck %s

#include "tasd-c/Launch.h"

#include "Inputs/common.h"
#include "Inputs/engine.h"

#include <stdlib.h>

// Eight products of which 2:8 keeps those with the two largest weights.
static const char *const source =
    "func.func @main(%b: tensor<8x1xf32>) -> tensor<1x1xf32> {\n"
    "  %a = arith.constant\n"
    "      dense<[[1.0, -20.0, 3.0, 4.0, 5.0, 6.0, 300.0, 8.0]]>\n"
    "      : tensor<1x8xf32>\n"
    "  %zero = arith.constant dense<0.0> : tensor<1x1xf32>\n"
    "  %0 = linalg.matmul {tasd.plan = #tasd.plan<2:8 along [1]\n"
    "                                             at compile_time, dense>}\n"
    "      ins(%a, %b : tensor<1x8xf32>, tensor<8x1xf32>)\n"
    "      outs(%zero : tensor<1x1xf32>) -> tensor<1x1xf32> loc(\"fc\")\n"
    "  return %0 : tensor<1x1xf32>\n"
    "}\n";

static void printLaunch(MlirStringRef layer, int64_t cycles,
                        MlirStringRef statistics, void *userData) {
  (void)userData;
  fprintf(stderr, "layer %.*s, %s, statistics %.8s\n", (int)layer.length,
          layer.data, cycles > 100 ? "more than 100 cycles" : "too fast",
          statistics.data);
}

/// Calls the module, whose launches run in this context.
static void run(MlirExecutionEngine engine, TasdLaunchContext launches,
                MlirLocation loc) {
  float b[] = {1, 1, 1, 1, 1, 1, 1, 1};
  Matrix input = createMatrix(b, 8, 1), result = {0};
  void *pointers[] = {&result, &input};
  void *arguments[] = {&pointers[0], &pointers[1]};
  // docs: launches
  tasdLaunchContextSetCurrent(launches);
  mlirExecutionEngineInvokePacked(engine, text("main"), arguments);
  MlirLogicalResult taken =
      tasdLaunchContextTake(launches, loc, printLaunch, /*userData=*/NULL);
  // docs: end
  if (mlirLogicalResultIsSuccess(taken))
    fprintf(stderr, "result: %.0f\n", result.aligned[result.offset]);
  free(result.allocated);
}

int main(void) {
  MlirContext context = createContext();
  mlirRegisterAllLLVMTranslations(context);
  MlirLocation loc = mlirLocationUnknownGet(context);
  MlirModule module = mlirModuleCreateParse(context, text(source));
  // CHECK: compiled: success
  printResult("compiled",
              runPipeline(module, "tasd-lower-to-ttc{machine=ttc-vegeta-m8}"));
  MlirExecutionEngine engine = createEngine(module);

  TasdLaunchContext launches =
      tasdLaunchContextCreate(loc, text("ttc-vegeta-m8"), TasdLaunchFunctional);
  // CHECK-NEXT: layer fc, more than 100 cycles, statistics {"
  // 300 - 20
  // CHECK-NEXT: result: 280
  run(engine, launches, loc);
  // CHECK-NEXT: layer fc, more than 100 cycles
  // CHECK-NEXT: result: 280
  run(engine, launches, loc);
  tasdLaunchContextDestroy(launches);

  // CHECK-NEXT: error: layer 'fc': {{.*}}machine
  TasdLaunchContext other =
      tasdLaunchContextCreate(loc, text("ttc-stc-m8"), TasdLaunchTiming);
  run(engine, other, loc);
  tasdLaunchContextDestroy(other);

  // CHECK-NEXT: error: {{.*}}no-such-machine
  // CHECK-NEXT: null: 1
  TasdLaunchContext none =
      tasdLaunchContextCreate(loc, text("no-such-machine"), TasdLaunchTiming);
  fprintf(stderr, "null: %d\n", tasdLaunchContextIsNull(none));
  // CHECK-NEXT: error: {{.*}}zeros
  tasdLaunchContextCreate(loc, text("dstc"), TasdLaunchTiming);
  // CHECK-NEXT: error: expected a launch mode of 0 or 1 but got 7
  tasdLaunchContextCreate(loc, text("tc"), 7);

  mlirExecutionEngineDestroy(engine);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return 0;
}
