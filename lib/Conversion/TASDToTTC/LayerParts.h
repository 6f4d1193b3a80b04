//===- LayerParts.h - Layers that machines run part by part -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A machine needs nothing of its own for a term that consists of small tensors:
// each is a product with what is gathered of B, scattered over Z.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_LAYERPARTS_H
#define TASD_LIB_CONVERSION_TASDTOTTC_LAYERPARTS_H

#include "AcceleratorLayer.h"

namespace mlir::tasd {

/// Finds the parts of a layer whose series has some, or why no program computes
/// them.
void matchParts(AcceleratorLayer &layer);

/// The parts of a layer as layers of their own, in order; the layer itself if
/// it has none.
std::vector<AcceleratorLayer> splitIntoParts(const AcceleratorLayer &layer);

/// The interface of the program of a part; `reason` says why there is none.
FailureOr<ProgramInterface> getPartInterface(const AcceleratorLayer &layer,
                                             std::string &reason);

/// The tensors of its launch, but for the result: of A, then of B.
SmallVector<Value> getPartInputs(OpBuilder &builder,
                                 const AcceleratorLayer &layer);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_LAYERPARTS_H
