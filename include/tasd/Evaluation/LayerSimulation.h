//===- LayerSimulation.h - How long programs of layers take -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Simulates what a module launches for its timing, which does not depend on
// data: no tensor is touched, and equal programs are simulated once.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_LAYERSIMULATION_H
#define TASD_EVALUATION_LAYERSIMULATION_H

#include "tasd/Evaluation/Slicing.h"
#include "tasd/Report/SimulatedModule.h"
#include "tasd/Simulator/Trace.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <map>

namespace tasd::evaluation {

/// The layers that become launches, by name, and what one launch takes.
using LayerSimulations = std::map<std::string, report::SimulatedLayer>;

/// Simulates the launches of a module that lowerLayers gave. They follow each
/// other in `trace`, where there is one. Errors are emitted at the launch.
mlir::FailureOr<LayerSimulations>
simulateLayers(mlir::ModuleOp lowered, const machine::Machine &machine,
               simulator::Trace *trace, ProgressFunction progress);

/// Verifies that a call of `entry` launches everything once. Errors, emitted:
/// launches in other functions, loops and branches.
mlir::LogicalResult verifyStraightLine(mlir::ModuleOp lowered,
                                       llvm::StringRef entry);

/// The layers that the host computes, by name, and why.
std::map<std::string, std::string> getHostLayers(mlir::ModuleOp lowered);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_LAYERSIMULATION_H
