//===- LayerBenchmark.cpp - Compiled layers beside OpenBLAS ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Layers in f32 compiled by tasd-linalg-to-llvm, on one thread, alternated with
// OpenBLAS's sgemm of the same size (for a convolution: that of its implicit
// matrix product; for one column or row: sgemv). Counters: `ratio`, the median
// of pairwise ratios of time, OpenBLAS's over ours; GFLOP/s of both from
// medians; `compile_ms`. --vector-bits=256 compiles for half of AVX-512's
// width, --dense=blas to calls of the runtime's BLAS, --threads=N for so many.
// Then the same layer compiled for one thread runs in turn as well: `over_one`
// is the median of ratios of its time over that of N, by the clock.
//
//===----------------------------------------------------------------------===//

#include "../Common/CompiledMain.h"
#include "../Common/Times.h"
#include "Layers.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Pipelines/Lowering.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include "benchmark/benchmark.h"

#include <cblas-openblas.h>
#include <chrono>
#include <random>

using namespace mlir;
using namespace ::tasd::benchmarks;
using namespace ::tasd::evaluation;

namespace {

double getMilliseconds(llvm::function_ref<void()> function) {
  auto start = std::chrono::steady_clock::now();
  function();
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - start)
      .count();
}

NDArray drawArray(const TensorSpec &spec, std::mt19937 &random) {
  NDArray array = NDArray::allocate(spec.dtype, spec.shape);
  auto *elements = reinterpret_cast<float *>(array.bytes.data());
  std::uniform_real_distribution<float> uniform(-1, 1);
  for (int64_t i = 0; i < array.getNumElements(); ++i)
    elements[i] = uniform(random);
  return array;
}

/// OpenBLAS on buffers of its own.
class Reference {
public:
  explicit Reference(const Layer &layer)
      : layer(layer), a(layer.m * layer.k, 0.5f), b(layer.k * layer.n, 0.25f),
        c(layer.m * layer.n) {}

  void run() {
    if (layer.n == 1 || layer.m == 1)
      return cblas_sgemv(CblasRowMajor, CblasNoTrans, layer.m * layer.n,
                         layer.k, 1, layer.n == 1 ? a.data() : b.data(),
                         layer.k, layer.n == 1 ? b.data() : a.data(), 1, 0,
                         c.data(), 1);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, layer.m, layer.n,
                layer.k, 1, a.data(), layer.k, b.data(), layer.n, 0, c.data(),
                layer.n);
  }

private:
  const Layer &layer;
  std::vector<float> a, b, c;
};

FailureOr<Executable>
compileLayer(MLIRContext &context, const Layer &layer,
             const mlir::tasd::LinalgToLLVMOptions &options) {
  auto parsed = parseSourceString<ModuleOp>(getText(layer), &context);
  if (!parsed)
    return failure();
  return compileMain(*parsed, [&](PassManager &pm) {
    if (layer.series.empty()) {
      mlir::tasd::buildLinalgToLLVMPipeline(pm, options);
      return;
    }
    mlir::tasd::PlanOptions plan;
    plan.series = {layer.series};
    pm.addPass(mlir::tasd::createPlan(plan));
    mlir::tasd::buildLowerToCPUPipeline(pm, options);
  });
}

/// The layer for one thread; null where it is compiled for one anyway, or does
/// not compile.
std::unique_ptr<Executable>
compileForOne(MLIRContext &context, const Layer &layer,
              const mlir::tasd::LinalgToLLVMOptions &options) {
  if (options.threads == 1)
    return nullptr;
  mlir::tasd::LinalgToLLVMOptions forOne;
  forOne.copyOptionValuesFrom(options);
  forOne.threads = 1;
  FailureOr<Executable> executable = compileLayer(context, layer, forOne);
  return failed(executable)
             ? nullptr
             : std::make_unique<Executable>(std::move(*executable));
}

void measure(benchmark::State &state, const Layer &layer,
             const mlir::tasd::LinalgToLLVMOptions &options) {
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  FailureOr<Executable> executable = failure();
  double compileTime = getMilliseconds(
      [&] { executable = compileLayer(context, layer, options); });
  std::unique_ptr<Executable> single = compileForOne(context, layer, options);
  if (failed(executable) || (options.threads > 1 && !single))
    return state.SkipWithError("the layer does not compile");
  std::mt19937 random(1);
  SmallVector<NDArray> inputs;
  for (const TensorSpec &spec : executable->getSignature().inputs)
    inputs.push_back(drawArray(spec, random));
  Reference reference(layer);
  std::vector<double> ours, theirs, ratios, overOne;
  for (auto _ : state) {
    auto result = executable->run(inputs);
    if (!result)
      return state.SkipWithError(llvm::toString(result.takeError()).c_str());
    ours.push_back(result->milliseconds);
    theirs.push_back(getMilliseconds([&] { reference.run(); }));
    ratios.push_back(theirs.back() / ours.back());
    if (single)
      overOne.push_back(cantFail(single->run(inputs)).milliseconds /
                        ours.back());
    state.SetIterationTime(result->milliseconds / 1e3);
  }
  double gflop = 2e-6 * layer.m * layer.n * layer.k;
  state.counters["ratio"] = getMedian(ratios);
  state.counters["gflops"] = gflop / getMedian(ours);
  state.counters["openblas_gflops"] = gflop / getMedian(theirs);
  state.counters["compile_ms"] = compileTime;
  if (single)
    state.counters["over_one"] = getMedian(overOne);
}

} // namespace

/// Takes `--vector-bits=N`, `--threads=N` and `--dense=blas` out of the
/// arguments.
static void takeOptions(int &argc, char **argv,
                        mlir::tasd::LinalgToLLVMOptions &options) {
  mlir::tasd::setHostMachine(options);
  int kept = 1;
  for (int i = 1; i < argc; ++i) {
    StringRef argument(argv[i]);
    unsigned number;
    if (argument == "--dense=blas")
      options.dense = mlir::tasd::DenseKernels::BLAS;
    else if (argument.consume_front("--vector-bits=") &&
             !argument.getAsInteger(10, number))
      options.vectorBits = number;
    else if (argument.consume_front("--threads=") &&
             !argument.getAsInteger(10, number) && number > 0)
      options.threads = number;
    else
      argv[kept++] = argv[i];
  }
  argc = kept;
}

int main(int argc, char **argv) {
  mlir::tasd::LinalgToLLVMOptions options;
  takeOptions(argc, argv, options);
  openblas_set_num_threads(1);
  for (const Layer &layer : getLayers())
    benchmark::RegisterBenchmark(layer.name.c_str(),
                                 [&layer, &options](benchmark::State &state) {
                                   measure(state, layer, options);
                                 })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  benchmark::AddCustomContext("openblas_kernel", openblas_get_corename());
  benchmark::AddCustomContext("vector_bits",
                              std::to_string(options.vectorBits));
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
