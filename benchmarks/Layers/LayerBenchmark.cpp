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
// width, --dense=blas to calls of the runtime's BLAS.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Pipelines/Lowering.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "benchmark/benchmark.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cblas-openblas.h>
#include <chrono>
#include <random>

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {

/// An op on operands of given types, and the size of its matrix product. With a
/// series the left operand is constant, and planned.
struct Layer {
  std::string name, op, lhs, rhs, result;
  int64_t m, n, k;
  std::string series = "";
};

double getMilliseconds(llvm::function_ref<void()> function) {
  auto start = std::chrono::steady_clock::now();
  function();
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - start)
      .count();
}

double getMedian(std::vector<double> values) {
  llvm::sort(values);
  return values[values.size() / 2];
}

/// Random weights in the text of a constant.
std::string getWeights(const Layer &layer) {
  std::vector<float> weights(layer.m * layer.k);
  std::mt19937 random(2);
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::generate(weights.begin(), weights.end(),
                [&] { return uniform(random); });
  StringRef bytes(reinterpret_cast<const char *>(weights.data()),
                  weights.size() * sizeof(float));
  return llvm::formatv("  %a = arith.constant dense<\"0x{0}\"> : "
                       "tensor<{1}xf32>\n",
                       llvm::toHex(bytes), layer.lhs)
      .str();
}

