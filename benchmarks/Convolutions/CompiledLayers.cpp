//===- CompiledLayers.cpp - Layers compiled for the CPU -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompiledLayers.h"

#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Pipelines/Lowering.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/Support/FormatVariadic.h"

#include <random>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::convolutions;
using namespace ::tasd::evaluation;

static std::string getFunctionName(size_t layer) {
  return "layer" + std::to_string(layer);
}

static std::string getText(size_t index, const Convolution &layer) {
  std::string input = llvm::formatv("tensor<1x{0}x{1}x{1}xf32>", layer.channels,
                                    layer.getInputSize());
  std::string weights =
      llvm::formatv("tensor<{0}x{1}x{2}x{2}xf32>", layer.filters,
                    layer.channels, layer.window);
  std::string result =
      llvm::formatv("tensor<1x{0}x{1}x{1}xf32>", layer.filters, layer.size);
  return llvm::formatv(
      "func.func @{0}(%x: {1}) -> {3} {{\n"
      "  %w = arith.constant dense_resource<{0}> : {2}\n"
      "  %z = arith.constant 0.0 : f32\n"
      "  %e = tensor.empty() : {3}\n"
      "  %i = linalg.fill ins(%z : f32) outs(%e : {3}) -> {3}\n"
      "  %r = linalg.conv_2d_nchw_fchw {{strides = dense<{4}> : "
      "tensor<2xi64>, dilations = dense<1> : tensor<2xi64>} "
      "ins(%x, %w : {1}, {2}) outs(%i : {3}) -> {3}\n"
      "  return %r : {3}\n}\n",
      getFunctionName(index), input, weights, result, layer.stride);
}

/// Gives each layer's weights normal numbers, the same ones each time.
static void fillWeights(MLIRContext *context, ArrayRef<Convolution> layers) {
  auto &manager = DenseResourceElementsHandle::getManagerInterface(context);
  for (auto [index, layer] : llvm::enumerate(layers)) {
    std::vector<float> weights(layer.filters * layer.channels * layer.window *
                               layer.window);
    std::mt19937 random(index);
    std::normal_distribution<float> normal;
    std::generate(weights.begin(), weights.end(),
                  [&] { return normal(random); });
    ArrayRef<char> bytes(reinterpret_cast<const char *>(weights.data()),
                         weights.size() * sizeof(float));
    manager.getBlobManager().update(
        getFunctionName(index),
        HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, /*align=*/64));
  }
}

static void buildPipeline(PassManager &pm, const Way &way) {
  if (!way.series.empty()) {
    mlir::tasd::PlanOptions plan;
    plan.series = {way.series};
    pm.addPass(mlir::tasd::createPlan(plan));
  }
  if (way.isReference)
    return mlir::tasd::buildLowerToReferencePipeline(pm);
  mlir::tasd::LinalgToLLVMOptions options;
  mlir::tasd::setHostMachine(options);
  options.vectorBits = way.vectorBits;
  mlir::tasd::buildLowerToCPUPipeline(pm, options);
}

FailureOr<std::vector<Executable>>
convolutions::compileLayers(ArrayRef<Convolution> layers, const Way &way) {
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  std::string text;
  for (auto [index, layer] : llvm::enumerate(layers))
    text += getText(index, layer);
  auto module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    return failure();
  fillWeights(&context, layers);
  std::vector<std::string> names;
  std::vector<FunctionType> types;
  for (size_t index = 0; index < layers.size(); ++index) {
    names.push_back(getFunctionName(index));
    types.push_back(
        module->lookupSymbol<func::FuncOp>(names.back()).getFunctionType());
  }
  PassManager pm(&context);
  buildPipeline(pm, way);
  if (failed(pm.run(*module)))
    return failure();
  std::vector<EntryPoint> entries;
  for (auto [name, type] : llvm::zip_equal(names, types))
    entries.push_back({name, type});
  auto executables = Executable::createAll(*module, entries);
  if (!executables)
    return module->emitError(llvm::toString(executables.takeError()));
  return std::move(*executables);
}
