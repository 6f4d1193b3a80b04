//===- CompensatedWeightsTest.cpp - Trials against the pass ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluation/CompensatedWeights.h"

#include "TestModules.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/ProfileModule.h"

#include "mlir/Pass/PassManager.h"

#include "llvm/Support/FileSystem.h"

#include <random>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::ConstantTensor;
using mlir::tasd::OperandPlanAttr;
using mlir::tasd::PlanAttr;

/// Two layers; {0} are the weights of the first. Those of the second are no
/// floats, which could be compensated.
static constexpr char kNet[] = R"(
  func.func @main(%x: tensor<?x16xf32>, %i: tensor<?x8xi8>) -> (tensor<?x6xf32>, tensor<?x2xi32>) {{
    %w = arith.constant dense<{0}> : tensor<16x6xf32>
    %v = arith.constant dense<[[3, 1], [3, 1], [3, 1], [3, 1], [3, 1], [3, 1], [3, 1], [3, 1]]> : tensor<8x2xi8>
    %c0 = arith.constant 0 : index
    %rows = tensor.dim %x, %c0 : tensor<?x16xf32>
    %empty = tensor.empty(%rows) : tensor<?x6xf32>
    %zero = arith.constant 0.0 : f32
    %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x6xf32>) -> tensor<?x6xf32>
    %y = linalg.matmul ins(%x, %w : tensor<?x16xf32>, tensor<16x6xf32>) outs(%init : tensor<?x6xf32>) -> tensor<?x6xf32> loc("floats")
    %empty1 = tensor.empty(%rows) : tensor<?x2xi32>
    %zero1 = arith.constant 0 : i32
    %init1 = linalg.fill ins(%zero1 : i32) outs(%empty1 : tensor<?x2xi32>) -> tensor<?x2xi32>
    %z = linalg.matmul ins(%i, %v : tensor<?x8xi8>, tensor<8x2xi8>) outs(%init1 : tensor<?x2xi32>) -> tensor<?x2xi32> loc("integers")
    return %y, %z : tensor<?x6xf32>, tensor<?x2xi32>
  })";

namespace {
class CompensatedWeightsTest : public ModuleTest {
protected:
  CompensatedWeightsTest() {
    std::string weights;
    for (int row = 0; row < 16; ++row) {
      weights += row ? ", [" : "[";
      for (int column = 0; column < 6; ++column)
        weights += (column ? ", " : "") +
                   llvm::formatv("{0:f6}", normal(random)).str();
      weights += "]";
    }
    compileText(llvm::formatv(kNet, "[" + weights + "]").str());
    compensated =
        llvm::cantFail(CompensatedWeights::create(*module, measure()));
  }

  /// Inputs with much in common.
  sparsity::Profile measure() {
    std::vector<float> rows;
    for (int row = 0; row < 40; ++row) {
      float common = normal(random);
      for (int column = 0; column < 16; ++column)
        rows.push_back(common + normal(random));
    }
    NDArray integers = NDArray::allocate(DType::SI8, {40, 8});
    llvm::fill(integers.bytes, 1);
    mlir::tasd::InstrumentRequest request;
    request.hasFullSecondMoments = true;
    auto profile = profileModule(
        *module, llvm::cantFail(findEntry(*module, "main")), getCPUBackend(),
        request, {makeF32({40, 16}, rows), integers}, 0, nullptr);
    if (failed(profile))
      llvm::report_fatal_error("the test's module cannot be profiled");
    return std::move(*profile);
  }

  PlanAttr getPlan(StringRef series) {
    auto parsed = mlir::tasd::SeriesAttr::parseText(
        &context, series, [&] { return emitError(UnknownLoc::get(&context)); });
    auto weights = OperandPlanAttr::get(&context, *parsed, ArrayRef<int64_t>{0},
                                        mlir::tasd::DecomposeTime::CompileTime);
    return PlanAttr::get(&context, {OperandPlanAttr(), weights}, nullptr);
  }

