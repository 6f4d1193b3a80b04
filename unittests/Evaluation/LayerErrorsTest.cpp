//===- LayerErrorsTest.cpp - Errors of layers known in closed form --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/LayerErrors.h"
#include "TestModules.h"
#include "tasd/Evaluation/LayerProbes.h"

#include "mlir/IR/Verifier.h"

#include "gmock/gmock.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace ::tasd::evaluation;
using llvm::formatv;

/// y = x * W in function {0}: column c of W is 1 in rows c and 2, so that 1:3
/// drops the third input and 2:3 nothing. {1} is the element type of x and W,
/// {2} that of y, {3} the one and {4} the zero, {5} the plan.
static constexpr char kLinear[] = R"(
  func.func @{0}(%x: tensor<?x3x{1}>) -> tensor<?x2x{2}> {{
    %w = arith.constant dense<[[{3}, {4}], [{4}, {3}], [{3}, {3}]]> : tensor<3x2x{1}>
    %zero = arith.constant {4} : {2}
    %c0 = arith.constant 0 : index
    %rows = tensor.dim %x, %c0 : tensor<?x3x{1}>
    %empty = tensor.empty(%rows) : tensor<?x2x{2}>
    %init = linalg.fill ins(%zero : {2}) outs(%empty : tensor<?x2x{2}>) -> tensor<?x2x{2}>
    %y = linalg.matmul {{{5}} ins(%x, %w : tensor<?x3x{1}>, tensor<3x2x{1}>)
                       outs(%init : tensor<?x2x{2}>) -> tensor<?x2x{2}>
    return %y : tensor<?x2x{2}>
  })";

static constexpr char kLossy[] =
    "tasd.plan = #tasd.plan<dense, 1:3 along [0] at compile_time>";
static constexpr char kLossless[] =
    "tasd.plan = #tasd.plan<dense, 2:3 along [0] at compile_time>";
static constexpr char kRunTime[] =
    "tasd.plan = #tasd.plan<1:3 along [1] at run_time, dense>";

static std::string getLinear(StringRef plan, StringRef function = "main") {
  return formatv(kLinear, function, "f32", "f32", "1.0", "0.0", plan);
}

/// Two rows; y is (4, 5), (10, 11), and without the third input it is (1, 2),
/// (4, 5).
static NDArray getRows() { return makeF32({2, 3}, {1, 2, 3, 4, 5, 6}); }
static const double kDroppedThird = std::sqrt(90.0 / 262.0);

namespace {
class LayerErrorsTest : public ModuleTest {
protected:
  std::vector<LayerError> measure(StringRef text, ArrayRef<NDArray> inputs,
                                  int64_t batch = 0,
                                  const Backend &backend = getCPUBackend()) {
    FailureOr<std::vector<LayerError>> errors =
        tryToMeasure(text, inputs, batch, backend);
    if (failed(errors))
      llvm::report_fatal_error("the test's module cannot be measured");
    return *errors;
  }

  FailureOr<std::vector<LayerError>>
  tryToMeasure(StringRef text, ArrayRef<NDArray> inputs, int64_t batch = 0,
               const Backend &backend = getCPUBackend()) {
    module = parseSourceString<ModuleOp>(text, ParserConfig(&context));
    if (!module)
      llvm::report_fatal_error("the test's module does not parse");
    llvm::Expected<func::FuncOp> entry = findEntry(*module, "main");
    if (!entry)
      llvm::report_fatal_error(entry.takeError());
    steps.clear();
    return measureLayerErrors(*module, *entry, backend, inputs, batch,
                              [&](int64_t numDone, int64_t numAll) {
                                steps.push_back({numDone, numAll});
                              });
  }

  std::vector<std::pair<int64_t, int64_t>> steps;
};
} // namespace

TEST_F(LayerErrorsTest, EqualsTheClosedForm) {
  for (const Backend *backend : {&getReferenceBackend(), &getCPUBackend()}) {
    auto errors = measure(getLinear(kLossy), {getRows()}, 0, *backend);
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].name, "main/matmul#0");
    EXPECT_EQ(errors[0].reason, "");
    EXPECT_DOUBLE_EQ(*errors[0].relativeError, kDroppedThird);
  }
}

TEST_F(LayerErrorsTest, IsExactlyZeroWhereNothingIsDropped) {
  auto errors = measure(getLinear(kLossless),
                        {makeF32({2, 3}, {0.1f, 0.2f, 0.3f, 1e9f, 3e-9f, 7})});
  EXPECT_EQ(errors[0].relativeError, 0.0);
}

TEST_F(LayerErrorsTest, MeasuresSeriesOfActivations) {
  // Each row keeps its largest element, the third: y' is (3, 3), (6, 6).
  auto errors = measure(getLinear(kRunTime), {getRows()});
  EXPECT_DOUBLE_EQ(*errors[0].relativeError,
                   std::sqrt((1.0 + 4 + 16 + 25) / 262));
}

