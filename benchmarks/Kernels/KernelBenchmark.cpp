//===- KernelBenchmark.cpp - What kernels take, size by size --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Layers in f32, dense and by series, compiled by tasd-lower-to-cpu and run on
// one thread, all ways of a layer in turn: their CPU times, and the counts that
// the cost model of measured machines sums up. utils/calibrate-cpu fits
// machines to the lines of JSON that this prints, one for each layer and way.
//
// Freed memory stays with the process, as in a network that is run again and
// again.
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"

#include "tasd/Dialect/TASD/Transforms/MachineOptions.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Support/Memory.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/JSON.h"

#include <random>

using namespace mlir;
using namespace ::tasd::evaluation;
namespace cl = llvm::cl;

static cl::opt<unsigned> vectorBits{
    "vector-bits", cl::desc("Width of vectors: 256 or 512"), cl::init(256)};
static cl::opt<double> seconds{
    "seconds", cl::desc("Time to measure each layer for, in seconds"),
    cl::init(0.5)};
static cl::opt<std::string> layerGlob{
    "layers", cl::desc("Names of layers to measure (default: all)"),
    cl::value_desc("glob"), cl::init("*")};
static cl::opt<std::string> wayGlob{
    "ways", cl::desc("Ways to run them beside dense (default: all)"),
    cl::value_desc("glob"), cl::init("*")};
static cl::opt<std::string> machine{
    "machine", cl::desc("A machine whose model is to say what layers take"),
    cl::value_desc("name or file")};

static Way getSeriesWay(const std::string &series) {
  mlir::tasd::PlanOptions plan;
  plan.series = {series};
  return {series, plan};
}

static Way getTileWay(int percent) {
  mlir::tasd::PlanOptions plan;
  plan.strategy = "tile-wise";
  plan.sparsity = {percent / 100.0};
  plan.granularity = {128};
  return {"tiles " + std::to_string(percent) + " %", plan};
}

/// Dense first.
static std::vector<Way> getWays() {
  std::vector<Way> ways;
  for (const char *series : {"2:4", "2:8", "1:8", "2:4+1:8", "4:32"})
    ways.push_back(getSeriesWay(series));
  for (int percent : {50, 75, 90})
    ways.push_back(getTileWay(percent));
  auto glob = llvm::cantFail(llvm::GlobPattern::create(wayGlob));
  llvm::erase_if(ways, [&](const Way &way) { return !glob.match(way.name); });
  ways.insert(ways.begin(), {"dense", std::nullopt});
  return ways;
}

static NDArray drawInput(ArrayRef<int64_t> shape) {
  NDArray input = NDArray::allocate(DType::F32, shape);
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  auto *elements = reinterpret_cast<float *>(input.bytes.data());
  for (int64_t i = 0; i < input.getNumElements(); ++i)
    elements[i] = normal(random);
  return input;
}

/// Runs all ways of a layer in turn, at least five times.
static LogicalResult measure(MLIRContext &context, const KernelLayer &layer,
                             const mlir::tasd::CostModel *model) {
  std::vector<KernelRun> runs;
  for (const Way &way : getWays()) {
    auto run = KernelRun::create(context, layer, way, vectorBits, model);
    if (failed(run))
      return failure();
    runs.push_back(std::move(*run));
  }
  NDArray input = drawInput(runs.front().getInputShape());
  auto end =
      std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  for (int count = 0; count < 5 || std::chrono::steady_clock::now() < end;
       ++count)
    for (KernelRun &run : runs)
      run.run(input);
  for (const KernelRun &run : runs)
    llvm::outs() << llvm::json::Value(run.toJSON(layer)) << "\n";
  llvm::outs().flush();
  return success();
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv, "Measures the kernels of the CPU\n");
  ::tasd::keepFreedMemory();
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  std::shared_ptr<const mlir::tasd::CostModel> model;
  if (!machine.empty()) {
    OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
    auto loaded = mlir::tasd::loadCostModel(
        *module, {machine, "", "", ::tasd::cost::Objective::Latency, 1});
    if (failed(loaded))
      return 1;
    model = *loaded;
  }
  auto glob = llvm::cantFail(
      llvm::GlobPattern::create(layerGlob, /*MaxSubPatterns=*/1024));
  for (const KernelLayer &layer : getKernelLayers())
    if (glob.match(layer.name) && failed(measure(context, layer, model.get())))
      return 1;
  return 0;
}
