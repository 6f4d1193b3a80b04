//===- MinimalContextTest.cpp - Passes in contexts that know little -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR fails, in builds with asserts aborts, when an interface is asked for
// that a dialect promised and nobody registered. An embedder's context holds
// the dialects of its input and no extension: our passes bring what they ask
// for, and compile to the same bytes there as where everything is registered.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Interfaces.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/InitAll.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace {

/// A layer, and around it what networks have besides.
constexpr StringLiteral kNetwork = R"mlir(
ml_program.global private @bias(dense<1.0> : tensor<4x8xf32>) : tensor<4x8xf32>
func.func private @scale(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %y = arith.addf %x, %x : tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
func.func @main(%x: tensor<4x8xf32>, %image: tensor<1x6x6x8xf32>,
                %batch: tensor<2x4x8xf32>, %n: index)
    -> (tensor<4x8xf32>, tensor<1x4x4x8xf32>, tensor<2x4x8xf32>) {
  %w = arith.constant dense<2.0> : tensor<8x8xf32>
  %filter = arith.constant dense<0.5> : tensor<3x3x8x8xf32>
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %bias = ml_program.global_load_const @bias : tensor<4x8xf32>
  %empty = tensor.empty() : tensor<4x8xf32>
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4x8xf32> {
    %y = linalg.matmul ins(%a, %w : tensor<4x8xf32>, tensor<8x8xf32>)
        outs(%bias : tensor<4x8xf32>) -> tensor<4x8xf32>
    %s = func.call @scale(%y) : (tensor<4x8xf32>) -> tensor<4x8xf32>
    scf.yield %s : tensor<4x8xf32>
  }
  %soft = linalg.softmax dimension(1) ins(%sum : tensor<4x8xf32>)
      outs(%empty : tensor<4x8xf32>) -> tensor<4x8xf32>
  %tanh = math.tanh %soft : tensor<4x8xf32>
  %out = tensor.empty() : tensor<1x4x4x8xf32>
  %init = linalg.fill ins(%zero : f32) outs(%out : tensor<1x4x4x8xf32>)
      -> tensor<1x4x4x8xf32>
  %conv = linalg.conv_2d_nhwc_hwcf
      ins(%image, %filter : tensor<1x6x6x8xf32>, tensor<3x3x8x8xf32>)
      outs(%init : tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  %square = arith.constant dense<3.0> : tensor<2x8x8xf32>
  %product = linalg.batch_matmul
      ins(%batch, %square : tensor<2x4x8xf32>, tensor<2x8x8xf32>)
      outs(%batch : tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
  return %tanh, %conv, %product
      : tensor<4x8xf32>, tensor<1x4x4x8xf32>, tensor<2x4x8xf32>
}
)mlir";

/// The dialects of kNetwork, and no extension.
DialectRegistry getInputDialects() {
  DialectRegistry registry;
  registry.insert<arith::ArithDialect, func::FuncDialect, linalg::LinalgDialect,
                  math::MathDialect, ml_program::MLProgramDialect,
                  scf::SCFDialect, tensor::TensorDialect>();
  return registry;
}

/// `text` after `pipeline`, in a context that knows `registry`; empty when that
/// fails.
std::string compile(const DialectRegistry &registry, StringRef text,
                    StringRef pipeline) {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  PassManager pm(&context);
  if (!module || failed(parsePassPipeline(pipeline, pm)) ||
      failed(pm.run(*module)))
    return "";
  std::string result;
  llvm::raw_string_ostream stream(result);
  module->print(stream);
  return result;
}

/// As `compile`, where all of MLIR and of this project is registered.
std::string compileFully(StringRef text, StringRef pipeline) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  mlir::tasd::registerAllDialects(registry);
  return compile(registry, text, pipeline);
}

struct MinimalContextTest : testing::TestWithParam<const char *> {
  static void SetUpTestSuite() {
    mlir::tasd::registerAllPasses();
    bufferization::registerBufferizationPasses();
  }
};

/// Whole compilations, and the passes that ask ops for interfaces alone.
constexpr const char *kPipelines[] = {
    "tasd-plan{series=2:4},tasd-lower-to-cpu",
    "tasd-plan{series=2:4},tasd-lower-to-reference",
    "tasd-plan{series=2:4 side=activations},tasd-lower-to-cpu",
    "tasd-plan{series=2:4 side=both},tasd-lower-to-reference",
    "tasd-linalg-to-llvm",
    "tasd-linalg-to-loops",
    "func.func(tasd-decompose-linalg,tasd-vectorize-linalg)",
    "tasd-plan{series=2:4 side=both},convert-linalg-to-tasd,tasd-pack,"
    "tasd-distribute,func.func(convert-tasd-to-vector,convert-tasd-to-linalg)",
    "tasd-plan{series=2:4},convert-linalg-to-tasd,tasd-pack,tasd-distribute,"
    "func.func(convert-tasd-to-sparse-tensor,convert-sparse-tensor-to-tasd)",
};

TEST_P(MinimalContextTest, InputDialectsAlone) {
  std::string expected = compileFully(kNetwork, GetParam());
  ASSERT_NE(expected, "");
  EXPECT_EQ(compile(getInputDialects(), kNetwork, GetParam()), expected);
}

TEST_P(MinimalContextTest, OurDialectWithoutItsExtensions) {
  DialectRegistry registry = getInputDialects();
  registry.insert<mlir::tasd::TASDDialect>();
  EXPECT_EQ(compile(registry, kNetwork, GetParam()),
            compileFully(kNetwork, GetParam()));
}

TEST_P(MinimalContextTest, EverythingOfOurs) {
  DialectRegistry registry = getInputDialects();
  mlir::tasd::registerAllDialects(registry);
  EXPECT_EQ(compile(registry, kNetwork, GetParam()),
            compileFully(kNetwork, GetParam()));
}

TEST_P(MinimalContextTest, ModuleWithoutAnyDialect) {
  EXPECT_NE(compile(DialectRegistry(), "module {}", GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(Pipelines, MinimalContextTest,
                         testing::ValuesIn(kPipelines));

/// linalg is loaded by the passes, after the extensions came.
TEST_F(MinimalContextTest, LinalgLoadedLate) {
  DialectRegistry registry;
  registry.insert<affine::AffineDialect, arith::ArithDialect, func::FuncDialect,
                  tensor::TensorDialect>();
  mlir::tasd::registerAllDialects(registry);
  constexpr StringLiteral text = R"mlir(
    #lhs = affine_map<(m, n, k) -> (m, k)>
    #rhs = affine_map<(m, n, k) -> (k, n)>
    #out = affine_map<(m, n, k) -> (m, n)>
    func.func @main(%v: tensor<4x4xf32>, %m: tensor<4x1xi8>, %b: tensor<8x4xf32>,
                    %c: tensor<4x4xf32>) -> tensor<4x4xf32> {
      %s = tasd.assemble %v, %m : !tasd.series<4x8xf32, 2:4, along = [1]>
      %r = tasd.contract [#lhs, #rhs, #out]
          ins(%s, %b : !tasd.series<4x8xf32, 2:4, along = [1]>, tensor<8x4xf32>)
          outs(%c : tensor<4x4xf32>)
      return %r : tensor<4x4xf32>
    }
  )mlir";
  for (StringRef pipeline : {"tasd-lower-to-cpu", "tasd-lower-to-reference"}) {
    std::string expected = compileFully(text, pipeline);
    ASSERT_NE(expected, "");
    EXPECT_EQ(compile(registry, text, pipeline), expected);
  }
}

/// Upstream's bufferization does not know tasd.pack where nothing said how to
/// bufferize it: that is a diagnostic.
TEST_F(MinimalContextTest, BufferizationOfPackWithoutExtension) {
  DialectRegistry registry = getInputDialects();
  registry.insert<mlir::tasd::TASDDialect>();
  mlir::tasd::registerBufferizationInterfaces(registry);
  constexpr StringLiteral text = R"mlir(
    func.func @main(%a: tensor<4x8xf32>, %v: tensor<4x4xf32>, %m: tensor<4x1xi8>)
        -> tensor<4x4xf32> {
      %r:2 = tasd.pack <2:4> along [1] ins(%a : tensor<4x8xf32>)
          outs(%v, %m : tensor<4x4xf32>, tensor<4x1xi8>)
          -> tensor<4x4xf32>, tensor<4x1xi8>
      return %r#0 : tensor<4x4xf32>
    }
  )mlir";
  constexpr StringLiteral pipeline =
      "one-shot-bufferize{bufferize-function-boundaries=true}";
  EXPECT_EQ(compile(registry, text, pipeline), "");
  mlir::tasd::registerAllDialects(registry);
  EXPECT_NE(compile(registry, text, pipeline), "");
}

} // namespace
