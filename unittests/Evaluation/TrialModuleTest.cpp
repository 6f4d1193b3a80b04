//===- TrialModuleTest.cpp - Trials against compiled plans ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/TrialModule.h"
#include "TestModules.h"

#include "gmock/gmock.h"

#include <cmath>
#include <random>
#include <thread>

using namespace mlir;
using namespace ::tasd::evaluation;
using llvm::formatv;
using mlir::tasd::OperandPlanAttr;
using mlir::tasd::PlanAttr;
using testing::HasSubstr;

using Random = std::mt19937;

/// Three layers: a hidden one, and two that share its output, of which one has
/// transposed weights and stands in a function that is called twice. {0} to {2}
/// are the weights, 16x12, 12x8, 8x12.
static constexpr char kNet[] = R"(
  #id = affine_map<(d0, d1) -> (d0, d1)>
  func.func @main(%x: tensor<?x16xf32>) -> tensor<?x8xf32> {{
    %w0 = arith.constant dense<{0}> : tensor<16x12xf32>
    %w1 = arith.constant dense<{1}> : tensor<12x8xf32>
    %zero = arith.constant 0.0 : f32
    %c0 = arith.constant 0 : index
    %rows = tensor.dim %x, %c0 : tensor<?x16xf32>
    %hidden = tensor.empty(%rows) : tensor<?x12xf32>
    %hidden_init = linalg.fill ins(%zero : f32) outs(%hidden : tensor<?x12xf32>) -> tensor<?x12xf32>
    %h = linalg.matmul ins(%x, %w0 : tensor<?x16xf32>, tensor<16x12xf32>)
                       outs(%hidden_init : tensor<?x12xf32>) -> tensor<?x12xf32>
    %r = linalg.generic {{indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%h : tensor<?x12xf32>) outs(%hidden : tensor<?x12xf32>) {{
      ^bb0(%a: f32, %b: f32):
        %m = arith.maximumf %a, %zero : f32
        linalg.yield %m : f32
    } -> tensor<?x12xf32>
    %first = call @head(%r) : (tensor<?x12xf32>) -> tensor<?x8xf32>
    %y = linalg.matmul ins(%r, %w1 : tensor<?x12xf32>, tensor<12x8xf32>)
                       outs(%first : tensor<?x8xf32>) -> tensor<?x8xf32>
    %second = call @head(%r) : (tensor<?x12xf32>) -> tensor<?x8xf32>
    %sum = linalg.add ins(%y, %second : tensor<?x8xf32>, tensor<?x8xf32>)
                      outs(%y : tensor<?x8xf32>) -> tensor<?x8xf32>
    return %sum : tensor<?x8xf32>
  }
  func.func private @head(%h: tensor<?x12xf32>) -> tensor<?x8xf32> {{
    %w2 = arith.constant dense<{2}> : tensor<8x12xf32>
    %transposed = tensor.empty() : tensor<12x8xf32>
    %w = linalg.transpose ins(%w2 : tensor<8x12xf32>) outs(%transposed : tensor<12x8xf32>) permutation = [1, 0]
    %zero = arith.constant 0.0 : f32
    %c0 = arith.constant 0 : index
    %rows = tensor.dim %h, %c0 : tensor<?x12xf32>
    %empty = tensor.empty(%rows) : tensor<?x8xf32>
    %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x8xf32>) -> tensor<?x8xf32>
    %y = linalg.matmul ins(%h, %w : tensor<?x12xf32>, tensor<12x8xf32>)
                       outs(%init : tensor<?x8xf32>) -> tensor<?x8xf32>
    return %y : tensor<?x8xf32>
  })";

/// Elements of a matrix as MLIR writes them, by `draw`.
template <typename Draw>
static std::string getMatrix(int64_t rows, int64_t columns, Draw draw) {
  std::string text = "[";
  for (int64_t i = 0; i < rows; ++i) {
    text += i ? ", [" : "[";
    for (int64_t j = 0; j < columns; ++j)
      text += (j ? ", " : "") + formatv("{0:f9}", draw()).str();
    text += "]";
  }
  return text + "]";
}

template <typename Draw> static std::string getNet(Draw draw) {
  return formatv(kNet, getMatrix(16, 12, draw), getMatrix(12, 8, draw),
                 getMatrix(8, 12, draw));
}

template <typename Draw> static NDArray getRows(int64_t rows, Draw draw) {
  std::vector<float> elements(rows * 16);
  for (float &element : elements)
    element = float(draw());
  return makeF32({rows, 16}, std::move(elements));
}

/// Small integers, of which every sum is exact.
static auto getIntegers(Random &random) {
  return [&random] { return double(int(random() % 7)) - 3; };
}

namespace {
class TrialModuleTest : public ModuleTest {
protected:
  void parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, ParserConfig(&context));
    if (!module)
      llvm::report_fatal_error("the test's module does not parse");
  }
  size_t getNumLayers() { return mlir::tasd::collectLayers(*module).size(); }
  FailureOr<TrialModule> tryToCreate(TriedInputs tried = {true, true}) {
    return TrialModule::create(*module,
                               llvm::cantFail(findEntry(*module, "main")),
                               std::vector<TriedInputs>(getNumLayers(), tried));
  }
  TrialModule create(TriedInputs tried = {true, true}) {
    FailureOr<TrialModule> trial = tryToCreate(tried);
    if (failed(trial))
      llvm::report_fatal_error("the test's module cannot be tried");
    return std::move(*trial);
  }
  OperandPlanAttr getOperand(StringRef series, int64_t along,
                             mlir::tasd::DecomposeTime time) {
    if (series.empty())
      return nullptr;
    auto parsed = mlir::tasd::SeriesAttr::parseText(
        &context, series, [&] { return emitError(UnknownLoc::get(&context)); });
    return OperandPlanAttr::get(&context, *parsed, along, time);
  }
  PlanAttr getPlan(StringRef activations, StringRef weights) {
    return PlanAttr::get(
        &context,
        {getOperand(activations, 1, mlir::tasd::DecomposeTime::RunTime),
         getOperand(weights, 0, mlir::tasd::DecomposeTime::CompileTime)},
        nullptr);
  }
  std::vector<PlanAttr> draw(Random &random) {
    static constexpr StringLiteral kSeries[] = {"",        "",    "1:4", "2:4",
                                                "1:2+1:4", "2:8", "3:16"};
    auto pick = [&] { return kSeries[random() % std::size(kSeries)]; };
    std::vector<PlanAttr> plans;
    for (size_t i = 0; i < getNumLayers(); ++i) {
      StringRef activations = pick(), weights = pick();
      plans.push_back(activations.empty() && weights.empty()
                          ? PlanAttr()
                          : getPlan(activations, weights));
    }
    return plans;
  }
  /// What the module compiled with the plans gives.
  NDArray runPlanned(ArrayRef<PlanAttr> plans, const NDArray &rows) {
    auto layers = mlir::tasd::collectLayers(*module);
    for (auto [named, plan] : llvm::zip_equal(layers, plans)) {
      Operation *op = named.layer.getOp();
      if (plan)
        op->setAttr(mlir::tasd::TASDDialect::kPlanAttrName, plan);
      else
        op->removeAttr(mlir::tasd::TASDDialect::kPlanAttrName);
    }
    mlir::tasd::stampPlanCount(*module);
    auto executable = compile(
        *module, llvm::cantFail(findEntry(*module, "main")), getCPUBackend());
    if (failed(executable))
      llvm::report_fatal_error("the test's plans do not compile");
    return run(*executable, rows).front();
  }
};
} // namespace

