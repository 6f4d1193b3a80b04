//===- ComparisonTest.cpp - Networks on machines --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

#include "SmallNetwork.h"
#include "Summary.h"

#include "llvm/Support/ThreadPool.h"
#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::published;

static std::vector<ComparedMachine> loadMachines() {
  std::vector<ComparedMachine> machines;
  for (auto [name, hasLossyTerm] :
       {std::pair("tc", false), std::pair("vegeta-m8", false),
        std::pair("vegeta-m8", true), std::pair("ttc-vegeta-m8", false)})
    machines.push_back(llvm::cantFail(loadComparedMachine(name, hasLossyTerm)));
  return machines;
}

static std::vector<VariantResult> compare(llvm::ArrayRef<Network> networks,
                                          const Setting &setting,
                                          unsigned numThreads = 1) {
  std::vector<ComparedMachine> machines = loadMachines();
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(numThreads));
  return llvm::cantFail(Comparison(networks, machines, pool).run(setting));
}

static Setting makeSetting(double maxDropped) {
  Setting setting;
  setting.maxDropped = maxDropped;
  return setting;
}

TEST(ComparisonTest, RowsAreThoseOfTheMachines) {
  Network network = makeSmallNetwork({0, 0.9});
  auto variants = compare(network, makeSetting(0.05));
  ASSERT_EQ(variants.size(), 2u);
  std::vector<std::pair<std::string, Sides>> rows;
  for (const MachineResult &result : variants[0].machines)
    rows.push_back({result.machine, result.sides});
  EXPECT_EQ(rows, (std::vector<std::pair<std::string, Sides>>{
                      {"tc", Sides::None},
                      {"vegeta-m8", Sides::Weights},
                      {"vegeta-m8, one lossy term", Sides::Weights},
                      {"ttc-vegeta-m8", Sides::Weights},
                      {"ttc-vegeta-m8", Sides::Activations},
                      {"ttc-vegeta-m8", Sides::Both}}));
}

TEST(ComparisonTest, NothingIsWorseThanTheBaseline) {
  Network network = makeSmallNetwork({0, 0.9});
  for (const VariantResult &variant : compare(network, makeSetting(0.05)))
    for (const MachineResult &result : variant.machines) {
      EXPECT_LE(result.cycles, variant.machines.front().cycles);
      EXPECT_LE(result.energyPj, variant.machines.front().energyPj);
    }
}

TEST(ComparisonTest, EitherSideIsNoWorseThanOne) {
  Network network = makeSmallNetwork({0.8});
  VariantResult variant = compare(network, makeSetting(0.05)).front();
  double both = variant.find("ttc-vegeta-m8", Sides::Both)->getEdp();
  EXPECT_LT(both, variant.find("ttc-vegeta-m8", Sides::Weights)->getEdp());
  EXPECT_LT(both, variant.find("ttc-vegeta-m8", Sides::Activations)->getEdp());
}

TEST(ComparisonTest, NoLayerDropsMoreThanTheBound) {
  Network network = makeSmallNetwork({0.9});
  VariantResult variant = compare(network, makeSetting(0.05)).front();
  for (const MachineResult &result : variant.machines)
    for (const LayerRun &run : result.layers) {
      bool isLossless = result.machine == "vegeta-m8";
      EXPECT_LE(run.metrics.getDroppedMagnitudeShare(), isLossless ? 0 : 0.05);
    }
}

TEST(ComparisonTest, SumsLayersByTheirCount) {
  Network network = makeSmallNetwork({0});
  VariantResult variant = compare(network, makeSetting(0)).front();
  const MachineResult &dense = variant.machines.front();
  int64_t cycles = 0;
  for (size_t i = 0; i < network.layers.size(); ++i)
    cycles += network.layers[i].count * dense.layers[i].run.mapped.cost.cycles;
  EXPECT_EQ(dense.cycles, cycles);
}

/// What layers of a network drop, summed, and the most that one does.
static std::pair<double, double> getDropped(const Network &network,
                                            const MachineResult &result) {
  double sum = 0, largest = 0;
  for (size_t i = 0; i < network.layers.size(); ++i) {
    double share = result.layers[i].metrics.getDroppedMagnitudeShare();
    sum += network.layers[i].count * share;
    largest = std::max(largest, share);
  }
  return {sum, largest};
}

