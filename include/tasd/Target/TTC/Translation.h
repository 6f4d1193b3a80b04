//===- Translation.h - Programs in IR and outside of it ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Between `ttc.program` and the simulator's form of programs, which has no
// MLIR. Both ways lose nothing: a program that comes back is the same.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_TARGET_TTC_TRANSLATION_H
#define TASD_TARGET_TTC_TRANSLATION_H

#include "tasd/Dialect/TTC/IR/TTC.h"
#include "tasd/Simulator/Program.h"

namespace mlir::ttc {

/// The dialect-free library of programs and what runs them.
namespace simulator = ::tasd::simulator;

/// The simulator's form of a program, which is valid.
simulator::Program exportProgram(ProgramOp program);

/// Builds the op of a program where the builder stands. Errors, reported at
/// `loc`: instructions that name what there is not, or that no op can say, as a
/// read of a tile that is not acquired; a series that does not parse.
FailureOr<ProgramOp> importProgram(OpBuilder &builder, Location loc,
                                   const simulator::Program &program);

} // namespace mlir::ttc

#endif // TASD_TARGET_TTC_TRANSLATION_H
