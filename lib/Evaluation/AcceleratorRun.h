//===- AcceleratorRun.h - The accelerator's side of a run -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_ACCELERATORRUN_H
#define TASD_LIB_EVALUATION_ACCELERATORRUN_H

#include "tasd/Evaluation/LayerSimulation.h"
#include "tasd/Runtime/Launch.h"

namespace tasd::evaluation {

/// While this lives, launches of compiled code run on a machine, one after the
/// other. There is one at a time.
class LaunchScope {
public:
  explicit LaunchScope(const machine::Machine &machine) : context(machine) {
    runtime::setLaunchContext(&context);
  }
  LaunchScope(const LaunchScope &) = delete;
  ~LaunchScope() { runtime::setLaunchContext(nullptr); }

  /// Counts the launches since the last time, by layer. Errors: the first
  /// launch that failed.
  llvm::Error count(std::map<std::string, int64_t> &launches);

private:
  runtime::LaunchContext context;
};

/// What an accelerator takes for a module as it is planned, beside what another
/// one takes for it dense.
class AcceleratorRun {
public:
  /// With `baseline` null nothing is compared. Both outlive this. `objective`
  /// is what mappings minimise that plans do not have.
  AcceleratorRun(const machine::Machine &machine,
                 const machine::Machine *baseline, cost::Objective objective);

  /// Simulates what lowerLayers gave of the planned `module`; the timeline goes
  /// to `trace`, if it is there.
  mlir::LogicalResult simulatePlanned(mlir::ModuleOp module,
                                      mlir::ModuleOp lowered,
                                      simulator::Trace *trace,
                                      ProgressFunction progress);

  /// Simulates what lowerLayers gave of the module without its plans, for the
  /// baseline. Comes after simulatePlanned.
  mlir::LogicalResult simulateDense(mlir::ModuleOp lowered,
                                    ProgressFunction progress);

  /// Says how often layers were launched in `numCalls` calls.
  void setLaunches(const std::map<std::string, int64_t> &launches,
                   int64_t numCalls);

  const report::SimulatedModule &getReport() const { return report; }

private:
  const machine::Machine &machine;
  const machine::Machine *baseline;
  report::SimulatedModule report;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_ACCELERATORRUN_H