  /// What the weights of a layer become in a trial.
  std::vector<char> compose(size_t layer, StringRef series) {
    auto tensor = llvm::cantFail(getWeights(*module, layer));
    sparsity::TensorView dense = tensor.getView({0}, false);
    std::vector<char> data(dense.blocked.shape[0] * dense.blocked.shape[1] *
                           sparsity::getByteWidth(dense.elementType));
    std::memcpy(data.data(), dense.data, data.size());
    llvm::cantFail(
        compensated->compose({layer, 1}, getPlan(series).getInputs()[1], dense,
                             {data.data(), dense.elementType, dense.blocked,
                              getRowMajorStrides(dense.blocked.shape)}));
    return data;
  }

  static llvm::Expected<ConstantTensor> getWeights(ModuleOp module,
                                                   size_t layer) {
    auto tensor = ConstantTensor::get(
        mlir::tasd::collectLayers(module)[layer].layer.getInput(1));
    if (failed(tensor))
      return llvm::createStringError("expected weights");
    return std::move(*tensor);
  }

  /// The module that the pass makes of the plan for the first layer.
  OwningOpRef<ModuleOp> runPass(PlanAttr plan) {
    OwningOpRef<ModuleOp> planned = module->clone();
    auto layers = mlir::tasd::collectLayers(*planned);
    layers.front().layer.getOp()->setAttr(
        mlir::tasd::TASDDialect::kPlanAttrName, plan);
    mlir::tasd::CompensateOptions options;
    options.file = compensated->getProfilePath();
    PassManager pm(&context);
    pm.addPass(mlir::tasd::createCompensate(options));
    if (failed(pm.run(*planned)))
      llvm::report_fatal_error("the pass fails");
    return planned;
  }

  std::mt19937 random{1};
  std::normal_distribution<float> normal;
  std::unique_ptr<CompensatedWeights> compensated;
};
} // namespace

TEST_F(CompensatedWeightsTest, AreThoseOfThePass) {
  for (StringRef series : {"2:4", "1:8"}) {
    std::vector<char> composed = compose(0, series);
    // Once computed, they come from a file.
    EXPECT_EQ(compose(0, series), composed);
    OwningOpRef<ModuleOp> planned = runPass(getPlan(series));
    ConstantTensor written = llvm::cantFail(getWeights(*planned, 0));
    EXPECT_EQ(std::memcmp(composed.data(), written.getView({0}, false).data,
                          composed.size()),
              0);
  }
  EXPECT_NE(compose(0, "2:4"), compose(0, "1:8"));
}

TEST_F(CompensatedWeightsTest, KeepsWhatItCannotCompensate) {
  std::vector<char> data = compose(1, "1:4");
  EXPECT_EQ(std::vector<char>(data.begin(), data.begin() + 6),
            std::vector<char>({3, 1, 0, 0, 0, 0}));
}

TEST_F(CompensatedWeightsTest, EstimatesErrors) {
  std::vector<sparsity::Series> series;
  for (StringRef text : {"1:8", "2:4", "4:4"})
    series.push_back(getPlan(text).getInputs()[1].getSeries().getSeries());
  auto shares = compensated->estimateErrors(0, 1, {0}, series);
  ASSERT_TRUE(succeeded(shares) && *shares);
  EXPECT_GT((**shares)[0], (**shares)[1]);
  EXPECT_GT((**shares)[1], 0);
  EXPECT_EQ((**shares)[2], 0);
  auto others = compensated->estimateErrors(1, 1, {0}, series);
  EXPECT_TRUE(succeeded(others) && !*others);
}

TEST_F(CompensatedWeightsTest, LeavesNoFiles) {
  std::string path = compensated->getProfilePath();
  EXPECT_TRUE(llvm::sys::fs::exists(path));
  compensated.reset();
  EXPECT_FALSE(llvm::sys::fs::exists(path));
}
