//===- TileWiseBenchmark.cpp - Tile-wise layers beside dense ones ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The linear layers of a transformer block in f32 on 512 tokens, their random
// weights each pruned by tiles of 128, planned and compiled by
// tasd-lower-to-cpu, on one thread. Each run is alternated with the dense
// product of the same size by the runtime's dense library. Times are CPU times
// of the thread, with all that a compiled layer does: gathering, products,
// scattering. Counters: `ratio`, the median of pairwise ratios of time, the
// dense one's over ours; `dense_ms` and `ours_ms`, medians; `sparsity`, that of
// the weights. `weighted` runs all three layers, one after the other, and
// compares the sums. Results are compared with the dense product of the pruned
// weights.
//
// Freed memory stays with the process: otherwise the time to have pages mapped
// again, which is not the layers', is a third of ours and none of the dense
// product's, whose buffers are there before.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Pipelines/Lowering.h"
#include "tasd/Runtime/DenseLibrary.h"
#include "tasd/Search/Pruning.h"
#include "tasd/Sparsity/Packing.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "benchmark/benchmark.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <ctime>
#include <list>
#include <malloc.h>
#include <random>

using namespace mlir;
using namespace ::tasd::evaluation;
using ::tasd::runtime::DenseLibrary;

namespace {

constexpr int64_t kTokens = 512;
/// Of sums of up to 3072 products of numbers around 1.
constexpr double kMaxError = 2e-3;

/// Weights of outputs x inputs.
struct Shape {
  int64_t outputs, inputs;
};
constexpr Shape kShapes[] = {{768, 768}, {3072, 768}, {768, 3072}};

/// How a layer reads and writes tokens: as rows, or as columns.
enum class Tokens { Rows, Columns };

double getThreadMilliseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) +
         1e-6 * static_cast<double>(time.tv_nsec);
}

double getMedian(std::vector<double> values) {
  llvm::sort(values);
  return values[values.size() / 2];
}

