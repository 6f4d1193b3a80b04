//===- ConvolutionBenchmark.cpp - Convolutions beside oneDNN --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The 3x3 layers of ResNet-50 in f32, for one image with channels first:
// planned by each series of --series=A,B,... and compiled by tasd-lower-to-cpu,
// the same left dense, and oneDNN's convolution, one run of each in turn, on
// one thread; all of them with vectors of --vector-bits. Counters:
// `over_onednn` and `over_dense`, medians of ratios of successive runs, by CPU
// time of the thread; GFLOP/s of all from medians, those of planned layers
// counting dense operations. Before, results are compared with those of plain
// loops on the composed weights.
//
// `compile` is the time to compile all 53 convolutions of the network as one
// module, dense and planned.
//
//===----------------------------------------------------------------------===//

#include "../Common/Times.h"
#include "CompiledLayers.h"
#include "OneDNN.h"

#include "tasd/Pipelines/LinalgToLLVM.h"
#include "tasd/Support/Memory.h"

#include "benchmark/benchmark.h"
#include "llvm/Support/CommandLine.h"

#include <cmath>
#include <random>

using namespace mlir;
using namespace ::tasd::benchmarks;
using namespace ::tasd::convolutions;
using namespace ::tasd::evaluation;

static llvm::cl::opt<unsigned>
    vectorBits("vector-bits",
               llvm::cl::desc("Width of vectors, 256 or 512; default: this "
                              "machine's"),
               llvm::cl::init(mlir::tasd::getHostVectorBits()));
static llvm::cl::list<std::string>
    onlySeries("series", llvm::cl::desc("Series; default: the usual ones"),
               llvm::cl::CommaSeparated);

/// Of sums of up to 4608 products, relative to the result's norm.
static constexpr double kMaxError = 1e-5;

/// Each 3x3 layer of ResNet-50 once.
static const Convolution kLayers[] = {
    {"56x56x64", 56, 64, 64, 3, 1},    {"28x28x128/2", 28, 128, 128, 3, 2},
    {"28x28x128", 28, 128, 128, 3, 1}, {"14x14x256/2", 14, 256, 256, 3, 2},
    {"14x14x256", 14, 256, 256, 3, 1}, {"7x7x512/2", 7, 512, 512, 3, 2},
    {"7x7x512", 7, 512, 512, 3, 1}};

/// All convolutions of the network, in order.
static std::vector<Convolution> getNetwork() {
  std::vector<Convolution> layers = {{"conv1", 112, 3, 64, 7, 2}};
  int64_t channels = 64, size = 56;
  for (auto [numBlocks, width] :
       {std::pair(3, 64), {4, 128}, {6, 256}, {3, 512}}) {
    for (int block = 0; block < numBlocks; ++block) {
      int64_t stride = block == 0 && width != 64 ? 2 : 1;
      layers.push_back({"reduce", size, channels, width, 1, 1});
      size /= stride;
      layers.push_back({"window", size, width, width, 3, stride});
      layers.push_back({"expand", size, width, 4 * width, 1, 1});
      if (block == 0)
        layers.push_back({"shortcut", size, channels, 4 * width, 1, stride});
      channels = 4 * width;
    }
  }
  return layers;
}

static NDArray drawInput(const Executable &executable) {
  NDArray input =
      NDArray::allocate(DType::F32, executable.getSignature().inputs[0].shape);
  auto *elements = reinterpret_cast<float *>(input.bytes.data());
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  for (int64_t i = 0; i < input.getNumElements(); ++i)
    elements[i] = normal(random);
  return input;
}

/// The norm of the difference relative to that of `expected`.
static double getError(const NDArray &actual, const NDArray &expected) {
  double difference = 0, norm = 0;
  for (int64_t i = 0; i < expected.getNumElements(); ++i) {
    difference += std::pow(actual.getElement(i) - expected.getElement(i), 2);
    norm += std::pow(expected.getElement(i), 2);
  }
  return std::sqrt(difference / norm);
}

static NDArray runOnce(const Executable &executable, const NDArray &input) {
  return std::move(llvm::cantFail(executable.run(input)).results.front());
}

static void measure(benchmark::State &state, const Convolution &layer,
                    const std::string &series) {
  auto planned = compileLayers(layer, {series, vectorBits});
  auto dense = compileLayers(layer, {"", vectorBits});
  auto reference =
      compileLayers(layer, {series, vectorBits, /*isReference=*/true});
  if (failed(planned) || failed(dense) || failed(reference))
    return state.SkipWithError("the layer does not compile");
  const Executable &ours = planned->front(), &other = dense->front();
  NDArray input = drawInput(ours);
  double error =
      getError(runOnce(ours, input), runOnce(reference->front(), input));
  if (!(error <= kMaxError))
    return state.SkipWithError("the result is not that of the reference");
  OneDNNConvolution oneDNN(layer);
  oneDNN.run();
  std::vector<double> oursTimes, denseTimes, oneDNNTimes, overDense, overOneDNN;
  for (auto _ : state) {
    oursTimes.push_back(llvm::cantFail(ours.run(input)).threadMilliseconds);
    denseTimes.push_back(llvm::cantFail(other.run(input)).threadMilliseconds);
    double start = getThreadMilliseconds();
    oneDNN.run();
    oneDNNTimes.push_back(getThreadMilliseconds() - start);
    overDense.push_back(denseTimes.back() / oursTimes.back());
    overOneDNN.push_back(oneDNNTimes.back() / oursTimes.back());
    state.SetIterationTime(oursTimes.back() / 1e3);
  }
  double gflop = 2e-6 * static_cast<double>(layer.getNumMacs());
  state.counters["over_onednn"] = getMedian(overOneDNN);
  state.counters["over_dense"] = getMedian(overDense);
  state.counters["gflops"] = gflop / getMedian(oursTimes);
  state.counters["dense_gflops"] = gflop / getMedian(denseTimes);
  state.counters["onednn_gflops"] = gflop / getMedian(oneDNNTimes);
}

/// The time to compile the whole network.
static void compileNetwork(benchmark::State &state, const std::string &series) {
  std::vector<Convolution> layers = getNetwork();
  for (auto _ : state)
    if (failed(compileLayers(layers, {series, vectorBits})))
      return state.SkipWithError("the network does not compile");
}

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv,
                                    "Convolutions beside oneDNN's\n");
  ::tasd::keepFreedMemory();
  setOneDNNVectorBits(vectorBits);
  std::vector<std::string> allSeries(onlySeries.begin(), onlySeries.end());
  if (allSeries.empty())
    allSeries = {"2:4", "1:4", "2:8", "1:8", "8:32"};
  for (const Convolution &layer : kLayers)
    for (const std::string &series : allSeries)
      benchmark::RegisterBenchmark((layer.name + "/" + series).c_str(), measure,
                                   layer, series)
          ->UseManualTime()
          ->Unit(benchmark::kMillisecond);
  for (const std::string &series : {std::string(), allSeries.front()})
    benchmark::RegisterBenchmark(
        ("compile/" + (series.empty() ? "dense" : series)).c_str(),
        compileNetwork, series)
        ->Iterations(1)
        ->Unit(benchmark::kSecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
