//===- Lowering.h - From planned linalg to the LLVM dialect -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The two ways a planned module becomes a program for the CPU. Both compute the
// dense op on the composed operand.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_PIPELINES_LOWERING_H
#define TASD_PIPELINES_LOWERING_H

#include "tasd/Pipelines/LinalgToLLVM.h"

namespace mlir::tasd {

/// Planned linalg to tasd, every series packed: what all back ends start from.
void buildPackedPipeline(OpPassManager &pm);

/// Packed terms are multiplied slot by slot, vectorised; the rest is dense and
/// vectorised too.
void buildLowerToCPUPipeline(OpPassManager &pm,
                             const LinalgToLLVMOptions &options);

/// Series are composed, and everything is plain loops.
void buildLowerToReferencePipeline(OpPassManager &pm);

/// Registers `tasd-lower-to-cpu` and `tasd-lower-to-reference`.
void registerLoweringPipelines();

} // namespace mlir::tasd

#endif // TASD_PIPELINES_LOWERING_H
