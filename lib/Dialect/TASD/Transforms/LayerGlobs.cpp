//===- LayerGlobs.cpp - The layers that a pass is asked for ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerGlobs.h"

using namespace mlir;
using namespace mlir::tasd;

FailureOr<LayerGlob>
mlir::tasd::parseGlobOption(ModuleOp module, StringRef option, StringRef text) {
  if (text.empty())
    return LayerGlob();
  llvm::Expected<llvm::GlobPattern> glob = parseLayerGlob(text);
  if (!glob)
    return emitError(module.getLoc())
           << "option " << option << ": " << llvm::toString(glob.takeError());
  return LayerGlob(std::move(*glob));
}

void mlir::tasd::warnIfUseless(ModuleOp module, StringRef option,
                               StringRef text, const LayerGlob &glob,
                               ArrayRef<NamedLayer> layers) {
  if (!glob || text == "*" ||
      llvm::any_of(layers, [&](const NamedLayer &named) {
        return glob->match(named.name);
      }))
    return;
  mlir::emitWarning(module.getLoc())
      << "option " << option << ": expected the name of a layer but '" << text
      << "' fits none";
}
