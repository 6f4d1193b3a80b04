//===- Comparison.cpp - Networks on machines, beside the baseline ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

#include "Choice.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Search/SeriesList.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ThreadPool.h"

using namespace tasd;
using namespace tasd::published;
using llvm::Error;
using llvm::StringRef;

StringRef tasd::published::getName(Sides sides) {
  switch (sides) {
  case Sides::None:
    return "dense";
  case Sides::Weights:
    return "weights";
  case Sides::Activations:
    return "activations";
  case Sides::Both:
    return "weights or activations";
  }
  llvm_unreachable("all sides handled");
}

llvm::Expected<ComparedMachine>
tasd::published::loadComparedMachine(StringRef name, bool hasLossyTerm) {
  auto machine = machine::loadMachine(name);
  if (!machine)
    return machine.takeError();
  machine->series.lossy |= hasLossyTerm;
  return ComparedMachine{machine->name +
                             (hasLossyTerm ? ", one lossy term" : ""),
                         std::move(*machine)};
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

const MachineResult *VariantResult::find(StringRef machine, Sides sides) const {
  auto it = llvm::find_if(machines, [&](const MachineResult &result) {
    return result.machine == machine && result.sides == sides;
  });
  return it == machines.end() ? nullptr : &*it;
}

double VariantResult::getReduction(const MachineResult &result) const {
  return 1 - result.getEdp() / machines.front().getEdp();
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// The series that any of the machines runs, each once.
static std::vector<sparsity::Series>
listAllSeries(llvm::ArrayRef<ComparedMachine> machines) {
  std::vector<sparsity::Series> all;
  for (const ComparedMachine &compared : machines)
    for (sparsity::Series &series : search::listSeries(compared.machine))
      if (llvm::none_of(all, [&](const sparsity::Series &known) {
            return known.getText() == series.getText();
          }))
        all.push_back(std::move(series));
  return all;
}

Comparison::Comparison(llvm::ArrayRef<Network> networks,
                       llvm::ArrayRef<ComparedMachine> machines,
                       llvm::ThreadPoolInterface &pool)
    : networks(networks), machines(machines), pool(pool),
      series(listAllSeries(machines)) {}

/// Weights are drawn and measured once for each model of them.
const Comparison::Statistics &
Comparison::measureWeights(size_t network, const WeightModel &model) {
  auto [it, isNew] = weights.try_emplace(
      {network, model.hasEqualScales, model.rowSpread}, Statistics());
  if (isNew)
    it->second = PrunedNetwork(networks[network], model, pool).measure(series);
  return it->second;
}

/// The activations of a network under a setting.
static ActivationModel getActivations(const Setting &setting,
                                      StringRef network) {
  ActivationModel model = setting.activations;
  for (const ReluDensity &replaced : setting.reluDensities)
    if (replaced.network == network)
      model.reluDensity = replaced.density;
  return model;
}

VariantResult Comparison::makeVariant(size_t network, size_t sparsity,
                                      const Setting &setting) {
  VariantResult variant;
  variant.network = &networks[network];
  variant.sparsity = networks[network].sparsities[sparsity];
  const Statistics &statistics = measureWeights(network, setting.weights);
  ActivationModel activations = getActivations(setting, networks[network].name);
  double numElements = 0, numNonZeros = 0;
  for (auto [layer, weights] :
       llvm::zip(networks[network].layers, statistics[sparsity])) {
    LayerOperands operands;
    operands.weights = weights;
    operands.activations = measureActivations(layer, activations, series);
    if (layer.hasWeights())
      operands.weightDensity = weights.tensor.getDensity();
    operands.activationDensity = activations.getDensity(layer);
    numElements += layer.count * weights.tensor.numElements;
    numNonZeros += layer.count * weights.tensor.numNonZeros;
    variant.operands.push_back(std::move(operands));
  }
  variant.density = numElements > 0 ? numNonZeros / numElements : 1;
  return variant;
}

//===----------------------------------------------------------------------===//
// Machines
//===----------------------------------------------------------------------===//

static llvm::SmallVector<Sides, 3> getSides(const machine::Machine &machine) {
  if (machine.tasdUnits.count > 0)
    return {Sides::Weights, Sides::Activations, Sides::Both};
  if (!machine.a.patterns.empty())
    return {Sides::Weights};
  return {Sides::None};
}

/// Lets a bit of metadata in the outermost level take what one of data takes.
static void billOuterMetadata(machine::Machine &machine) {
  const machine::MemoryLevel &outer = machine.levels.front();
  double share = outer.metadata.widthBits / (8.0 * outer.lineWords);
  for (machine::EnergyProfile &profile : machine.energyProfiles) {
    machine::LevelEnergy &energy = profile.levels.front();
    energy.metadataReadPj = energy.readPj * share;
    energy.metadataWritePj = energy.writePj * share;
  }
}

/// The machine under a setting.
static machine::Machine adapt(machine::Machine machine,
                              const Setting &setting) {
  machine.levels[1].readWordsPerCycle *= setting.bufferRateFactor;
  machine.levels[1].writeWordsPerCycle *= setting.bufferRateFactor;
  if (setting.billsOuterMetadata)
    billOuterMetadata(machine);
  return machine;
}

/// A layer with its batch: more columns, and more images of a window.
static NetworkLayer repeat(NetworkLayer layer, int64_t batch) {
  if (layer.hasWeights())
    layer.work.extents.n *= batch;
  else
    layer.work.numProducts *= batch;
  return layer;
}

/// The machines of a setting, under it.
std::vector<ComparedMachine>
Comparison::getMachines(const Setting &setting) const {
  std::vector<ComparedMachine> chosen;
  for (const ComparedMachine &compared : machines)
    if (setting.machines.empty() ||
        llvm::is_contained(setting.machines, compared.label))
      chosen.push_back({compared.label, adapt(compared.machine, setting)});
  return chosen;
}

Error Comparison::addMachines(VariantResult &variant, const Setting &setting) {
  std::vector<ComparedMachine> chosen = getMachines(setting);
  size_t numLayers = variant.network->layers.size();
  // Every task has a place of its own.
  std::vector<std::vector<std::vector<LayerRun>>> runs(
      chosen.size(), std::vector<std::vector<LayerRun>>(numLayers));
  std::vector<std::string> errors(chosen.size() * numLayers);
  // A bound on the average is for the strategy to keep.
  double maxDropped = setting.isOnAverage ? 1 : setting.maxDropped;
  llvm::ThreadPoolTaskGroup group(pool);
  for (size_t task = 0; task < errors.size(); ++task)
    group.async([&, task] {
      size_t machine = task / numLayers, layer = task % numLayers;
      LayerRuns layerRuns(chosen[machine].machine, series, cache);
      auto found =
          layerRuns.find(repeat(variant.network->layers[layer], setting.batch),
                         variant.operands[layer], maxDropped);
      if (found)
        runs[machine][layer] = std::move(*found);
      else
        errors[task] = llvm::toString(found.takeError());
    });
  group.wait();
  for (const std::string &error : errors)
    if (!error.empty())
      return llvm::createStringError(variant.network->name + ": " + error);
  for (auto [compared, machineRuns] : llvm::zip(chosen, runs))
    for (Sides sides : getSides(compared.machine)) {
      auto result = choose(variant, compared, sides, machineRuns, setting);
      if (!result)
        return llvm::createStringError(variant.network->name + ": " +
                                       llvm::toString(result.takeError()));
      variant.machines.push_back(std::move(*result));
    }
  return Error::success();
}

llvm::Expected<std::vector<VariantResult>>
Comparison::run(const Setting &setting) {
  std::vector<VariantResult> results;
  for (size_t network = 0; network < networks.size(); ++network)
    for (size_t sparsity = 0; sparsity < networks[network].sparsities.size();
         ++sparsity) {
      VariantResult variant = makeVariant(network, sparsity, setting);
      if (Error error = addMachines(variant, setting))
        return std::move(error);
      results.push_back(std::move(variant));
    }
  return results;
}
