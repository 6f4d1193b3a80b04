//===- ConstantStorage.cpp - Who holds the data of constants --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/ConstantStorage.h"

using namespace mlir;
using namespace mlir::tasd;

void mlir::tasd::releaseConstantData(MLIRContext *context) {
  auto *dialect = context->getLoadedDialect<TASDDialect>();
  if (auto *storage =
          dialect ? dialect->getRegisteredInterface<ConstantStorageInterface>()
                  : nullptr)
    storage->release();
}
