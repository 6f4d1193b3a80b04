//===- LayerGlobs.h - The layers that a pass is asked for -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The options `layers` and `skip` of passes on layers.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERGLOBS_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERGLOBS_H

#include "tasd/Dialect/TASD/Transforms/Planning.h"

namespace mlir::tasd {

using LayerGlob = std::optional<llvm::GlobPattern>;

/// The glob of an option; none for an empty text. Errors are emitted at the
/// module's location and name the option.
FailureOr<LayerGlob> parseGlobOption(ModuleOp module, StringRef option,
                                     StringRef text);

/// Warns of a glob that fits no layer: it is more likely a slip than a wish.
void warnIfUseless(ModuleOp module, StringRef option, StringRef text,
                   const LayerGlob &glob, ArrayRef<NamedLayer> layers);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERGLOBS_H
