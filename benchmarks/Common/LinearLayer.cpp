//===- LinearLayer.cpp - Compiled layers beside a BLAS --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinearLayer.h"

#include "CompiledMain.h"
#include "Times.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Pipelines/Lowering.h"
#include "tasd/Sparsity/Packing.h"
#include "tasd/Support/Memory.h"

#include "mlir/Parser/Parser.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <random>

using namespace mlir;
using namespace ::tasd::benchmarks;
using namespace ::tasd::evaluation;
using ::tasd::runtime::DenseLibrary;

/// Of sums of some thousand products of numbers around 1.
static constexpr double kMaxError = 4e-3;

auto ::tasd::benchmarks::drawNormal(int64_t count, unsigned seed)
    -> std::vector<float> {
  std::vector<float> values(count);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::generate(values.begin(), values.end(), [&] { return normal(random); });
  return values;
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

/// x W^T of tokens as rows, else W x.
static std::string getText(LinearShape shape, Tokens tokens,
                           ArrayRef<float> weights) {
  bool isRows = tokens == Tokens::Rows;
  auto getType = [&](int64_t features) {
    return isRows ? llvm::formatv("{0}x{1}xf32", shape.tokens, features).str()
                  : llvm::formatv("{1}x{0}xf32", shape.tokens, features).str();
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

static FailureOr<Executable> compileLayer(MLIRContext &context, StringRef text,
                                          const std::string &series,
                                          const LinearOptions &how) {
  auto module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    return failure();
  mlir::tasd::PlanOptions plan;
  plan.series = {series};
  mlir::tasd::LinalgToLLVMOptions options;
  mlir::tasd::setHostMachine(options);
  options.vectorBits = how.vectorBits;
  options.dense = how.dense;
  return compileMain(*module, [&](PassManager &pm) {
    pm.addPass(mlir::tasd::createPlan(plan));
    mlir::tasd::buildLowerToCPUPipeline(pm, options);
  });
}

//===----------------------------------------------------------------------===//
// LinearLayer
//===----------------------------------------------------------------------===//

LinearLayer::LinearLayer(LinearShape shape, Tokens tokens,
                         std::vector<float> weights, Executable executable)
    : shape(shape), tokens(tokens), weights(std::move(weights)),
      executable(std::move(executable)),
      input(NDArray::allocate(DType::F32,
                              this->executable.getSignature().inputs[0].shape)),
      sums(shape.tokens * shape.outputs) {
  auto values = drawNormal(input.getNumElements(), 7);
  std::memcpy(input.bytes.data(), values.data(), input.bytes.size());
}

FailureOr<LinearLayer>
LinearLayer::create(MLIRContext &context, LinearShape shape, Tokens tokens,
                    std::vector<float> weights,
                    const ::tasd::sparsity::Series &series,
                    const DenseLibrary &library, const LinearOptions &options) {
  auto executable = compileLayer(context, getText(shape, tokens, weights),
                                 series.getText(), options);
  if (failed(executable))
    return failure();
  std::vector<float> kept = weights;
  llvm::cantFail(
      ::tasd::sparsity::recompose({kept.data(),
                                   ::tasd::sparsity::ElementType::F32,
                                   {{shape.outputs, shape.inputs}, {1}},
                                   {shape.inputs, 1}},
                                  series));
  LinearLayer layer(shape, tokens, std::move(weights), std::move(*executable));
  layer.sparsity = static_cast<double>(llvm::count(kept, 0.0f)) /
                   static_cast<double>(kept.size());
  double error = layer.getError(library, kept);
  if (error <= kMaxError)
    return std::move(layer);
  llvm::errs() << "expected an error of at most " << kMaxError << " but got "
               << error << '\n';
  return failure();
}

PairOfTimes LinearLayer::run(const DenseLibrary &library) {
  double start = getThreadMilliseconds();
  addDense(library, weights);
  double dense = getThreadMilliseconds() - start;
  RunResult result = llvm::cantFail(executable.run(input));
  return {dense, result.threadMilliseconds};
}

double LinearLayer::getError(const DenseLibrary &library,
                             ArrayRef<float> kept) {
  std::fill(sums.begin(), sums.end(), 0.0f);
  addDense(library, kept);
  NDArray result = std::move(llvm::cantFail(executable.run(input)).results[0]);
  auto *values = reinterpret_cast<const float *>(result.bytes.data());
  double error = 0;
  for (size_t i = 0; i < sums.size(); ++i)
    error = std::max<double>(error, std::abs(sums[i] - values[i]));
  return error;
}

void LinearLayer::addDense(const DenseLibrary &library,
                           ArrayRef<float> values) {
  auto *x = reinterpret_cast<const float *>(input.bytes.data());
  auto [m, n, k] = shape;
  if (tokens == Tokens::Rows)
    library.add(::tasd::runtime::MatrixProduct<float>{n,
                                                      m,
                                                      k,
                                                      {x, k, false},
                                                      {values.data(), k, true},
                                                      {sums.data(), m, false}});
  else
    library.add(::tasd::runtime::MatrixProduct<float>{m,
                                                      n,
                                                      k,
                                                      {values.data(), k, false},
                                                      {x, n, false},
                                                      {sums.data(), n, false}});
}

//===----------------------------------------------------------------------===//
// Measuring
//===----------------------------------------------------------------------===//

static double getSparsity(ArrayRef<LinearLayer> layers) {
  double zeros = 0, elements = 0;
  for (const LinearLayer &layer : layers) {
    double size = static_cast<double>(layer.getShape().outputs) *
                  static_cast<double>(layer.getShape().inputs);
    zeros += layer.getSparsity() * size;
    elements += size;
  }
  return zeros / elements;
}

void ::tasd::benchmarks::measure(benchmark::State &state,
                                 MutableArrayRef<LinearLayer> layers,
                                 const DenseLibrary &library) {
  std::vector<double> dense, ours, ratios;
  for (auto _ : state) {
    PairOfTimes sum;
    for (LinearLayer &layer : layers) {
      PairOfTimes times = layer.run(library);
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
  state.counters["sparsity"] = getSparsity(layers);
}

int ::tasd::benchmarks::runBesideLibrary(
    function_ref<LogicalResult(MLIRContext &, const DenseLibrary &)> add) {
  ::tasd::keepFreedMemory();
  const DenseLibrary *library = ::tasd::runtime::getDenseLibrary();
  if (!library) {
    llvm::errs() << "expected a build with a dense library\n";
    return 1;
  }
  DialectRegistry registry;
  ::tasd::evaluation::registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  if (failed(add(context, *library)))
    return 1;
  benchmark::AddCustomContext("dense_library", library->getName());
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
