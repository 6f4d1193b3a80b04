//===- Launch.h - The launch of a layer ----------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_LAUNCH_H
#define TASD_LIB_CONVERSION_TASDTOTTC_LAUNCH_H

#include "AcceleratorLayer.h"

namespace mlir::tasd {

/// Replaces a layer by a launch of its program, with input `a` as operand A.
void replaceByLaunch(const AcceleratorLayer &layer, unsigned a,
                     ttc::ProgramOp program);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_LAUNCH_H
