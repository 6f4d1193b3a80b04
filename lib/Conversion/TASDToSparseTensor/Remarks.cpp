//===- Remarks.cpp - Why an op was left as it is --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"

#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;

void mlir::tasd::remarkLeft(Operation *op, StringRef pass, StringRef reason) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  auto opts = remark::RemarkOpts::name(pass).category("tasd").function(
      function ? function.getName() : StringRef());
  remark::missed(op->getLoc(), opts) << remark::metric("reason", reason);
}
