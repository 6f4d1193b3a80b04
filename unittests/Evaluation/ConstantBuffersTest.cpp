//===- ConstantBuffersTest.cpp - Large constants beside the code ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluation/ConstantBuffers.h"
#include "TestModules.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/ADT/StringExtras.h"

#include <numeric>

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {

constexpr int64_t kNumElements = 20000;

/// 0, 1, 2, ... in f32.
std::vector<float> getWeights() {
  std::vector<float> weights(kNumElements);
  std::iota(weights.begin(), weights.end(), 0.0f);
  return weights;
}

/// The bytes of the weights after `prefix`, in hexadecimal.
std::string getHex(StringRef prefix) {
  std::vector<float> weights = getWeights();
  return "\"0x" + prefix.str() +
         llvm::toHex(StringRef(reinterpret_cast<const char *>(weights.data()),
                               weights.size() * sizeof(float))) +
         "\"";
}

class ConstantBuffersTest : public ModuleTest {};

TEST_F(ConstantBuffersTest, RunsWithLargeConstants) {
  Executable executable = compileText(
      "func.func @main(%x: tensor<20000xf32>) -> tensor<20000xf32> {\n"
      "%a = arith.constant dense_resource<w> : tensor<20000xf32>\n"
      "%b = arith.constant dense<" +
      getHex("") +
      "> : tensor<20000xf32>\n"
      "%y = linalg.map { arith.addf } ins(%a, %b : tensor<20000xf32>, "
      "tensor<20000xf32>) outs(%x : tensor<20000xf32>)\n"
      "return %y : tensor<20000xf32>\n}\n"
      "{-# dialect_resources: { builtin: { w: " +
      getHex("10000000") + " } } #-}");
  // The program has its own copy.
  module = nullptr;
  std::vector<float> zeros(kNumElements);
  SmallVector<NDArray> results =
      run(executable, makeArray<float>(DType::F32, {kNumElements}, zeros));
  Elements elements = getElements(results[0]);
  for (int64_t i = 0; i < kNumElements; ++i)
    ASSERT_EQ(elements[i], 2.0 * i);
}

TEST_F(ConstantBuffersTest, TakesLargeConstantsOnly) {
  context.loadDialect<LLVM::LLVMDialect>();
  std::string value = "(dense<" + getHex("") +
                      "> : tensor<20000xf32>) : !llvm.array<20000 x f32>\n";
  module = parseSourceString<ModuleOp>(
      "llvm.mlir.global private constant @large" + value +
          "llvm.mlir.global private @mutable" + value +
          "llvm.mlir.global private constant @splat(dense<1.0> : "
          "tensor<20000xf32>) : !llvm.array<20000 x f32>\n"
          "llvm.mlir.global private constant @small(dense<[1.0, 2.0]> : "
          "tensor<2xf32>) : !llvm.array<2 x f32>\n",
      ParserConfig(&context));
  ConstantBuffers::takeFrom(*module);
  std::vector<std::string> taken;
  for (auto global : module->getOps<LLVM::GlobalOp>())
    if (!global.getValueOrNull())
      taken.push_back(global.getSymName().str());
  EXPECT_EQ(taken, std::vector<std::string>{"large"});
}

} // namespace
