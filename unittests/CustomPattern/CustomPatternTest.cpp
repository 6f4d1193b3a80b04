//===- CustomPatternTest.cpp - A pattern from outside runs ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Layers are planned with series of made-up patterns, alone and together with
// N:M, packed when compiled and when run, lowered both ways, and compared with
// the dense op on the composed operand. No library knows the patterns, one of
// which has a packed form whose size depends on the data.
//
//===----------------------------------------------------------------------===//

#include "FirstDialect.h"

#include "tasd/Conversion/LinalgToTASD/Passes.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/InitAll.h"
#include "tasd/Sparsity/Packing.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

#include <random>

using namespace mlir;
using namespace ::tasd::evaluation;
namespace sparsity = ::tasd::sparsity;

namespace {

constexpr int64_t kRows = 5, kDepth = 13, kColumns = 7;

/// A sparse matrix of small integers.
NDArray drawMatrix(int64_t rows, int64_t columns, unsigned seed) {
  std::mt19937 random(seed);
  NDArray array = NDArray::allocate(DType::F32, {rows, columns});
  auto *elements = reinterpret_cast<float *>(array.bytes.data());
  for (int64_t i = 0; i < rows * columns; ++i)
    elements[i] = random() % 2 ? float(random() % 9) - 4 : 0;
  return array;
}

template <typename T> std::string print(T object) {
  std::string text;
  llvm::raw_string_ostream(text) << object;
  return text;
}

const float *getElements(const NDArray &array) {
  return reinterpret_cast<const float *>(array.bytes.data());
}

class CustomPatternContext : public testing::Test {
protected:
  CustomPatternContext() {
    DialectRegistry registry;
    registerDialects(registry);
    mlir::tasd::registerAllDialects(registry);
    ::tasd::test::registerCustomPatterns(registry);
    context.appendDialectRegistry(registry);
    context.disableMultithreading();
    context.loadDialect<mlir::tasd::TASDDialect>();
  }

