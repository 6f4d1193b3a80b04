//===- PlanningBenchmark.cpp - The time of planning a network -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Plans the 54 layers of ResNet-50 v1.5 for images of 224 x 224, with drawn
// weights, on all threads: measures what each series drops of them, searches
// the mappings, and lets `optimal` choose. The machine runs series of up to
// three terms with blocks of 4, 8 and 16. Counters: layers, the least number of
// series of a layer, candidates, and weights.
//
//===----------------------------------------------------------------------===//

#include "../published/Network.h"

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"
#include "tasd/InitAll.h"
#include "tasd/Machine/MachineFile.h"

#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"

#include "benchmark/benchmark.h"
#include "llvm/Support/FormatVariadic.h"

#include <random>
#include <set>

using namespace mlir;
using namespace mlir::tasd;
namespace published = ::tasd::published;

/// A function of one convolution. Images are as large as the windows reach.
static std::string getText(const cost::Window &shape, int64_t filters,
                           size_t index) {
  const cost::WindowDim &dim = shape.dims.front();
  int64_t input = (dim.output - 1) * dim.stride + dim.kernel;
  std::string image =
      llvm::formatv("tensor<1x{0}x{0}x{1}xf32>", input, shape.channels);
  std::string weights = llvm::formatv("tensor<{0}x{0}x{1}x{2}xf32>", dim.kernel,
                                      shape.channels, filters);
  std::string result =
      llvm::formatv("tensor<1x{0}x{0}x{1}xf32>", dim.output, filters);
  return llvm::formatv(
      "func.func @f{0}(%a: {1}, %c: {2}) -> {2} {{\n"
      "%w = arith.constant dense_resource<w{0}> : {3}\n"
      "%r = linalg.conv_2d_nhwc_hwcf {{strides = dense<{4}> : tensor<2xi64>} "
      "ins(%a, %w : {1}, {3}) outs(%c : {2}) -> {2}\n return %r : {2}\n}\n",
      index, image, result, weights, dim.stride);
}

/// A function of one product of weights and a column.
static std::string getText(const cost::Extents &extents, size_t index) {
  std::string column = llvm::formatv("tensor<1x{0}xf32>", extents.k);
  std::string weights =
      llvm::formatv("tensor<{0}x{1}xf32>", extents.k, extents.m);
  std::string result = llvm::formatv("tensor<1x{0}xf32>", extents.m);
  return llvm::formatv(
      "func.func @f{0}(%a: {1}, %c: {2}) -> {2} {{\n"
      "%w = arith.constant dense_resource<w{0}> : {3}\n"
      "%r = linalg.matmul ins(%a, %w : {1}, {3}) outs(%c : {2}) -> {2}\n"
      "return %r : {2}\n}\n",
      index, column, result, weights);
}

/// Weights of which 30 % are not zero.
static AsmResourceBlob drawWeights(int64_t count, uint32_t seed) {
  std::mt19937 rng(seed);
  std::normal_distribution<float> normal(0, 1);
  auto blob = HeapAsmResourceBlob::allocate(count * sizeof(float), 64,
                                            /*dataIsMutable=*/true);
  auto *data = reinterpret_cast<float *>(blob.getMutableData().data());
  for (int64_t i = 0; i < count; ++i)
    data[i] = rng() % 10 < 3 ? normal(rng) : 0;
  return blob;
}

/// Gives every constant its data; returns the number of weights.
static int64_t fillWeights(ModuleOp module) {
  auto &manager =
      DenseResourceElementsHandle::getManagerInterface(module.getContext())
          .getBlobManager();
  int64_t count = 0;
  module.walk([&](arith::ConstantOp op) {
    auto attr = cast<DenseResourceElementsAttr>(op.getValue());
    int64_t size = attr.getType().getNumElements();
    manager.update(attr.getRawHandle().getKey(), drawWeights(size, count));
    count += size;
  });
  return count;
}

static OwningOpRef<ModuleOp> parse(MLIRContext &context) {
  published::Network network = llvm::ExitOnError()(
      published::readNetwork(TASD_PUBLISHED_NETWORKS "/resnet-50.yaml"));
  std::string text;
  size_t index = 0;
  for (const published::NetworkLayer &layer : network.layers)
    for (int64_t i = 0; i < layer.count; ++i, ++index)
      text += layer.work.window
                  ? getText(*layer.work.window, layer.work.extents.m, index)
                  : getText(layer.work.extents, index);
  return parseSourceString<ModuleOp>(text, &context);
}

static machine::Machine makeMachine() {
  machine::Machine machine =
      llvm::cantFail(machine::loadMachine("ttc-vegeta-m8"));
  auto registry = sparsity::PatternRegistry::createWithBuiltins();
  for (const char *pattern : {"1:4", "2:4", "1:16"})
    machine.a.patterns.push_back(
        llvm::cantFail(registry.parsePattern(pattern)));
  return machine;
}

static PlanRequest makeRequest(MLIRContext &context,
                               cost::Objective objective) {
  PlanRequest request;
  // A model of its own each time, which has searched nothing yet.
  request.model = std::make_shared<CostModel>(makeMachine(), objective,
                                              /*dynamicExtent=*/1);
  request.candidates = getRunnableSeries(&context, request.model->getMachine());
  return request;
}

static size_t countSeries(const search::Layer &layer) {
  std::set<std::string> texts;
  for (const search::Candidate &candidate : layer.candidates)
    texts.insert(candidate.weights.getText());
  return texts.size() - 1;
}

static void setCounters(benchmark::State &state,
                        const search::Problem &problem) {
  size_t leastSeries = std::numeric_limits<size_t>::max(), candidates = 0;
  for (const search::Layer &layer : problem.layers) {
    leastSeries = std::min(leastSeries, countSeries(layer));
    candidates += layer.candidates.size();
  }
  state.counters["layers"] = problem.layers.size();
  state.counters["series"] = leastSeries;
  state.counters["candidates"] = candidates;
}

static void plan(benchmark::State &state, cost::Objective objective) {
  DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::tasd::registerAllDialects(registry);
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = parse(context);
  state.counters["weights"] = fillWeights(*module);
  for (auto _ : state) {
    PlanRequest request = makeRequest(context, objective);
    auto problem = PlanProblem::build(*module, request,
                                      search::ErrorModel::DroppedMagnitude);
    auto bound = llvm::cantFail(search::ErrorSum::fromBound(1));
    auto solution = llvm::cantFail(
        search::solve(problem->getProblem(),
                      *llvm::cantFail(search::getStrategy("optimal")), bound));
    benchmark::DoNotOptimize(solution);
    setCounters(state, problem->getProblem());
  }
}

int main(int argc, char **argv) {
  for (cost::Objective objective :
       {cost::Objective::Latency, cost::Objective::Energy,
        cost::Objective::Edp})
    benchmark::RegisterBenchmark(
        ("resnet-50/" + cost::getName(objective)).str().c_str(),
        [=](benchmark::State &state) { plan(state, objective); })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime()
        ->MeasureProcessCPUTime()
        ->Iterations(3);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
