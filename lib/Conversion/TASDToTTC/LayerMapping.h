//===- LayerMapping.h - The mappings of layers ---------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_LAYERMAPPING_H
#define TASD_LIB_CONVERSION_TASDTOTTC_LAYERMAPPING_H

#include "AcceleratorLayer.h"

#include "tasd/Dialect/TASD/Analysis/LayerCost.h"

namespace mlir::tasd {

/// Checks that the machine runs the series of a layer. Errors, emitted: series
/// that it does not run; constants that are not packed.
LogicalResult verifySeries(const AcceleratorLayer &layer,
                           const machine::Machine &machine);

/// The mappings of the layers, in order; equal layers are searched once.
/// Errors, emitted: a mapping that the machine cannot run, or none that fits.
FailureOr<std::vector<MappedLayer>> mapLayers(ArrayRef<AcceleratorLayer> layers,
                                              const CostModel &model);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_LAYERMAPPING_H
