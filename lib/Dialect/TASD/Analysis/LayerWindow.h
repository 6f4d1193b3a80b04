//===- LayerWindow.h - Images that layers read through windows --*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_ANALYSIS_LAYERWINDOW_H
#define TASD_LIB_DIALECT_TASD_ANALYSIS_LAYERWINDOW_H

#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

namespace mlir::tasd {

/// The window through which `input` is read; none if it is read as it is, or in
/// a form that a window has not.
/// `reduction` is the extent of the reduction, its channels padded.
std::optional<cost::Window> matchWindow(const LayerWork &layer, unsigned input,
                                        int64_t reduction);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_ANALYSIS_LAYERWINDOW_H