TEST_F(LayerErrorsTest, IsTheSameForAnyBatch) {
  NDArray rows =
      makeF32({5, 3}, {1, 2, 3, 4, 5, 6, -1, 0, 2, 7, 1, 1, 0, 0, 3});
  auto whole = measure(getLinear(kLossy), {rows});
  EXPECT_EQ(steps.size(), 1u);
  auto batches = measure(getLinear(kLossy), {rows}, /*batch=*/2);
  EXPECT_THAT(steps,
              testing::ElementsAre(testing::Pair(0, 3), testing::Pair(1, 3),
                                   testing::Pair(2, 3)));
  EXPECT_EQ(whole[0].relativeError, batches[0].relativeError);
}

TEST_F(LayerErrorsTest, TakesNoRows) {
  auto errors = measure(getLinear(kLossy), {makeF32({0, 3}, {})});
  EXPECT_EQ(errors[0].relativeError, 0.0);
}

TEST_F(LayerErrorsTest, TakesEveryElementType) {
  struct Case {
    StringRef input, result, one, zero;
    NDArray rows;
  };
  // Rows as getRows: 1, 2, 3, 4, 5, 6.
  const NDArray half = makeArray<uint16_t>(
      DType::F16, {2, 3}, {0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600});
  const Case cases[] = {
      {"f64", "f64", "1.0", "0.0",
       makeArray<double>(DType::F64, {2, 3}, {1, 2, 3, 4, 5, 6})},
      {"f16", "f32", "1.0", "0.0", half},
      {"f16", "f16", "1.0", "0.0", half},
      {"bf16", "bf16", "1.0", "0.0",
       makeArray<uint16_t>(DType::BF16, {2, 3},
                           {0x3f80, 0x4000, 0x4040, 0x4080, 0x40a0, 0x40c0})},
      {"i8", "i32", "1", "0",
       makeArray<int8_t>(DType::SI8, {2, 3}, {1, 2, 3, 4, 5, 6})},
      {"i8", "i8", "1", "0",
       makeArray<int8_t>(DType::SI8, {2, 3}, {1, 2, 3, 4, 5, 6})},
  };
  for (const Case &c : cases) {
    SCOPED_TRACE(formatv("{0} to {1}", c.input, c.result).str());
    auto errors = measure(
        formatv(kLinear, "main", c.input, c.result, c.one, c.zero, kLossy)
            .str(),
        {c.rows});
    ASSERT_TRUE(errors[0].relativeError);
    EXPECT_DOUBLE_EQ(*errors[0].relativeError, kDroppedThird);
  }
}

TEST_F(LayerErrorsTest, ReadsSumsOfUnsignedProductsAsUnsigned) {
  // The weights are 200, the outputs 60000 and 20200 and without the third
  // input 40000 and 200: the large ones would be negative if signed.
  std::string text =
      formatv(kLinear, "main", "i8", "i16", "-56", "0",
              (StringRef(kLossy) + ", cast = #linalg.type_fn<cast_unsigned>"));
  auto errors =
      measure(text, {makeArray<uint8_t>(DType::UI8, {1, 3}, {200, 1, 100})});
  EXPECT_DOUBLE_EQ(
      *errors[0].relativeError,
      std::sqrt(2 * 20000.0 * 20000 / (60000.0 * 60000 + 20200.0 * 20200)));
}

/// Two layers, z = (x * W) * W^T, planned by {0} and {1}.
static constexpr char kTwoLayers[] = R"(
  func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {{
    %w = arith.constant dense<[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]> : tensor<3x2xf32>
    %v = arith.constant dense<[[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]> : tensor<2x3xf32>
    %zero = arith.constant 0.0 : f32
    %e0 = tensor.empty() : tensor<2x2xf32>
    %f0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<2x2xf32>) -> tensor<2x2xf32>
    %y = linalg.matmul {{{0}} ins(%x, %w : tensor<2x3xf32>, tensor<3x2xf32>)
                       outs(%f0 : tensor<2x2xf32>) -> tensor<2x2xf32> loc("first")
    %e1 = tensor.empty() : tensor<2x3xf32>
    %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<2x3xf32>) -> tensor<2x3xf32>
    %z = linalg.matmul {{{1}} ins(%y, %v : tensor<2x2xf32>, tensor<2x3xf32>)
                       outs(%f1 : tensor<2x3xf32>) -> tensor<2x3xf32> loc("second")
    return %z : tensor<2x3xf32>
  })";

TEST_F(LayerErrorsTest, GivesEachLayerTheDenseInputs) {
  constexpr char plan[] =
      "tasd.plan = #tasd.plan<dense, 1:2 along [0] at compile_time>";
  auto errors = measure(formatv(kTwoLayers, kLossy, plan).str(), {getRows()});
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].name, "first");
  EXPECT_DOUBLE_EQ(*errors[0].relativeError, kDroppedThird);
  // Of y = (4, 5), (10, 11) the second layer gives (4, 5, 9), (10, 11, 21), and
  // with its series (4, 5, 4), (10, 11, 10).
  EXPECT_EQ(errors[1].name, "second");
  EXPECT_DOUBLE_EQ(*errors[1].relativeError,
                   std::sqrt((25.0 + 121) / (16 + 25 + 81 + 100 + 121 + 441)));
}

