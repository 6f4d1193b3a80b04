//===- TileWiseBenchmark.cpp - Tile-wise layers beside dense ones ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The linear layers of a transformer block in f32 on 512 tokens, their random
// weights each pruned by tiles of 128, compiled with dense=blas, on one thread,
// beside the dense library (LinearLayer.h). `weighted` runs all three layers,
// one after the other, and compares the sums.
//
//===----------------------------------------------------------------------===//

#include "../Common/LinearLayer.h"

#include "tasd/Search/Pruning.h"

#include "llvm/Support/FormatVariadic.h"

#include <list>

using namespace mlir;
using namespace ::tasd::benchmarks;
using ::tasd::runtime::DenseLibrary;

namespace {

constexpr LinearShape kShapes[] = {
    {768, 512, 768}, {3072, 512, 768}, {768, 512, 3072}};

/// The series of a layer, whose thresholds leave that share out.
::tasd::sparsity::Series prune(ArrayRef<float> weights, LinearShape shape,
                               double sparsity) {
  ::tasd::search::PrunedLayer layer = {"layer",
                                       {weights.data(),
                                        ::tasd::sparsity::ElementType::F32,
                                        {{shape.outputs, shape.inputs}, {1}},
                                        {shape.inputs, 1}}};
  ::tasd::search::PruningOptions options;
  options.sparsity = sparsity;
  auto registry = ::tasd::sparsity::PatternRegistry::createWithBuiltins();
  return llvm::cantFail(::tasd::search::prune(
      layer, llvm::cantFail(registry.parseSeries("tw(128)")), options));
}

/// The three layers at one sparsity. Errors are printed.
FailureOr<std::vector<LinearLayer>> createLayers(MLIRContext &context,
                                                 Tokens tokens, double sparsity,
                                                 const DenseLibrary &library) {
  LinearOptions options = {mlir::tasd::getHostVectorBits(),
                           mlir::tasd::DenseKernels::BLAS};
  std::vector<LinearLayer> layers;
  for (LinearShape shape : kShapes) {
    std::vector<float> weights =
        drawNormal(shape.outputs * shape.inputs, layers.size());
    auto series = prune(weights, shape, sparsity);
    auto layer = LinearLayer::create(context, shape, tokens, std::move(weights),
                                     series, library, options);
    if (failed(layer))
      return failure();
    layers.push_back(std::move(*layer));
  }
  return layers;
}

void registerLayers(MutableArrayRef<LinearLayer> layers, StringRef name,
                    const DenseLibrary &library) {
  auto add = [&](const std::string &layer,
                 MutableArrayRef<LinearLayer> measured) {
    benchmark::RegisterBenchmark((name + "/" + layer).str().c_str(),
                                 [measured, &library](benchmark::State &state) {
                                   measure(state, measured, library);
                                 })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  for (LinearLayer &layer : layers)
    add(llvm::formatv("{0}x{1}", layer.getShape().inputs,
                      layer.getShape().outputs),
        layer);
  add("weighted", layers);
}

} // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  std::list<std::vector<LinearLayer>> sets;
  return runBesideLibrary([&](MLIRContext &context,
                              const DenseLibrary &library) -> LogicalResult {
    for (int percent : {50, 75, 90})
      for (Tokens tokens : {Tokens::Rows, Tokens::Columns}) {
        auto layers = createLayers(context, tokens, percent / 100.0, library);
        if (failed(layers))
          return failure();
        sets.push_back(std::move(*layers));
        StringRef name =
            tokens == Tokens::Rows ? "token_rows" : "token_columns";
        registerLayers(sets.back(),
                       llvm::formatv("{0}/{1}", percent, name).str(), library);
      }
    return success();
  });
}
