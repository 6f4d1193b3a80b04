//===- AcceleratorRun.cpp - The accelerator's side of a run ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AcceleratorRun.h"

#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using report::SimulatedRow;

llvm::Error LaunchScope::count(std::map<std::string, int64_t> &launches) {
  llvm::Expected<std::vector<runtime::Launch>> done = context.take();
  if (!done)
    return done.takeError();
  for (const runtime::Launch &launch : *done)
    ++launches[launch.layer];
  return llvm::Error::success();
}

AcceleratorRun::AcceleratorRun(const machine::Machine &machine,
                               const machine::Machine *baseline,
                               cost::Objective objective)
    : machine(machine), baseline(baseline) {
  report.machine = machine;
  report.objective = objective;
  if (baseline)
    report.baseline = *baseline;
}

/// What a layer is, whoever computes it.
static SimulatedRow getRow(const mlir::tasd::LayerWork &layer) {
  SimulatedRow row;
  row.name = layer.name;
  row.op = layer.op->getName().stripDialect();
  row.series = layer.getSeriesText();
  row.macs = layer.contraction.getNumMACs();
  return row;
}

/// Leaves a layer to the host.
static void setObstacle(SimulatedRow &row, StringRef reason) {
  row.planned = row.dense = std::nullopt;
  row.obstacle = reason;
}

LogicalResult AcceleratorRun::simulatePlanned(ModuleOp module, ModuleOp lowered,
                                              simulator::Trace *trace,
                                              ProgressFunction progress) {
  auto simulations = simulateLayers(lowered, machine, trace, progress);
  if (failed(simulations))
    return failure();
  auto host = getHostLayers(lowered);
  for (const mlir::tasd::LayerWork &layer :
       mlir::tasd::collectLayerWorks(module, /*dynamicExtent=*/1)) {
    SimulatedRow &row = report.rows.emplace_back(getRow(layer));
    auto simulation = simulations->find(row.name);
    if (simulation != simulations->end())
      row.planned = simulation->second;
    else
      setObstacle(row, host[row.name]);
  }
  return success();
}

LogicalResult AcceleratorRun::simulateDense(ModuleOp lowered,
                                            ProgressFunction progress) {
  auto simulations = simulateLayers(lowered, *baseline, nullptr, progress);
  if (failed(simulations))
    return failure();
  auto host = getHostLayers(lowered);
  for (SimulatedRow &row : report.rows) {
    if (!row.planned)
      continue;
    auto simulation = simulations->find(row.name);
    if (simulation == simulations->end()) {
      setObstacle(row,
                  "on machine '" + baseline->name + "', " + host[row.name]);
      continue;
    }
    row.dense = simulation->second;
    row.dense->numLaunches = row.planned->numLaunches;
  }
  return success();
}

void AcceleratorRun::setLaunches(const std::map<std::string, int64_t> &launches,
                                 int64_t numCalls) {
  for (SimulatedRow &row : report.rows) {
    if (!row.planned)
      continue;
    auto count = launches.find(row.name);
    if (count == launches.end())
      setObstacle(row, "it was not launched");
    else
      row.planned->numLaunches = llvm::divideCeil(count->second, numCalls);
  }
}
