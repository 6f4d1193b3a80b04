//===- file.c - Read a module from a file ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// RUN: %build/bin/capi/file %source/examples/linear.mlir 2>&1 | FileCheck %s
// RUN: tasd-opt %source/examples/linear.mlir --emit-bytecode -o %t.mlirbc
// RUN: %build/bin/capi/file %t.mlirbc 2>&1 | FileCheck %s
// RUN: not %build/bin/capi/file %t.nowhere 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: echo "module {" > %t.mlir
// RUN: not %build/bin/capi/file %t.mlir 2>&1 | FileCheck %s --check-prefix=BROKEN

#include "tasd-c/ModuleIO.h"

#include "Inputs/common.h"
#include "tasd-c/Plans.h"

// CHECK: layer linear
// NONE: error: cannot open input file '{{.*}}.nowhere': No such file or directory
// BROKEN: error: expected operation name in quotes

static void printLayer(MlirStringRef name, MlirOperation op,
                       MlirStringRef obstacle, void *userData) {
  (void)op, (void)obstacle;
  fprintf(stderr, "layer ");
  printText(name, userData);
  fprintf(stderr, "\n");
}

int main(int argc, char **argv) {
  if (argc != 2)
    return 1;
  MlirContext context = createContext();
  MlirModule module = tasdModuleReadFile(context, text(argv[1]));
  bool isRead = !mlirModuleIsNull(module);
  if (isRead) {
    tasdForEachLayer(mlirModuleGetOperation(module), printLayer, NULL);
    mlirModuleDestroy(module);
  }
  mlirContextDestroy(context);
  return isRead ? 0 : 1;
}