TEST_F(LayerErrorsTest, SaysWhatIsDense) {
  auto errors = measure(formatv(kTwoLayers, "", kLossless).str(), {getRows()});
  EXPECT_EQ(errors[0].relativeError, std::nullopt);
  EXPECT_EQ(errors[0].reason, "it is dense");
  EXPECT_EQ(errors[1].reason, "");
  errors = measure(formatv(kTwoLayers, "", "").str(), {getRows()});
  EXPECT_EQ(errors[1].reason, "it is dense");
  EXPECT_TRUE(steps.empty()) << "nothing to run";
}

TEST_F(LayerErrorsTest, SaysWhichLayersStandElsewhere) {
  std::string text = getLinear(kLossy, "helper") + R"(
    func.func @main(%x: tensor<?x3xf32>, %again: tensor<1xi1>) -> tensor<?x2xf32> {
      %c0 = arith.constant 0 : index
      %cond = tensor.extract %again[%c0] : tensor<1xi1>
      %y = func.call @helper(%x) : (tensor<?x3xf32>) -> tensor<?x2xf32>
      %v = arith.constant dense<1.0> : tensor<2x2xf32>
      %z = scf.if %cond -> tensor<?x2xf32> {
        %inner = linalg.matmul
            {tasd.plan = #tasd.plan<dense, 1:2 along [0] at compile_time>}
            ins(%y, %v : tensor<?x2xf32>, tensor<2x2xf32>)
            outs(%y : tensor<?x2xf32>) -> tensor<?x2xf32>
        scf.yield %inner : tensor<?x2xf32>
      } else {
        scf.yield %y : tensor<?x2xf32>
      }
      return %z : tensor<?x2xf32>
    })";
  auto errors =
      measure(text, {getRows(), makeArray<char>(DType::Bool, {1}, {1})});
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].reason,
            "it stands in function 'helper', not in the entry");
  EXPECT_EQ(errors[1].reason, "it stands inside 'scf.if'");
}

TEST_F(LayerErrorsTest, SaysThatTheEntryHasBranches) {
  auto errors = measure(R"(
    func.func @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
      cf.br ^next
    ^next:
      %w = arith.constant dense<1.0> : tensor<2x2xf32>
      %y = linalg.matmul
          {tasd.plan = #tasd.plan<dense, 1:2 along [0] at compile_time>}
          ins(%x, %w : tensor<2x2xf32>, tensor<2x2xf32>)
          outs(%x : tensor<2x2xf32>) -> tensor<2x2xf32>
      return %y : tensor<2x2xf32>
    })",
                        {makeF32({2, 2}, {1, 2, 3, 4})});
  EXPECT_EQ(errors[0].reason, "its function has branches");
}

TEST_F(LayerErrorsTest, LeavesTheEntryToItsCallers) {
  std::string text = getLinear(kLossy) + R"(
    func.func @other(%x: tensor<?x3xf32>) -> tensor<?x2xf32> {
      %y = func.call @main(%x) : (tensor<?x3xf32>) -> tensor<?x2xf32>
      return %y : tensor<?x2xf32>
    })";
  auto errors = measure(text, {getRows()});
  EXPECT_DOUBLE_EQ(*errors[0].relativeError, kDroppedThird);
}

TEST_F(LayerErrorsTest, SaysThatTheDenseOutputIsZero) {
  // The third input cancels the others: y = 0, y' = (1, 1).
  auto errors = measure(getLinear(kLossy), {makeF32({1, 3}, {1, 1, -1})});
  EXPECT_EQ(errors[0].relativeError, std::nullopt);
  EXPECT_EQ(errors[0].reason, "its dense output is zero everywhere");
  errors = measure(getLinear(kLossy), {makeF32({1, 3}, {0, 0, 0})});
  EXPECT_EQ(errors[0].relativeError, 0.0);
}

TEST_F(LayerErrorsTest, RejectsOutputsThatAreNotFinite) {
  for (float value : {std::numeric_limits<float>::quiet_NaN(),
                      std::numeric_limits<float>::infinity()}) {
    std::vector<std::string> messages;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      messages.push_back(diagnostic.str());
    });
    EXPECT_TRUE(failed(
        tryToMeasure(getLinear(kLossy), {makeF32({1, 3}, {1, value, 2})})));
    EXPECT_THAT(messages, testing::ElementsAre(
                              "layer 'main/matmul#0': expected finite outputs "
                              "to compare but got NaN or infinity"));
  }
}

TEST_F(LayerErrorsTest, LeavesTheModuleAsItWas) {
  measure(getLinear(kLossy), {getRows()});
  std::string before, after;
  llvm::raw_string_ostream(before) << *module;
  llvm::Expected<func::FuncOp> entry = findEntry(*module, "main");
  ASSERT_TRUE(static_cast<bool>(entry));
  ProbedModule probed = addLayerProbes(*module, *entry);
  llvm::raw_string_ostream(after) << *module;
  EXPECT_EQ(before, after);
  EXPECT_TRUE(succeeded(verify(*probed.module)));
  EXPECT_EQ(probed.entry.getNumResults(), 2u);
}
