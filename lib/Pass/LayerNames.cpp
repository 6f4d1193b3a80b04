//===- LayerNames.cpp - What users call a layer ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Pass/LayerNames.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;

std::string mlir::tasd::getLocationName(Location location) {
  std::string name;
  location->walk([&](Location inner) {
    auto named = dyn_cast<NameLoc>(inner);
    if (!named)
      return WalkResult::advance();
    name = named.getName().str();
    return WalkResult::interrupt();
  });
  return name;
}

static std::string getFunctionName(Operation *op) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  return function ? function.getName().str() : std::string("module");
}

std::string mlir::tasd::LayerNamer::getName(Operation *op) {
  std::string name = getLocationName(op->getLoc());
  if (name.empty()) {
    std::string base =
        getFunctionName(op) + "/" + op->getName().stripDialect().str();
    name = base + "#" + std::to_string(ordinals[base]++);
  }
  while (int64_t use = uses[name]++)
    name += "#" + std::to_string(use);
  return name;
}