static NDArray runTrial(const TrialModule &trial, ArrayRef<PlanAttr> plans,
                        const NDArray &rows, int64_t batch = 0) {
  llvm::Expected<RunResult> result = trial.run(plans, rows, batch);
  if (!result)
    llvm::report_fatal_error(result.takeError());
  return result->results.front();
}

TEST_F(TrialModuleTest, EqualsCompiledPlansBitForBit) {
  Random random(1);
  parse(getNet(getIntegers(random)));
  NDArray rows = getRows(9, getIntegers(random));
  TrialModule trial = create();
  std::set<std::vector<char>> different;
  for (int i = 0; i < 6; ++i) {
    std::vector<PlanAttr> plans = draw(random);
    NDArray tried = runTrial(trial, plans, rows);
    EXPECT_EQ(tried.bytes, runPlanned(plans, rows).bytes) << i;
    different.insert(tried.bytes);
  }
  EXPECT_GT(different.size(), 4u);
}

TEST_F(TrialModuleTest, EqualsCompiledPlansWithinRounding) {
  Random random(2);
  std::normal_distribution<double> normal;
  auto draw = [&] { return normal(random); };
  parse(getNet(draw));
  NDArray rows = getRows(9, draw);
  TrialModule trial = create();
  for (int i = 0; i < 3; ++i) {
    // A rounding before the choice of an activation may change the choice, so
    // that nothing bounds the difference: only the first layer's are drawn.
    std::vector<PlanAttr> plans(getNumLayers());
    plans[0] = getPlan("2:4", i % 2 ? "1:4" : "3:16");
    plans[1] = getPlan("", i % 3 ? "2:8" : "1:2");
    NDArray tried = runTrial(trial, plans, rows);
    NDArray planned = runPlanned(plans, rows);
    for (auto [a, b] :
         llvm::zip_equal(getElements(tried), getElements(planned)))
      // Sums of 16, then of 3 times 12 products, each of magnitude below 10.
      EXPECT_NEAR(a, b, 2 * (16 + 36 + 2) * 6e-8 * 16 * 36 * 10);
  }
}

