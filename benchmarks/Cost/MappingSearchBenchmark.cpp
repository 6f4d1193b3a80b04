//===- MappingSearchBenchmark.cpp - The time of a search of mappings ------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Searches the best mapping of each distinct layer of ResNet-50 and BERT-base,
// for 128 and 384 tokens, on one thread. A benchmark is a machine, a series of
// the weights and an objective, an iteration all layers. Without a series
// inputs have zeros anywhere, which some machines skip. Counters, of the
// searches of single layers: `median_ms` and `worst_ms`, where a layer has the
// median of its iterations.
//
//===----------------------------------------------------------------------===//

#include "../Common/Times.h"
#include "../published/Network.h"

#include "tasd/Cost/MappingSearch.h"
#include "tasd/Machine/MachineFile.h"

#include "benchmark/benchmark.h"
#include "llvm/ADT/STLExtras.h"

#include <ctime>

using namespace tasd;
using namespace tasd::benchmarks;
using namespace tasd::cost;

/// Shares of non-zeros of pruned weights, and of activations after a ReLU.
static constexpr double kDensityA = 0.3, kDensityB = 0.44;

/// The distinct layers of a network that benchmarks/published describes.
static std::vector<Work> readWorks(llvm::StringRef name) {
  published::Network network = llvm::ExitOnError()(
      published::readNetwork(TASD_PUBLISHED_NETWORKS "/" + name.str()));
  std::vector<Work> works;
  for (const published::NetworkLayer &layer : network.layers) {
    bool isKnown = llvm::any_of(works, [&](const Work &known) {
      return !known.window && known.extents == layer.work.extents;
    });
    if (isKnown)
      continue;
    works.push_back(layer.work);
    works.back().numProducts = 1;
  }
  return works;
}

/// The same for sequences of 384 tokens rather than 128.
static Work lengthen(Work work) {
  for (Dim dim : kDims)
    if (getExtent(work.extents, dim) == 128)
      getExtent(work.extents, dim) = 384;
  return work;
}

static std::vector<Work> getWorks(llvm::StringRef series) {
  std::vector<Work> works = readWorks("resnet-50.yaml");
  for (const Work &work : readWorks("bert-base.yaml")) {
    works.push_back(work);
    works.push_back(lengthen(work));
  }
  for (Work &work : works) {
    if (series.empty()) {
      work.a.density = kDensityA;
      work.b.density = kDensityB;
      continue;
    }
    work.a.series = llvm::cantFail(
        sparsity::PatternRegistry::createWithBuiltins().parseSeries(series));
  }
  return works;
}

/// Time of the processor, which other programs do not lengthen.
static double measure(const Work &work, const machine::Machine &machine,
                      Objective objective) {
  std::clock_t start = std::clock();
  benchmark::DoNotOptimize(
      llvm::cantFail(findBestMapping(work, machine, objective)));
  return 1000.0 * (std::clock() - start) / CLOCKS_PER_SEC;
}

static void search(benchmark::State &state, const machine::Machine &machine,
                   const std::vector<Work> &works, Objective objective) {
  std::vector<std::vector<double>> times(works.size());
  for (auto _ : state)
    for (size_t index = 0; index != works.size(); ++index)
      times[index].push_back(measure(works[index], machine, objective));
  std::vector<double> medians;
  for (const std::vector<double> &each : times)
    medians.push_back(getMedian(each));
  state.counters["median_ms"] = getMedian(medians);
  state.counters["worst_ms"] =
      *std::max_element(medians.begin(), medians.end());
}

/// A machine that does not run the series has no benchmark of it.
static void registerBenchmarks(const std::string &name,
                               const std::string &series) {
  machine::Machine machine = llvm::cantFail(machine::loadMachine(name));
  std::vector<Work> works = getWorks(series);
  if (llvm::errorToBool(checkSeries(machine, Operand::A, works[0].a.series)))
    return;
  for (Objective objective :
       {Objective::Latency, Objective::Energy, Objective::Edp}) {
    std::string title = name + "/" +
                        (series.empty() ? "unstructured" : series) + "/" +
                        getName(objective).str();
    benchmark::RegisterBenchmark(title.c_str(),
                                 [=](benchmark::State &state) {
                                   search(state, machine, works, objective);
                                 })
        ->Unit(benchmark::kMillisecond)
        ->Iterations(5);
  }
}

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 1;
  for (const char *machine : {"tc", "stc", "stc-flexible-dual", "vegeta-m8",
                              "ttc-vegeta-m8", "dstc", "sa-128"})
    for (const char *series : {"", "2:4", "2:8", "2:8+1:8", "4:8+2:8+1:8"})
      registerBenchmarks(machine, series);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
