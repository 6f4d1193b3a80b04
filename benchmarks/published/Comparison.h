//===- Comparison.h - Networks on machines, beside the baseline -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each variant of each network on each machine: the series of its layers chosen
// by a strategy of the library Search, what the network then costs, and what it
// costs on the first machine.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_COMPARISON_H
#define TASD_BENCHMARKS_PUBLISHED_COMPARISON_H

#include "Activations.h"
#include "LayerRuns.h"

#include "tasd/Search/Strategy.h"

namespace tasd::published {

/// The density of the activations behind the ReLUs of a network.
struct ReluDensity {
  std::string network;
  double density = 1;
};

/// What a comparison rests on; the defaults of its file are the headline.
struct Setting {
  std::string name;
  /// The share of an operand's magnitude that a series may drop: of each layer,
  /// or on average of the layers that have weights and a series to choose.
  double maxDropped = 0;
  bool isOnAverage = false;
  std::string strategy = "optimal";
  WeightModel weights;
  ActivationModel activations;
  /// In place of what the networks' files say.
  std::vector<ReluDensity> reluDensities;
  /// What the rates of the machines' second level are multiplied with.
  double bufferRateFactor = 1;
  /// Whether metadata in the outermost level takes the energy of as many bits
  /// of data, rather than what the machine says.
  bool billsOuterMetadata = false;
  /// Images or sequences at once.
  int64_t batch = 1;
  /// The labels of the machines; all if there is none.
  std::vector<std::string> machines;
};

/// A machine and how its rows are called.
struct ComparedMachine {
  std::string label;
  machine::Machine machine;
};

/// Loads a machine. With `hasLossyTerm` its series may drop non-zeros, whatever
/// the machine says. Errors: those of loadMachine.
llvm::Expected<ComparedMachine> loadComparedMachine(llvm::StringRef name,
                                                    bool hasLossyTerm);

/// Which sides may have series.
enum class Sides : uint8_t { None, Weights, Activations, Both };
/// "dense", "weights", "activations" or "weights or activations".
llvm::StringRef getName(Sides sides);

/// A network on a machine.
struct MachineResult {
  std::string machine;
  Sides sides = Sides::None;
  int64_t cycles = 0;
  double energyPj = 0;
  /// What each layer takes; costs are of one of the equal layers,
  /// with all of its products.
  std::vector<LayerRun> layers;

  double getEdp() const { return energyPj * cycles; }
};

/// A network of some sparsity.
struct VariantResult {
  const Network *network = nullptr;
  double sparsity = 0;
  /// The share of all weights that is left, as drawn.
  double density = 0;
  std::vector<LayerOperands> operands;
  /// The baseline first.
  std::vector<MachineResult> machines;

  /// By machine and sides; null if there is none.
  const MachineResult *find(llvm::StringRef machine, Sides sides) const;
  /// 1 - EDP / EDP of the baseline.
  double getReduction(const MachineResult &result) const;
};

class Comparison {
public:
  /// The first machine is the baseline, dense; no two have a label in common,
  /// nor two networks a name. Networks outlive the results.
  Comparison(llvm::ArrayRef<Network> networks,
             llvm::ArrayRef<ComparedMachine> machines,
             llvm::ThreadPoolInterface &pool);

  /// All variants of all networks. Errors: a machine does not run a layer;
  /// those of the strategy; figures of the layers are out of range.
  llvm::Expected<std::vector<VariantResult>> run(const Setting &setting);

private:
  using Statistics = std::vector<std::vector<OperandStatistics>>;

  const Statistics &measureWeights(size_t network, const WeightModel &model);
  VariantResult makeVariant(size_t network, size_t sparsity,
                            const Setting &setting);
  std::vector<ComparedMachine> getMachines(const Setting &setting) const;
  llvm::Error addMachines(VariantResult &variant, const Setting &setting);

  llvm::ArrayRef<Network> networks;
  llvm::ArrayRef<ComparedMachine> machines;
  llvm::ThreadPoolInterface &pool;
  /// All that any of the machines runs.
  std::vector<sparsity::Series> series;
  cost::MappingCache cache;
  std::map<std::tuple<size_t, bool, double>, Statistics> weights;
};

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_COMPARISON_H
