//===- SearchBenchmark.cpp - Time of the strategies -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Google Benchmark timings of every strategy on models of 1,000 layers of 30
// candidates, and of what `optimal` takes on problems that are hard for it.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Strategy.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

using namespace tasd::search;
using tasd::cost::Objective;

namespace {

/// How errors, cycles and energies of a layer's candidates hang together.
enum class Kind {
  /// As of series on machines: what keeps less costs less, with noise.
  Series,
  /// Nothing hangs together.
  Independent,
  /// Cycles, energy and error are a constant's two parts.
  EqualRatios,
  /// The same, of numbers so large that no two sums are equal.
  LargeEqualRatios,
};

Candidate drawCandidate(Kind kind, double scale,
                        const tasd::sparsity::Series &series,
                        std::mt19937_64 &rng) {
  std::uniform_real_distribution<double> uniform(0, 1);
  double kept = *series.getMaxDensity(), error = uniform(rng),
         energy = uniform(rng);
  if (kind != Kind::Independent) {
    error = 1 - kept;
    energy = kept;
  }
  if (kind == Kind::Series) {
    error = std::pow(error, 3) * (0.5 + uniform(rng));
    kept *= 0.9 + 0.2 * uniform(rng);
    energy *= 0.9 + 0.2 * uniform(rng);
  }
  if (kind == Kind::LargeEqualRatios) {
    // Exact multiples of the scale's reciprocal.
    kept = std::floor(uniform(rng) * scale) / scale;
    error = 1 - kept;
    energy = kept;
  }
  Candidate candidate;
  candidate.weights = series;
  candidate.cycles = int64_t(scale * kept);
  candidate.energyFj =
      int64_t((kind == Kind::LargeEqualRatios ? 1 : 5e5) * scale * energy);
  candidate.errors.droppedMagnitude = error;
  return candidate;
}

Problem makeProblem(Kind kind, Objective objective) {
  std::mt19937_64 rng(1);
  auto registry = tasd::sparsity::PatternRegistry::createWithBuiltins();
  std::vector<tasd::sparsity::Series> series;
  for (int kept = 1; kept <= 30; ++kept)
    series.push_back(
        llvm::cantFail(registry.parseSeries(std::to_string(kept) + ":32")));
  Problem problem;
  problem.objective = objective;
  for (int i = 0; i < 1000; ++i) {
    double scale =
        kind == Kind::EqualRatios
            ? 1e6
            : std::exp(std::uniform_real_distribution<double>(9, 15)(rng));
    Layer layer;
    layer.name = std::to_string(i);
    for (int k = 0; k < 30; ++k)
      layer.candidates.push_back(drawCandidate(kind, scale, series[k], rng));
    layer.candidates.back().errors.droppedMagnitude = 0;
    problem.layers.push_back(std::move(layer));
  }
  return problem;
}

void runStrategy(benchmark::State &state, llvm::StringRef name, Kind kind,
                 Objective objective) {
  Problem problem = makeProblem(kind, objective);
  const Strategy &strategy = *llvm::cantFail(getStrategy(name));
  ErrorSum bound = llvm::cantFail(ErrorSum::fromBound(double(state.range(0))));
  for (auto _ : state) {
    Solution solution =
        llvm::cantFail(solve(problem, strategy, bound, Limits()));
    benchmark::DoNotOptimize(solution);
    state.counters["gap"] = solution.getGap(objective).value_or(1);
  }
}

/// Three bounds, from one that leaves most layers near their least error to one
/// that leaves few there.
void addBounds(llvm::StringRef strategy, Kind kind, Objective objective,
               llvm::StringRef text) {
  benchmark::RegisterBenchmark((strategy + "/" + text).str().c_str(),
                               runStrategy, strategy, kind, objective)
      ->Arg(1)
      ->Arg(10)
      ->Arg(100)
      ->Unit(benchmark::kMillisecond);
}

} // namespace

int main(int argc, char **argv) {
  for (const Strategy &strategy : getStrategies())
    addBounds(strategy.name, Kind::Series, Objective::Edp, "edp/series");
  addBounds("optimal", Kind::Series, Objective::Latency, "latency/series");
  for (auto [objective, text] : {std::pair(Objective::Latency, "latency/"),
                                 std::pair(Objective::Edp, "edp/")}) {
    std::string start = text;
    addBounds("optimal", Kind::Independent, objective, start + "independent");
    addBounds("optimal", Kind::EqualRatios, objective, start + "equal-ratios");
    addBounds("optimal", Kind::LargeEqualRatios, objective,
              start + "large-equal-ratios");
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
