//===- Lowering.h - From planned linalg to the LLVM dialect -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The ways a planned module becomes a program: two for the CPU, one for the
// accelerator. All compute the dense op on the composed operand.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_PIPELINES_LOWERING_H
#define TASD_PIPELINES_LOWERING_H

#include "tasd/Pipelines/LinalgToLLVM.h"

namespace mlir::tasd {

/// Planned linalg to tasd, every series packed: what all back ends start from.
void buildPackedPipeline(OpPassManager &pm);

/// Constant terms are laid out for the CPU, others multiplied slot by slot; the
/// rest is dense. All of it is vectorised.
void buildLowerToCPUPipeline(OpPassManager &pm,
                             const LinalgToLLVMOptions &options);

/// Series are composed, and everything is plain loops.
void buildLowerToReferencePipeline(OpPassManager &pm);

struct LowerToTTCOptions : LinalgToLLVMOptions {
  Option<std::string> machine{
      *this, "machine",
      llvm::cl::desc("Name of a machine, or the path of its file."),
      llvm::cl::init("")};
  Option<std::string> objective{
      *this, "objective",
      llvm::cl::desc("What a mapping that has to be searched minimises: "
                     "latency, energy or edp."),
      llvm::cl::init("edp")};
  Option<bool> termsApart{
      *this, "terms-apart",
      llvm::cl::desc("Make a program of each term of a series, instead of one "
                     "in which they share tiles."),
      llvm::cl::init(false)};
};

/// Planned linalg, of which every layer that the machine can run becomes a
/// launch of a program.
void buildLayersToTTCPipeline(OpPassManager &pm,
                              const LowerToTTCOptions &options);

/// What is left of series becomes host code, and all of it LLVM.
void buildHostPipeline(OpPassManager &pm, const LinalgToLLVMOptions &options);

/// Both: the host computes what is no layer, and layers that no program
/// computes, as on the CPU.
void buildLowerToTTCPipeline(OpPassManager &pm,
                             const LowerToTTCOptions &options);

/// Registers `tasd-lower-to-cpu`, `tasd-lower-to-reference` and
/// `tasd-lower-to-ttc`.
void registerLoweringPipelines();

} // namespace mlir::tasd

#endif // TASD_PIPELINES_LOWERING_H
