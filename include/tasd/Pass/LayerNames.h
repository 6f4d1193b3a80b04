//===- LayerNames.h - What users call a layer -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_PASS_LAYERNAMES_H
#define TASD_PASS_LAYERNAMES_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringMap.h"

#include <string>

namespace mlir::tasd {

/// The first name inside a location, which importers take from the framework;
/// empty if there is none.
std::string getLocationName(Location location);

/// Names layers one after the other: by their location, else
/// `function/op-name#ordinal`; names that came before get a number.
class LayerNamer {
public:
  std::string getName(Operation *op);

private:
  llvm::StringMap<int64_t> ordinals, uses;
};

} // namespace mlir::tasd

#endif // TASD_PASS_LAYERNAMES_H
