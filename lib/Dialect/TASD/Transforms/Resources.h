//===- Resources.h - How constants are stored as resources ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_RESOURCES_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_RESOURCES_H

#include <cstdint>

namespace mlir::tasd {

/// MLIR reads bytecode from buffers of this alignment, and none with a resource
/// that asks for more.
constexpr int64_t kResourceAlignment = 16;

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_RESOURCES_H
