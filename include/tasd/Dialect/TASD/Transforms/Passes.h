//===- Passes.h - Passes on the tasd dialect and its plans ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PASSES_H
#define TASD_DIALECT_TASD_TRANSFORMS_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "tasd/Cost/MappingSearch.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Pass/Statistics.h"
#include "tasd/Search/ErrorModel.h"
#include "tasd/Sparsity/Scoring.h"

#include <limits>
#include <memory>
#include <string>

namespace mlir::tasd {

/// Which second moments of an operand are measured: the squares of columns, or
/// the products of all pairs of them too.
enum class SecondMoments : uint8_t { Diagonal, Full };

#define GEN_PASS_DECL
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_PASSES_H