TEST(ComparisonTest, AverageBoundsTheSum) {
  Network network = makeSmallNetwork({0.9});
  for (double bound : {0.02, 0.12, 0.18, 0.25}) {
    Setting setting = makeSetting(bound);
    setting.isOnAverage = true;
    VariantResult variant = compare(network, setting).front();
    auto [sum, largest] =
        getDropped(network, *variant.find("ttc-vegeta-m8", Sides::Weights));
    // Three layers with weights; no single one is bounded.
    EXPECT_LE(sum, 3 * bound);
    EXPECT_GT(largest, bound);
  }
}

TEST(ComparisonTest, OuterMetadataTakesEnergy) {
  Network network = makeSmallNetwork({0.9});
  Setting setting = makeSetting(0.05);
  VariantResult free = compare(network, setting).front();
  setting.billsOuterMetadata = true;
  VariantResult billed = compare(network, setting).front();
  EXPECT_EQ(billed.machines.front().energyPj, free.machines.front().energyPj);
  const MachineResult &result = *billed.find("ttc-vegeta-m8", Sides::Weights);
  EXPECT_GT(result.energyPj,
            free.find("ttc-vegeta-m8", Sides::Weights)->energyPj);
  // 512 pJ for a line of 8 words, places among them.
  for (const LayerRun &run : result.layers) {
    const cost::LevelCost &outer = run.run.mapped.cost.levels.front();
    EXPECT_NEAR(outer.energyPj, outer.getWords() * 512 / 8,
                1e-9 * outer.energyPj);
  }
}

TEST(ComparisonTest, ReluDensitiesAreOfTheirNetwork) {
  Network network = makeSmallNetwork({0});
  Setting setting = makeSetting(0.05);
  setting.reluDensities = {{"other", 0.9}};
  EXPECT_EQ(compare(network, setting)[0].operands[0].activationDensity, 0.4);
  setting.reluDensities.push_back({"small", 0.9});
  EXPECT_EQ(compare(network, setting)[0].operands[0].activationDensity, 0.9);
}

TEST(ComparisonTest, FiguresOutOfRangeAreAnError) {
  Network network = makeSmallNetwork({0});
  network.layers[0].work.numProducts = network.layers[0].count = 1000000;
  network.layers[0].prunedDensity.reset();
  std::vector<ComparedMachine> machines = loadMachines();
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(1));
  auto results = Comparison(network, machines, pool).run(makeSetting(0));
  EXPECT_EQ(llvm::toString(results.takeError()),
            "small: layer 'wide': cycles or energy of 1000000 layers are out "
            "of range");
}

TEST(ComparisonTest, ThreadsChangeNothing) {
  Network network = makeSmallNetwork({0.5, 0.9});
  auto alone = compare(network, makeSetting(0.05), 1);
  auto shared = compare(network, makeSetting(0.05), 4);
  for (size_t i = 0; i < alone.size(); ++i)
    for (size_t j = 0; j < alone[i].machines.size(); ++j) {
      EXPECT_EQ(alone[i].machines[j].cycles, shared[i].machines[j].cycles);
      EXPECT_EQ(alone[i].machines[j].energyPj, shared[i].machines[j].energyPj);
    }
}

TEST(ComparisonTest, SummariesAreMeans) {
  Network network = makeSmallNetwork({0, 0.8, 0.9});
  auto variants = compare(network, makeSetting(0.05));
  Summary summary = summarize(variants).back();
  double reductions[3];
  for (int i = 0; i < 3; ++i)
    reductions[i] = variants[i].getReduction(variants[i].machines.back());
  EXPECT_EQ(summary.best, *std::max_element(reductions, reductions + 3));
  EXPECT_DOUBLE_EQ(summary.mean,
                   (reductions[0] + reductions[1] + reductions[2]) / 3);
  EXPECT_DOUBLE_EQ(summary.prunedMean, (reductions[1] + reductions[2]) / 2);
  EXPECT_EQ(summary.sparsestMean, reductions[2]);
}
