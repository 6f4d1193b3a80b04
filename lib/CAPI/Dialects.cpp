//===- Dialects.cpp - C API of the dialects -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/Dialects.h"

#include "mlir/CAPI/Registration.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Dialect/TTC/IR/TTC.h"
#include "tasd/InitAll.h"

MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(TASD, tasd, mlir::tasd::TASDDialect)
MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(TTC, ttc, mlir::ttc::TTCDialect)

void tasdRegisterAllDialects(MlirDialectRegistry registry) {
  mlir::tasd::registerAllDialects(*unwrap(registry));
}
