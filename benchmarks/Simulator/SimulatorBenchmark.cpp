//===- SimulatorBenchmark.cpp - How fast the simulator is -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Time alone of all layers of ResNet-50, each by its best mapping; and what is
// computed beside it, for one of them.
//
//===----------------------------------------------------------------------===//

#include "Simulator/ProgramFor.h"

#include "tasd/Cost/MappingSearch.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/Simulator/Simulator.h"

#include <benchmark/benchmark.h>

using namespace tasd;
using namespace tasd::simulator;

namespace {
/// Layers of one shape: filters, pixels, reduction.
struct Layers {
  int64_t m, n, k;
  int count;
};
} // namespace

/// ResNet-50 v1.5 at 224 x 224, one image.
static constexpr Layers kResNet50[] = {
    {64, 12544, 147, 1}, {64, 3136, 64, 1},   {64, 3136, 576, 3},
    {256, 3136, 64, 4},  {64, 3136, 256, 2},  {128, 3136, 256, 1},
    {128, 784, 1152, 4}, {512, 784, 256, 1},  {512, 784, 128, 4},
    {128, 784, 512, 3},  {256, 784, 512, 1},  {256, 196, 2304, 6},
    {1024, 196, 512, 1}, {1024, 196, 256, 6}, {256, 196, 1024, 5},
    {512, 196, 1024, 1}, {512, 49, 4608, 3},  {2048, 49, 1024, 1},
    {2048, 49, 512, 3},  {512, 49, 2048, 2},  {1000, 1, 2048, 1},
};

static sparsity::Series getSeries(llvm::StringRef text) {
  if (text.empty())
    return {};
  return llvm::cantFail(
      sparsity::PatternRegistry::createWithBuiltins().parseSeries(text));
}

static Program getProgram(const Layers &layers, const machine::Machine &machine,
                          llvm::StringRef series) {
  cost::Work work;
  work.extents = {layers.m, layers.n, layers.k};
  work.resultType = "i32";
  work.a.series = getSeries(series);
  cost::MappedCost best =
      llvm::cantFail(findBestMapping(work, machine, cost::Objective::Latency));
  return test::getProgramFor(work, best.mapping, machine);
}

/// The timing of a whole network.
static void timeResNet50(benchmark::State &state, llvm::StringRef series) {
  machine::Machine machine =
      llvm::cantFail(machine::loadMachine("ttc-vegeta-m8"));
  std::vector<std::pair<Program, int>> programs;
  for (const Layers &layers : kResNet50)
    programs.emplace_back(getProgram(layers, machine, series), layers.count);
  double cycles = 0;
  for (auto _ : state)
    for (const auto &[program, count] : programs)
      for (int i = 0; i != count; ++i)
        cycles += llvm::cantFail(simulate(program, machine)).cycles;
  state.counters["Mcycles"] =
      benchmark::Counter(cycles / 1e6, benchmark::Counter::kAvgIterations);
}

/// One layer on zeros; the time does not depend on them.
static void computeLayer(benchmark::State &state, llvm::StringRef series) {
  machine::Machine machine =
      llvm::cantFail(machine::loadMachine("ttc-vegeta-m8"));
  Layers layer = {256, 196, 2304, 1};
  Program program = getProgram(layer, machine, series);
  std::vector<char> buffer(4 << 20);
  std::vector<Tensor> tensors;
  for (const TensorArgument &argument :
       {std::get<TensorArgument>(program.arguments[0]),
        std::get<TensorArgument>(program.arguments[1]),
        std::get<TensorArgument>(program.arguments[2])})
    tensors.push_back(Tensor::contiguous(buffer.data(), argument.shape));
  for (auto _ : state)
    llvm::cantFail(simulate(program, machine, llvm::ArrayRef(tensors)));
  state.counters["GMAC/s"] = benchmark::Counter(
      double(layer.m) * layer.n * layer.k * state.iterations() / 1e9,
      benchmark::Counter::kIsRate);
}

BENCHMARK_CAPTURE(timeResNet50, dense, "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(timeResNet50, series, "2:8+1:8")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(computeLayer, i8, "")->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