std::string getText(const Layer &layer) {
  bool isPlanned = !layer.series.empty();
  std::string weights = isPlanned ? getWeights(layer) : "";
  std::string argument = isPlanned ? "" : "%a: tensor<" + layer.lhs + "xf32>, ";
  return llvm::formatv(
             "func.func @main({4}%b: tensor<{1}xf32>) -> "
             "tensor<{2}xf32> {{\n{5}"
             "  %z = arith.constant 0.0 : f32\n"
             "  %e = tensor.empty() : tensor<{2}xf32>\n"
             "  %i = linalg.fill ins(%z : f32) outs(%e : tensor<{2}xf32>) -> "
             "tensor<{2}xf32>\n"
             "  %r = {3} ins(%a, %b : tensor<{0}xf32>, tensor<{1}xf32>) "
             "outs(%i : tensor<{2}xf32>) -> tensor<{2}xf32>\n"
             "  return %r : tensor<{2}xf32>\n}",
             layer.lhs, layer.rhs, layer.result, layer.op, argument, weights)
      .str();
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
compileLayer(ModuleOp module, const Layer &layer,
             const mlir::tasd::LinalgToLLVMOptions &options) {
  auto entry = module.lookupSymbol<func::FuncOp>("main");
  FunctionType type = entry.getFunctionType();
  PassManager pm(module.getContext());
  if (layer.series.empty()) {
    mlir::tasd::buildLinalgToLLVMPipeline(pm, options);
  } else {
    mlir::tasd::PlanOptions plan;
    plan.series = {layer.series};
    pm.addPass(mlir::tasd::createPlan(plan));
    mlir::tasd::buildLowerToCPUPipeline(pm, options);
  }
  if (failed(pm.run(module)))
    return failure();
  auto executable = Executable::create(module, "main", type);
  if (!executable)
    return module.emitError(llvm::toString(executable.takeError()));
  return std::move(*executable);
}

void measure(benchmark::State &state, const Layer &layer,
             const mlir::tasd::LinalgToLLVMOptions &options) {
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  auto module = parseSourceString<ModuleOp>(getText(layer), &context);
  FailureOr<Executable> executable = failure();
  double compileTime = getMilliseconds([&] {
    if (module)
      executable = compileLayer(*module, layer, options);
  });
  if (failed(executable))
    return state.SkipWithError("the layer does not compile");
  std::mt19937 random(1);
  SmallVector<NDArray> inputs;
  for (const TensorSpec &spec : executable->getSignature().inputs)
    inputs.push_back(drawArray(spec, random));
  Reference reference(layer);
  std::vector<double> ours, theirs, ratios;
  for (auto _ : state) {
    auto result = executable->run(inputs);
    if (!result)
      return state.SkipWithError(llvm::toString(result.takeError()).c_str());
    ours.push_back(result->milliseconds);
    theirs.push_back(getMilliseconds([&] { reference.run(); }));
    ratios.push_back(theirs.back() / ours.back());
    state.SetIterationTime(result->milliseconds / 1e3);
  }
  double gflop = 2e-6 * layer.m * layer.n * layer.k;
  state.counters["ratio"] = getMedian(ratios);
  state.counters["gflops"] = gflop / getMedian(ours);
  state.counters["openblas_gflops"] = gflop / getMedian(theirs);
  state.counters["compile_ms"] = compileTime;
}

Layer getMatmul(int64_t m, int64_t n, int64_t k) {
  return {llvm::formatv("matmul/{0}x{1}x{2}", m, n, k).str(),
          "linalg.matmul",
          llvm::formatv("{0}x{1}", m, k).str(),
          llvm::formatv("{0}x{1}", k, n).str(),
          llvm::formatv("{0}x{1}", m, n).str(),
          m,
          n,
          k};
}

/// The same with weights planned as `series`.
Layer getPlanned(StringRef series, int64_t m, int64_t n, int64_t k) {
  Layer layer = getMatmul(m, n, k);
  layer.name = llvm::formatv("planned/{0}/{1}x{2}x{3}", series, m, n, k);
  layer.series = series;
  return layer;
}

/// x W^T, as a linear layer of weights N x K is imported.
Layer getLinear(int64_t m, int64_t n, int64_t k) {
  Layer layer = getMatmul(m, n, k);
  layer.name = llvm::formatv("linear/{0}x{1}x{2}", m, n, k);
  layer.op =
      "linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, "
      "affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]";
  layer.rhs = llvm::formatv("{0}x{1}", n, k);
  return layer;
}

/// W x of one column.
Layer getMatvec(int64_t m, int64_t k) {
  return {llvm::formatv("matvec/{0}x{1}", m, k).str(),
          "linalg.matvec",
          llvm::formatv("{0}x{1}", m, k).str(),
          llvm::formatv("{0}", k).str(),
          llvm::formatv("{0}", m).str(),
          m,
          1,
          k};
}

/// A convolution of `size` x `size` outputs and a square window.
Layer getConv(bool isChannelsLast, int64_t size, int64_t channels,
              int64_t filters, int64_t window, int64_t stride) {
  int64_t input = (size - 1) * stride + window;
  Layer layer;
  layer.name = llvm::formatv("conv_{0}/{1}x{1}x{2}/{3}x{4}x{4}/{5}",
                             isChannelsLast ? "nhwc" : "nchw", size, channels,
                             filters, window, stride);
  layer.op = llvm::formatv(
      "{0} {{strides = dense<{1}> : tensor<2xi64>, dilations = dense<1> : "
      "tensor<2xi64>}",
      isChannelsLast ? "linalg.conv_2d_nhwc_hwcf" : "linalg.conv_2d_nchw_fchw",
      stride);
  if (isChannelsLast) {
    layer.lhs = llvm::formatv("1x{0}x{0}x{1}", input, channels);
    layer.rhs = llvm::formatv("{0}x{0}x{1}x{2}", window, channels, filters);
    layer.result = llvm::formatv("1x{0}x{0}x{1}", size, filters);
  } else {
    layer.lhs = llvm::formatv("1x{1}x{0}x{0}", input, channels);
    layer.rhs = llvm::formatv("{2}x{1}x{0}x{0}", window, channels, filters);
    layer.result = llvm::formatv("1x{1}x{0}x{0}", size, filters);
  }
  layer.m = isChannelsLast ? size * size : filters;
  layer.n = isChannelsLast ? filters : size * size;
  layer.k = window * window * channels;
  return layer;
}

const std::vector<Layer> &getLayers() {
  static const std::vector<Layer> layers = {
      getMatmul(512, 512, 1152),
      getMatmul(1024, 1024, 1024),
      getMatmul(768, 512, 3072),
      getMatmul(3072, 512, 768),
      getPlanned("2:4", 512, 512, 1152),
      getPlanned("1:8", 512, 512, 1152),
      getPlanned("2:4+1:8", 512, 512, 1152),
      getPlanned("2:4", 768, 512, 3072),
      getPlanned("1:8", 768, 512, 3072),
      getMatmul(8, 8, 8),
      getMatmul(16, 16, 16),
      getMatmul(32, 32, 32),
      getMatmul(64, 64, 64),
      getMatmul(128, 128, 128),
      getMatmul(512, 16, 1152),
      getMatmul(16, 512, 1152),
      getMatvec(512, 1152),
      getMatvec(3072, 768),

      getLinear(128, 768, 768),
      getLinear(256, 768, 3072),
      getLinear(1, 1000, 2048),
      getLinear(16, 1000, 2048),
      // ResNet: the first layer, one of each stage, and a 1x1.
      getConv(true, 112, 3, 64, 7, 2),
      getConv(true, 56, 64, 64, 3, 1),
      getConv(true, 14, 256, 256, 3, 1),
      getConv(true, 7, 512, 512, 3, 1),
      getConv(true, 14, 1024, 256, 1, 1),
      getConv(false, 112, 3, 64, 7, 2),
      getConv(false, 56, 64, 64, 3, 1),
      getConv(false, 14, 256, 256, 3, 1),
      getConv(false, 7, 512, 512, 3, 1),
      // A small network on digits.
      getConv(true, 8, 1, 16, 3, 1),
      getConv(true, 8, 16, 32, 3, 1),
  };
  return layers;
}

} // namespace

/// Takes `--vector-bits=N` and `--dense=blas` out of the arguments.
static void takeOptions(int &argc, char **argv,
                        mlir::tasd::LinalgToLLVMOptions &options) {
  options.vectorBits = mlir::tasd::getHostVectorBits();
  int kept = 1;
  for (int i = 1; i < argc; ++i) {
    StringRef argument(argv[i]);
    unsigned bits;
    if (argument == "--dense=blas")
      options.dense = mlir::tasd::DenseKernels::BLAS;
    else if (argument.consume_front("--vector-bits=") &&
             !argument.getAsInteger(10, bits))
      options.vectorBits = bits;
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