std::vector<float> drawNormal(int64_t count, unsigned seed) {
  std::vector<float> values(count);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::generate(values.begin(), values.end(), [&] { return normal(random); });
  return values;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

::tasd::sparsity::BlockedShape getBlocked(Shape shape) {
  return {{shape.outputs, shape.inputs}, {1}};
}

/// The series of a layer, whose thresholds leave that share out.
::tasd::sparsity::Series prune(ArrayRef<float> weights, Shape shape,
                               double sparsity) {
  ::tasd::search::PrunedLayer layer = {"layer",
                                       {weights.data(),
                                        ::tasd::sparsity::ElementType::F32,
                                        getBlocked(shape),
                                        {shape.inputs, 1}}};
  ::tasd::search::PruningOptions options;
  options.sparsity = sparsity;
  auto registry = ::tasd::sparsity::PatternRegistry::createWithBuiltins();
  return llvm::cantFail(::tasd::search::prune(
      layer, llvm::cantFail(registry.parseSeries("tw(128)")), options));
}

/// x W^T of tokens as rows, else W x.
std::string getText(Shape shape, Tokens tokens, ArrayRef<float> weights) {
  bool isRows = tokens == Tokens::Rows;
  auto getType = [&](int64_t features) {
    return isRows ? llvm::formatv("{0}x{1}xf32", kTokens, features).str()
                  : llvm::formatv("{1}x{0}xf32", kTokens, features).str();
  };
  std::string maps = "affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> "
                     "(n, k)>, affine_map<(m, n, k) -> (m, n)>";
  std::string input = getType(shape.inputs), result = getType(shape.outputs);
  std::string weight =
      llvm::formatv("{0}x{1}xf32", shape.outputs, shape.inputs);
  std::string op =
      isRows ? llvm::formatv("linalg.matmul indexing_maps = [{0}] ins(%x, %w : "
                             "tensor<{1}>, tensor<{2}>)",
                             maps, input, weight)
                   .str()
             : llvm::formatv("linalg.matmul ins(%w, %x : tensor<{0}>, "
                             "tensor<{1}>)",
                             weight, input)
                   .str();
  StringRef bytes(reinterpret_cast<const char *>(weights.data()),
                  weights.size() * sizeof(float));
  return llvm::formatv("func.func @main(%x: tensor<{0}>) -> tensor<{1}> {{\n"
                       "  %w = arith.constant dense<\"0x{2}\"> : tensor<{3}>\n"
                       "  %z = arith.constant 0.0 : f32\n"
                       "  %e = tensor.empty() : tensor<{1}>\n"
                       "  %i = linalg.fill ins(%z : f32) outs(%e : tensor<{1}>)"
                       " -> tensor<{1}>\n"
                       "  %r = {4} outs(%i : tensor<{1}>) -> tensor<{1}>\n"
                       "  return %r : tensor<{1}>\n}",
                       input, result, llvm::toHex(bytes), weight, op);
}

FailureOr<Executable> compileLayer(MLIRContext &context, StringRef text,
                                   const std::string &series) {
  auto module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    return failure();
  FunctionType type =
      module->lookupSymbol<func::FuncOp>("main").getFunctionType();
  PassManager pm(&context);
  mlir::tasd::PlanOptions plan;
  plan.series = {series};
  pm.addPass(mlir::tasd::createPlan(plan));
  mlir::tasd::LinalgToLLVMOptions options;
  options.vectorBits = mlir::tasd::getHostVectorBits();
  options.dense = mlir::tasd::DenseKernels::BLAS;
  mlir::tasd::buildLowerToCPUPipeline(pm, options);
  if (failed(pm.run(*module)))
    return failure();
  auto executable = Executable::create(*module, "main", type);
  if (!executable)
    return module->emitError(llvm::toString(executable.takeError()));
  return std::move(*executable);
}

/// Times of one run of both, in milliseconds.
struct Times {
  double dense = 0, ours = 0;
};

/// One layer, compiled with pruned weights, and the dense product beside it.
class Layer {
public:
  Layer(Shape shape, Tokens tokens, std::vector<float> weights,
        Executable executable)
      : shape(shape), tokens(tokens), weights(std::move(weights)),
        executable(std::move(executable)),
        input(NDArray::allocate(
            DType::F32, this->executable.getSignature().inputs[0].shape)),
        sums(kTokens * shape.outputs) {
    auto values = drawNormal(input.getNumElements(), 7);
    std::memcpy(input.bytes.data(), values.data(), input.bytes.size());
  }

  Times run(const DenseLibrary &library) {
    double start = getThreadMilliseconds();
    addDense(library, weights);
    double dense = getThreadMilliseconds() - start;
    RunResult result = llvm::cantFail(executable.run(input));
    return {dense, result.threadMilliseconds};
  }

  /// The largest difference from the dense product of the pruned weights.
  double getError(const DenseLibrary &library, ArrayRef<float> pruned) {
    std::fill(sums.begin(), sums.end(), 0.0f);
    addDense(library, pruned);
    NDArray result =
        std::move(llvm::cantFail(executable.run(input)).results[0]);
    auto *values = reinterpret_cast<const float *>(result.bytes.data());
    double error = 0;
    for (size_t i = 0; i < sums.size(); ++i)
      error = std::max<double>(error, std::abs(sums[i] - values[i]));
    return error;
  }

private:
  void addDense(const DenseLibrary &library, ArrayRef<float> values) {
    auto *x = reinterpret_cast<const float *>(input.bytes.data());
    int64_t n = shape.outputs, k = shape.inputs;
    if (tokens == Tokens::Rows)
      library.add(
          ::tasd::runtime::MatrixProduct<float>{kTokens,
                                                n,
                                                k,
                                                {x, k, false},
                                                {values.data(), k, true},
                                                {sums.data(), n, false}});
    else
      library.add(
          ::tasd::runtime::MatrixProduct<float>{n,
                                                kTokens,
                                                k,
                                                {values.data(), k, false},
                                                {x, kTokens, false},
                                                {sums.data(), kTokens, false}});
  }

  Shape shape;
  Tokens tokens;
  std::vector<float> weights;
  Executable executable;
  NDArray input;
  std::vector<float> sums;
};

//===----------------------------------------------------------------------===//
// Measuring
//===----------------------------------------------------------------------===//

/// The three layers at one sparsity.
struct LayerSet {
  std::vector<Layer> layers;
  double numZeros = 0, numElements = 0;

  double getSparsity() const { return numZeros / numElements; }
};

/// Errors are printed.
LogicalResult addLayer(LayerSet &set, MLIRContext &context, Shape shape,
                       Tokens tokens, double sparsity,
                       const DenseLibrary &library) {
  std::vector<float> weights =
      drawNormal(shape.outputs * shape.inputs, set.layers.size());
  ::tasd::sparsity::Series series = prune(weights, shape, sparsity);
  auto executable =
      compileLayer(context, getText(shape, tokens, weights), series.getText());
  if (failed(executable))
    return failure();
  std::vector<float> pruned = weights;
  llvm::cantFail(
      ::tasd::sparsity::recompose({pruned.data(),
                                   ::tasd::sparsity::ElementType::F32,
                                   getBlocked(shape),
                                   {shape.inputs, 1}},
                                  series));
  set.numZeros += llvm::count(pruned, 0.0f);
  set.numElements += pruned.size();
  set.layers.emplace_back(shape, tokens, std::move(weights),
                          std::move(*executable));
  double error = set.layers.back().getError(library, pruned);
  if (error <= kMaxError)
    return success();
  llvm::errs() << "expected an error of at most " << kMaxError << " but got "
               << error << '\n';
  return failure();
}

void measure(benchmark::State &state, const LayerSet &set,
             MutableArrayRef<Layer> layers, const DenseLibrary &library) {
  std::vector<double> dense, ours, ratios;
  for (auto _ : state) {
    Times sum;
    for (Layer &layer : layers) {
      Times times = layer.run(library);
      sum.dense += times.dense;
      sum.ours += times.ours;
    }
    dense.push_back(sum.dense);
    ours.push_back(sum.ours);
    ratios.push_back(sum.dense / sum.ours);
    state.SetIterationTime(sum.ours / 1e3);
  }
  state.counters["ratio"] = getMedian(ratios);
  state.counters["dense_ms"] = getMedian(dense);
  state.counters["ours_ms"] = getMedian(ours);
  state.counters["sparsity"] = set.getSparsity();
}

void registerSet(LayerSet &set, StringRef name, const DenseLibrary &library) {
  auto add = [&](const std::string &layer, MutableArrayRef<Layer> layers) {
    benchmark::RegisterBenchmark(
        (name + "/" + layer).str().c_str(),
        [&set, layers, &library](benchmark::State &state) {
          measure(state, set, layers, library);
        })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  for (auto [layer, shape] : llvm::zip_equal(set.layers, kShapes))
    add(llvm::formatv("{0}x{1}", shape.inputs, shape.outputs), layer);
  add("weighted", set.layers);
}

} // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  const DenseLibrary *library = ::tasd::runtime::getDenseLibrary();
  if (!library) {
    llvm::errs() << "expected a build with a dense library\n";
    return 1;
  }
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  std::list<LayerSet> sets;
  for (int percent : {50, 75, 90})
    for (Tokens tokens : {Tokens::Rows, Tokens::Columns}) {
      LayerSet &set = sets.emplace_back();
      for (Shape shape : kShapes)
        if (failed(addLayer(set, context, shape, tokens, percent / 100.0,
                            *library)))
          return 1;
      StringRef name = tokens == Tokens::Rows ? "token_rows" : "token_columns";
      registerSet(set, llvm::formatv("{0}/{1}", percent, name).str(), *library);
    }
  benchmark::AddCustomContext("dense_library", library->getName());
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
