//===- LayerNames.h - What users call a layer -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_PASS_LAYERNAMES_H
#define TASD_PASS_LAYERNAMES_H

#include "mlir/IR/Location.h"

#include <string>

namespace mlir::tasd {

/// The first name inside a location, which importers take from the framework;
/// empty if there is none.
std::string getLocationName(Location location);

} // namespace mlir::tasd

#endif // TASD_PASS_LAYERNAMES_H
