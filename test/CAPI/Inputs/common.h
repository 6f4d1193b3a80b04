//===- common.h - What the C programs of the tests share ----------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything is printed to stderr, in the order in which it happens.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_TEST_CAPI_INPUTS_COMMON_H
#define TASD_TEST_CAPI_INPUTS_COMMON_H

#include "mlir-c/Diagnostics.h"
#include "mlir-c/IR.h"
#include "mlir-c/Pass.h"
#include "mlir-c/RegisterEverything.h"
#include "tasd-c/Dialects.h"
#include "tasd-c/Passes.h"

#include <stdio.h>

static inline MlirStringRef text(const char *chars) {
  return mlirStringRefCreateFromCString(chars);
}

static inline MlirAttribute nullAttribute(void) {
  MlirAttribute none = {NULL};
  return none;
}

static inline void printText(MlirStringRef string, void *userData) {
  (void)userData;
  fprintf(stderr, "%.*s", (int)string.length, string.data);
}

static inline MlirLogicalResult printDiagnostic(MlirDiagnostic diagnostic,
                                                void *userData) {
  fprintf(stderr, "error: ");
  mlirDiagnosticPrint(diagnostic, printText, userData);
  fprintf(stderr, "\n");
  return mlirLogicalResultSuccess();
}

// docs: context
/// A context that knows all of MLIR and of tasd, and prints diagnostics.
static inline MlirContext createContext(void) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  mlirRegisterAllDialects(registry);
  tasdRegisterAllDialects(registry);
  mlirRegisterAllPasses();
  mlirRegisterTASDPasses();
  MlirContext context =
      mlirContextCreateWithRegistry(registry, /*threadingEnabled=*/false);
  mlirDialectRegistryDestroy(registry);
  mlirContextAttachDiagnosticHandler(context, printDiagnostic, NULL, NULL);
  return context;
}

/// Runs a pipeline on a module.
static inline MlirLogicalResult runPipeline(MlirModule module,
                                            const char *pipeline) {
  MlirPassManager manager = mlirPassManagerCreate(mlirModuleGetContext(module));
  MlirOpPassManager passes = mlirPassManagerGetAsOpPassManager(manager);
  MlirLogicalResult result =
      mlirOpPassManagerAddPipeline(passes, text(pipeline), printText, NULL);
  if (mlirLogicalResultIsSuccess(result))
    result = mlirPassManagerRunOnOp(manager, mlirModuleGetOperation(module));
  mlirPassManagerDestroy(manager);
  return result;
}
// docs: end

static inline void printResult(const char *what, MlirLogicalResult result) {
  fprintf(stderr, "%s: %s\n", what,
          mlirLogicalResultIsSuccess(result) ? "success" : "failure");
}

#endif // TASD_TEST_CAPI_INPUTS_COMMON_H
