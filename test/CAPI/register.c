//===- register.c - Register passes one by one and together ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %build/bin/capi/register 2>&1 | FileCheck %s

#include "Inputs/common.h"

/// Whether a pipeline consists of what is registered.
static void tryPipeline(MlirContext context, const char *pipeline) {
  MlirPassManager manager = mlirPassManagerCreate(context);
  MlirLogicalResult result =
      mlirOpPassManagerAddPipeline(mlirPassManagerGetAsOpPassManager(manager),
                                   text(pipeline), printText, NULL);
  fprintf(stderr, "%s: %s\n", pipeline,
          mlirLogicalResultIsSuccess(result) ? "known" : "unknown");
  mlirPassManagerDestroy(manager);
}

int main(void) {
  MlirContext context = mlirContextCreate();

  // A single pass brings no other, and does not keep the others away.
  mlirRegisterTASDPlan();
  // CHECK: tasd-plan: known
  tryPipeline(context, "tasd-plan");
  // CHECK: tasd-pack: unknown
  tryPipeline(context, "tasd-pack");

  // All of them, twice.
  mlirRegisterTASDPasses();
  mlirRegisterTASDPasses();
  // CHECK: tasd-pack: known
  tryPipeline(context, "tasd-pack");
  // CHECK: tasd-lower-to-cpu: known
  tryPipeline(context, "tasd-lower-to-cpu");

  // A dialect alone.
  // CHECK: ttc: loaded
  MlirDialect ttc =
      mlirDialectHandleLoadDialect(mlirGetDialectHandle__ttc__(), context);
  fprintf(stderr, "ttc: %s\n", mlirDialectIsNull(ttc) ? "missing" : "loaded");

  mlirContextDestroy(context);
  return 0;
}