  MLIRContext context;
};

class CustomPattern : public CustomPatternContext,
                      public testing::WithParamInterface<const char *> {
protected:
  /// What the series keeps of the columns (`along` 0) or rows of a matrix.
  NDArray compose(const NDArray &matrix, int64_t along) {
    sparsity::Series series =
        llvm::cantFail(context.getLoadedDialect<mlir::tasd::TASDDialect>()
                           ->getPatternRegistry()
                           .parseSeries(GetParam()));
    auto view = sparsity::TensorView::contiguous(
        matrix.bytes.data(), sparsity::ElementType::F32, matrix.shape, {along});
    sparsity::PackedSeries packed =
        llvm::cantFail(sparsity::pack(view, series));
    std::vector<sparsity::ConstTermBuffers> terms;
    for (const auto &components : packed.components)
      terms.emplace_back(components.begin(), components.end());
    NDArray result = NDArray::allocate(DType::F32, matrix.shape);
    llvm::cantFail(sparsity::unpackInto(
        series, terms,
        {result.bytes.data(), view.elementType, view.blocked, view.strides}));
    return result;
  }

  /// rows x depth times depth x columns, the second constant, planned.
  OwningOpRef<ModuleOp> createPlanned(const NDArray &weights,
                                      mlir::tasd::PlanSide side) {
    std::string text = llvm::formatv(
        "func.func @main(%a: tensor<{0}x{1}xf32>, %c: tensor<{0}x{2}xf32>) -> "
        "tensor<{0}x{2}xf32> {{\n"
        "  %b = arith.constant dense<\"0x{3}\"> : tensor<{1}x{2}xf32>\n"
        "  %r = linalg.matmul ins(%a, %b : tensor<{0}x{1}xf32>, "
        "tensor<{1}x{2}xf32>) outs(%c : tensor<{0}x{2}xf32>) -> "
        "tensor<{0}x{2}xf32>\n"
        "  return %r : tensor<{0}x{2}xf32>\n}",
        kRows, kDepth, kColumns,
        llvm::toHex(StringRef(weights.bytes.data(), weights.bytes.size())));
    auto module = parseSourceString<ModuleOp>(text, &context);
    mlir::tasd::PlanOptions options;
    options.series.push_back(GetParam());
    options.side = side;
    PassManager pm(&context);
    pm.addPass(mlir::tasd::createPlan(options));
    EXPECT_TRUE(succeeded(pm.run(*module)));
    return module;
  }

  void check(mlir::tasd::PlanSide side, const Backend &backend) {
    NDArray lhs = drawMatrix(kRows, kDepth, 1);
    NDArray rhs = drawMatrix(kDepth, kColumns, 2);
    NDArray init = drawMatrix(kRows, kColumns, 3);
    OwningOpRef<ModuleOp> module = createPlanned(rhs, side);
    int64_t numPlans = 0;
    module->walk([&](linalg::MatmulOp op) {
      numPlans += op->hasAttr(mlir::tasd::TASDDialect::kPlanAttrName);
    });
    ASSERT_EQ(numPlans, 1);
    auto entry = module->lookupSymbol<func::FuncOp>("main");
    FailureOr<Executable> executable = compile(*module, entry, backend);
    ASSERT_TRUE(succeeded(executable));
    RunResult result = llvm::cantFail(executable->run({lhs, init}));
    if (side != mlir::tasd::PlanSide::Weights)
      lhs = compose(lhs, 1);
    if (side != mlir::tasd::PlanSide::Activations)
      rhs = compose(rhs, 0);
    for (int64_t m = 0; m < kRows; ++m)
      for (int64_t n = 0; n < kColumns; ++n) {
        float sum = getElements(init)[m * kColumns + n];
        for (int64_t k = 0; k < kDepth; ++k)
          sum += getElements(lhs)[m * kDepth + k] *
                 getElements(rhs)[k * kColumns + n];
        EXPECT_EQ(getElements(result.results[0])[m * kColumns + n], sum)
            << "row " << m << ", column " << n;
      }
  }
};

/// Series of patterns whose packed form has a fixed size.
class CustomActivations : public CustomPattern {};

TEST_P(CustomPattern, RoundTripsInAttributes) {
  std::string text = llvm::formatv("#tasd.series<{0}>", GetParam());
  Attribute series = parseAttribute(text, &context);
  ASSERT_TRUE(series);
  EXPECT_EQ(print(series), text);
}

TEST_P(CustomPattern, RoundTripsInTypesAsStored) {
  auto series = cast<mlir::tasd::SeriesAttr>(parseAttribute(
      llvm::formatv("#tasd.series<{0}>", GetParam()).str(), &context));
  std::string text = llvm::formatv("!tasd.series<8x16xf32, {0}, along = [1]>",
                                   series.getStored().getText());
  Type type = parseType(text, &context);
  ASSERT_TRUE(type);
  EXPECT_EQ(print(type), text);
}

TEST_P(CustomPattern, ReferenceMultipliesWeights) {
  check(mlir::tasd::PlanSide::Weights, getReferenceBackend());
}

TEST_P(CustomActivations, ReferenceMultipliesActivations) {
  check(mlir::tasd::PlanSide::Activations, getReferenceBackend());
}

TEST_P(CustomActivations, ReferenceMultipliesBoth) {
  check(mlir::tasd::PlanSide::Both, getReferenceBackend());
}

TEST_P(CustomPattern, CPUMultipliesWeights) {
  check(mlir::tasd::PlanSide::Weights, getCPUBackend());
}

TEST_P(CustomActivations, CPUMultipliesActivations) {
  check(mlir::tasd::PlanSide::Activations, getCPUBackend());
}

TEST_P(CustomActivations, CPUMultipliesBoth) {
  check(mlir::tasd::PlanSide::Both, getCPUBackend());
}

TEST_F(CustomPatternContext, OpenSizeIsForConstantsAlone) {
  auto module = parseSourceString<ModuleOp>(
      "func.func @main(%a: tensor<4x8xf32>, %b: tensor<8x4xf32>, "
      "%c: tensor<4x4xf32>) -> tensor<4x4xf32> {\n"
      "  %r = linalg.matmul {tasd.plan = #tasd.plan<tight(2) along [1] at "
      "run_time, dense>} ins(%a, %b : tensor<4x8xf32>, tensor<8x4xf32>) "
      "outs(%c : tensor<4x4xf32>) -> tensor<4x4xf32>\n"
      "  return %r : tensor<4x4xf32>\n}",
      &context);
  ASSERT_TRUE(module);
  std::string message;
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { message += diagnostic.str(); });
  PassManager pm(&context);
  pm.addPass(mlir::tasd::createConvertLinalgToTASD());
  EXPECT_TRUE(failed(pm.run(*module)));
  EXPECT_EQ(message,
            "'linalg.matmul' op input 0: pattern 'tight(2)' has no packed form "
            "of fixed size, so that it is for constants alone");
}

INSTANTIATE_TEST_SUITE_P(Series, CustomPattern,
                         testing::Values("first(3)", "first(2)+2:4",
                                         "1:4+first(3)+1:8", "first(20)",
                                         "tight(3)", "tight(2)+2:4",
                                         "1:4+tight(3)+1:8",
                                         "first(1)+tight(20)"));

INSTANTIATE_TEST_SUITE_P(Series, CustomActivations,
                         testing::Values("first(3)", "first(2)+2:4",
                                         "1:4+first(3)+1:8", "first(20)"));

} // namespace
