//===- tasd-agreement.cpp - The simulator beside the cost model -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints the cycles that the simulator and the cost model give published runs
// and layers drawn at random, as JSON: what utils/validate-simulator.py makes
// its tables of.
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "DrawnLayers.h"

#include "Cost/ReferenceRuns.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"

using namespace tasd;
using namespace tasd::simulator::test;
namespace cl = llvm::cl;
namespace json = llvm::json;

static cl::OptionCategory category("tasd-agreement options");
static cl::list<unsigned> seeds("seeds", cl::CommaSeparated, cl::cat(category),
                                cl::desc("Seeds that layers are drawn from."));
static cl::opt<unsigned> count("count", cl::init(200), cl::cat(category),
                               cl::desc("Layers drawn from each seed."));

static json::Object toJSON(const Agreement &agreement) {
  return json::Object{{"simulated_cycles", agreement.simulated},
                      {"modelled_cycles", agreement.modelled}};
}

/// Without `dstc`, which the simulator refuses.
static json::Array compareReferenceRuns() {
  json::Array runs;
  for (const cost::test::ReferenceRun &run : cost::test::readReferenceRuns()) {
    if (run.design == "DSTC")
      continue;
    json::Object object = toJSON(compareCycles(
        run.work, run.mapping, cost::test::getPreset(run.getMachineName())));
    object["name"] = run.getName();
    runs.push_back(std::move(object));
  }
  return runs;
}

static json::Array compareSystolicRuns() {
  machine::Machine machine = cost::test::getPreset("sa-128");
  json::Array runs;
  for (const cost::test::SystolicRun &run : cost::test::readSystolicRuns()) {
    json::Object object = toJSON(compareCycles(run.work, run.mapping, machine));
    object["size"] = run.size;
    object["series"] = run.series;
    object["published_cycles"] = run.cycles;
    runs.push_back(std::move(object));
  }
  return runs;
}

static json::Array compareDrawnLayers(unsigned seed) {
  std::mt19937 random(seed);
  json::Array layers;
  while (layers.size() != count) {
    DrawnLayer layer = drawLayer(random, {});
    json::Object object =
        toJSON(compareCycles(layer.work, layer.mapping, layer.machine));
    object["seed"] = seed;
    object["machine"] = layer.machineName;
    object["layer"] = layer.describe();
    layers.push_back(std::move(object));
  }
  return layers;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv, "tasd-agreement: the simulator beside the cost model\n");
  json::Array drawn;
  for (unsigned seed : seeds)
    for (json::Value &layer : compareDrawnLayers(seed))
      drawn.push_back(std::move(layer));
  llvm::outs() << json::Value(
                      json::Object{{"reference_runs", compareReferenceRuns()},
                                   {"systolic_runs", compareSystolicRuns()},
                                   {"drawn_layers", std::move(drawn)}})
               << "\n";
}