TEST_F(TrialModuleTest, IsTheSameFromSeveralThreads) {
  Random random(3);
  parse(getNet(getIntegers(random)));
  NDArray rows = getRows(40, getIntegers(random));
  TrialModule trial = create();
  std::vector<std::vector<PlanAttr>> plans;
  std::vector<NDArray> expected;
  for (int i = 0; i < 24; ++i) {
    plans.push_back(draw(random));
    expected.push_back(runTrial(trial, plans.back(), rows));
  }
  std::vector<NDArray> found(plans.size());
  std::vector<std::thread> threads;
  for (size_t thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (size_t i = thread; i < plans.size(); i += 4)
        found[i] = runTrial(trial, plans[i], rows, /*batch=*/7);
    });
  for (std::thread &thread : threads)
    thread.join();
  for (size_t i = 0; i < plans.size(); ++i)
    EXPECT_EQ(found[i].bytes, expected[i].bytes) << i;
}

TEST_F(TrialModuleTest, ComesBackToTheDenseModel) {
  Random random(4);
  parse(getNet(getIntegers(random)));
  NDArray rows = getRows(5, getIntegers(random));
  TrialModule trial = create();
  std::vector<PlanAttr> dense(getNumLayers());
  NDArray before = runTrial(trial, dense, rows);
  runTrial(trial, draw(random), rows);
  EXPECT_EQ(runTrial(trial, dense, rows).bytes, before.bytes);
  EXPECT_EQ(runPlanned(dense, rows).bytes, before.bytes);
}

TEST_F(TrialModuleTest, LeavesPlansAside) {
  Random random(5);
  parse(getNet(getIntegers(random)));
  NDArray rows = getRows(5, getIntegers(random));
  std::vector<PlanAttr> dense(getNumLayers());
  NDArray expected = runTrial(create(), dense, rows);
  runPlanned(std::vector<PlanAttr>(getNumLayers(), getPlan("", "1:4")), rows);
  EXPECT_EQ(runTrial(create(), dense, rows).bytes, expected.bytes);
}

TEST_F(TrialModuleTest, OpensWhatIsTriedAlone) {
  Random random(6);
  parse(getNet(getIntegers(random)));
  NDArray rows = getRows(5, getIntegers(random));
  TrialModule trial = create({false, true});
  std::vector<PlanAttr> plans(getNumLayers(), getPlan("", "2:4"));
  EXPECT_EQ(runTrial(trial, plans, rows).bytes, runPlanned(plans, rows).bytes);
}

TEST_F(TrialModuleTest, SaysWhichLayersAreNotReached) {
  parse(std::string(kMatmul) + R"(
    func.func @other(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>, %c: tensor<2x2xf32>) -> tensor<2x2xf32> {
      %r = linalg.matmul ins(%a, %b : tensor<2x3xf32>, tensor<3x2xf32>)
                         outs(%c : tensor<2x2xf32>) -> tensor<2x2xf32>
      return %r : tensor<2x2xf32>
    })");
  TrialModule trial = create({true, false});
  EXPECT_EQ(trial.getObstacle(0), "");
  EXPECT_EQ(trial.getObstacle(1),
            "it is in neither the entry nor what that calls");
}

TEST_F(TrialModuleTest, RejectsInputsThatDoNotFit) {
  Random random(7);
  parse(getNet(getIntegers(random)));
  TrialModule trial = create();
  llvm::Expected<RunResult> result = trial.run(
      std::vector<PlanAttr>(getNumLayers()), makeF32({1, 3}, {1, 2, 3}));
  ASSERT_FALSE(static_cast<bool>(result));
  EXPECT_THAT(llvm::toString(result.takeError()),
              HasSubstr("argument 0: expected f32 of shape ?x16"));
}
