//===- LayerSimulation.cpp - How long programs of layers take -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/LayerSimulation.h"

#include "tasd/Dialect/TTC/IR/TTC.h"
#include "tasd/Simulator/Energy.h"
#include "tasd/Simulator/VerifyProgram.h"
#include "tasd/Target/TTC/Translation.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using report::SimulatedLayer;

/// One launch of a program.
static llvm::Expected<SimulatedLayer>
simulateLaunch(const simulator::Program &program,
               const machine::Machine &machine, simulator::Trace *trace) {
  if (llvm::Error error = simulator::verifyProgram(program, machine))
    return std::move(error);
  if (llvm::Error error = simulator::verifyEnergy(program, machine))
    return std::move(error);
  simulator::EnergyMeter energy(program, machine);
  SmallVector<simulator::Listener *, 2> listeners = {&energy};
  if (trace)
    listeners.push_back(trace);
  auto result = simulator::simulate(program, machine, std::nullopt, listeners);
  if (!result)
    return result.takeError();
  SimulatedLayer layer;
  layer.result = std::move(*result);
  layer.result.statistics.groups.push_back(energy.getStatistics());
  layer.launchEnergyPj = energy.getTotalPj();
  layer.parts = report::getCostParts(layer.result, energy, machine);
  layer.utilization =
      layer.result.macs.done / layer.result.cycles / machine.array.getNumMacs();
  return layer;
}

static SmallVector<ttc::LaunchOp> collectLaunches(ModuleOp lowered) {
  SmallVector<ttc::LaunchOp> launches;
  lowered.walk([&](ttc::LaunchOp op) { launches.push_back(op); });
  return launches;
}

FailureOr<LayerSimulations>
evaluation::simulateLayers(ModuleOp lowered, const machine::Machine &machine,
                           simulator::Trace *trace, ProgressFunction progress) {
  LayerSimulations layers;
  llvm::DenseMap<StringAttr, SimulatedLayer> known;
  double startCycle = 0;
  SmallVector<ttc::LaunchOp> launches = collectLaunches(lowered);
  for (auto [index, op] : llvm::enumerate(launches)) {
    progress(index, launches.size());
    SimulatedLayer &layer = known[op.getProgramAttr().getAttr()];
    // A trace needs the spans of every launch.
    if (layer.result.cycles == 0 || trace) {
      if (trace)
        trace->beginProgram(op.getLaunchName(), startCycle);
      auto program = SymbolTable::lookupNearestSymbolFrom<ttc::ProgramOp>(
          op, op.getProgramAttr());
      auto simulated =
          simulateLaunch(ttc::exportProgram(program), machine, trace);
      if (!simulated)
        return emitError(op.getLoc())
               << "layer '" << op.getLayerName()
               << "': " << llvm::toString(simulated.takeError());
      layer = std::move(*simulated);
    }
    startCycle += layer.result.cycles;
    auto [it, isNew] = layers.insert({op.getLayerName().str(), layer});
    if (!isNew && op.getPart())
      it->second.addPart(layer);
    else if (!isNew)
      return emitError(op.getLoc()) << "layer '" << op.getLayerName()
                                    << "': expected a name of its own";
  }
  return layers;
}

LogicalResult evaluation::verifyStraightLine(ModuleOp lowered,
                                             StringRef entry) {
  auto function = lowered.lookupSymbol<func::FuncOp>(entry);
  for (ttc::LaunchOp op : collectLaunches(lowered))
    if (op->getParentOp() != function || !function.getBody().hasOneBlock())
      return emitError(op.getLoc())
             << "layer '" << op.getLayerName()
             << "': expected it in the straight line of '" << entry
             << "', since only a run on data knows how often it is launched";
  return success();
}

std::map<std::string, std::string> evaluation::getHostLayers(ModuleOp lowered) {
  std::map<std::string, std::string> layers;
  auto entries =
      lowered->getAttrOfType<ArrayAttr>(ttc::TTCDialect::kHostLayersAttrName);
  if (entries)
    for (auto entry : entries.getAsRange<DictionaryAttr>())
      layers[entry.getAs<StringAttr>("name").str()] =
          entry.getAs<StringAttr>("reason").str();
  return layers;
}
