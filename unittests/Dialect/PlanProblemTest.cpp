//===- PlanProblemTest.cpp - Planning a module as a problem ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"

#include "tasd/InitAll.h"
#include "tasd/Machine/MachineFile.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::tasd;

/// Of a block the terms of `steep` keep 8, 4, 2, 1 and 1 of 16; `kept` is
/// planned, and `host` is nothing that machines compute.
static constexpr StringLiteral kModule = R"mlir(
  func.func @main(%a: tensor<1024x1152xi8>, %c: tensor<1024x128xi8>,
                  %q: tensor<4x8xi4>, %z: tensor<4x2xi32>) {
    %block = arith.constant dense<[8, 4, 2, 1, 1, 0, 0, 0]> : tensor<8xi8>
    %e = tensor.empty() : tensor<144x8x128xi8>
    %blocks = linalg.broadcast ins(%block : tensor<8xi8>)
        outs(%e : tensor<144x8x128xi8>) dimensions = [0, 2]
    %steep = tensor.collapse_shape %blocks [[0, 1], [2]]
        : tensor<144x8x128xi8> into tensor<1152x128xi8>
    %0 = linalg.matmul
        ins(%a, %steep : tensor<1024x1152xi8>, tensor<1152x128xi8>)
        outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("steep")
    %flat = arith.constant dense<1> : tensor<1152x128xi8>
    %1 = linalg.matmul
        {tasd.plan = #tasd.plan<dense, 1:8 along [0] at compile_time>}
        ins(%a, %flat : tensor<1024x1152xi8>, tensor<1152x128xi8>)
        outs(%c : tensor<1024x128xi8>) -> tensor<1024x128xi8> loc("kept")
    %v = arith.constant dense<1> : tensor<8x2xi4>
    %2 = linalg.matmul ins(%q, %v : tensor<4x8xi4>, tensor<8x2xi4>)
        outs(%z : tensor<4x2xi32>) -> tensor<4x2xi32> loc("host")
    return
  })mlir";

namespace {
class PlanProblemTest : public testing::Test {
protected:
  PlanProblemTest() {
    DialectRegistry registry;
    mlir::registerAllDialects(registry);
    mlir::tasd::registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    module = parseSourceString<ModuleOp>(kModule, &context);
    request.model = std::make_shared<CostModel>(
        llvm::cantFail(machine::loadMachine("ttc-vegeta-m8")),
        cost::Objective::Edp, /*dynamicExtent=*/1);
    request.candidates =
        getRunnableSeries(&context, request.model->getMachine());
  }

  PlanProblem build() {
    auto problem = PlanProblem::build(*module, request,
                                      search::ErrorModel::DroppedMagnitude);
    EXPECT_TRUE(succeeded(problem));
    return *problem;
  }

  linalg::LinalgOp getOp(StringRef name) {
    for (const NamedLayer &named : collectLayers(*module))
      if (named.name == name)
        return named.layer.getOp();
    return nullptr;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  PlanRequest request;
};
} // namespace

static search::ErrorSum makeBound(double bound) {
  return llvm::cantFail(search::ErrorSum::fromBound(bound));
}

static search::Solution solve(const PlanProblem &problem, double bound) {
  return llvm::cantFail(search::solve(
      problem.getProblem(), *llvm::cantFail(search::getStrategy("optimal")),
      makeBound(bound)));
}

/// The series of the candidates, each once.
static std::vector<std::string> getSeries(const search::Layer &layer) {
  std::vector<std::string> texts;
  for (const search::Candidate &candidate : layer.candidates)
    if (candidate.mapping == 0)
      texts.push_back(candidate.weights.getText());
  return texts;
}

TEST_F(PlanProblemTest, LayersOfEveryKind) {
  PlanProblem problem = build();
  ASSERT_EQ(problem.getLayers().size(), 2u);
  EXPECT_EQ(problem.findLayer("steep"), 0u);
  EXPECT_EQ(problem.findLayer("kept"), 1u);
  EXPECT_EQ(problem.findLayer("host"), std::nullopt);
  EXPECT_TRUE(problem.getLayers()[1].isKept);
  EXPECT_EQ(problem.getProblem().layers[1].candidates.size(), 1u);
  ASSERT_EQ(problem.getHostLayers().size(), 1u);
  EXPECT_EQ(problem.getHostLayers()[0].named.name, "host");
  EXPECT_EQ(problem.getHostLayers()[0].reason,
            "expected a type that machine ttc-vegeta-m8 multiplies but got i4");
}

TEST_F(PlanProblemTest, EverySeriesIsACandidate) {
  PlanProblem problem = build();
  const search::Layer &layer = problem.getProblem().layers[0];
  EXPECT_EQ(getSeries(layer),
            std::vector<std::string>({"", "4:8", "2:8", "1:8", "4:8+2:8",
                                      "4:8+1:8", "2:8+1:8", "4:8+2:8+1:8"}));
  EXPECT_EQ(layer.weightDensity, 5 / 8.0);
  EXPECT_EQ(layer.activationDensity, 1);
  for (auto [candidate, planned] :
       llvm::zip_equal(layer.candidates, problem.getLayers()[0].candidates)) {
    OperandPlanAttr weights = planned.plan.getInputs()[1];
    EXPECT_EQ(weights ? weights.getSeries().getText() : "",
              candidate.weights.getText());
    EXPECT_EQ(planned.mapped.mapped.cost.cycles, candidate.cycles);
    EXPECT_TRUE(planned.plan.getMapping());
    if (candidate.weights.getText() == "2:8") {
      EXPECT_EQ(candidate.errors.droppedNonZeros, 3 / 5.0);
      EXPECT_EQ(candidate.errors.droppedMagnitude, 4 / 16.0);
      EXPECT_DOUBLE_EQ(candidate.errors.squaredFrobenius, 6 / 86.0);
      EXPECT_DOUBLE_EQ(candidate.errors.squaredOutput, 6 / 86.0);
      EXPECT_EQ(planned.metrics[1]->droppedMagnitude, 4.0 * 144 * 128);
    }
  }
}

/// A mapping that is worse than another one in everything is no candidate.
TEST_F(PlanProblemTest, NoMappingIsDominated) {
  PlanProblem problem = build();
  size_t numPairs = 0;
  for (const search::Layer &layer : problem.getProblem().layers)
    for (const search::Candidate &a : layer.candidates)
      for (const search::Candidate &b : layer.candidates) {
        if (a.getSeriesTexts() != b.getSeriesTexts() || a.mapping == b.mapping)
          continue;
        ++numPairs;
        EXPECT_FALSE(a.cycles >= b.cycles && a.energyFj >= b.energyFj &&
                     a.words >= b.words && a.runCycles >= b.runCycles);
      }
  EXPECT_GT(numPairs, 0u);
}

TEST_F(PlanProblemTest, ChoicesAreAppliedOneAfterTheOther) {
  PlanProblem problem = build();
  problem.apply(solve(problem, 0).choice);
  auto getPlan = [&](StringRef name) {
    return getOp(name)->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
  };
  EXPECT_EQ(getPlan("steep").getInputs()[1].getSeries().getText(), "4:8+1:8");
  problem.apply(solve(problem, 0.25).choice);
  EXPECT_EQ(getPlan("steep").getInputs()[1].getSeries().getText(), "2:8");
  EXPECT_TRUE(getPlan("kept").getMapping());
  EXPECT_FALSE(getPlan("host"));
  problem.apply({0, 0});
  EXPECT_TRUE(getPlan("steep").isDense());
  EXPECT_TRUE(getPlan("steep").getMapping());
  auto count =
      (*module)->getAttrOfType<IntegerAttr>(TASDDialect::kPlanCountAttrName);
  EXPECT_EQ(count.getInt(), 2);
}

TEST_F(PlanProblemTest, DecisionsSayWhy) {
  PlanProblem problem = build();
  PlanDecision decision =
      problem.getDecision(0, solve(problem, 0.25), makeBound(0.25));
  EXPECT_EQ(decision.metrics->getDroppedMagnitudeShare(), 0.25);
  ASSERT_TRUE(decision.nextBest);
  EXPECT_NE(decision.nextBest->series, "2:8");
  EXPECT_GT(decision.nextBest->increaseShare, 0);
  EXPECT_LT(decision.mapped->mapped.cost.energyPj,
            decision.dense->mapped.cost.energyPj);
  PlanDecision kept =
      problem.getDecision(1, solve(problem, 0.25), makeBound(0.25));
  EXPECT_TRUE(kept.isKept);
  EXPECT_FALSE(kept.nextBest);
}

/// What is left out costs what it costs dense, and keeps no plan.
TEST_F(PlanProblemTest, LeavesOutWhatIsNotAskedFor) {
  request.skip = llvm::cantFail(parseLayerGlob("st*"));
  PlanProblem problem = build();
  EXPECT_TRUE(problem.getLayers()[0].isLeftOut);
  EXPECT_EQ(problem.getProblem().layers[0].candidates.size(), 1u);
  problem.apply({0, 0});
  EXPECT_FALSE(getOp("steep")->hasAttr(TASDDialect::kPlanAttrName));
}

TEST_F(PlanProblemTest, DoesNotDependOnThreads) {
  PlanProblem first = build();
  context.disableMultithreading();
  request.model = std::make_shared<CostModel>(
      llvm::cantFail(machine::loadMachine("ttc-vegeta-m8")),
      cost::Objective::Edp, /*dynamicExtent=*/1);
  PlanProblem second = build();
  ASSERT_EQ(first.getLayers().size(), second.getLayers().size());
  for (auto [a, b] : llvm::zip(first.getLayers(), second.getLayers())) {
    ASSERT_EQ(a.candidates.size(), b.candidates.size());
    for (auto [one, other] : llvm::zip(a.candidates, b.candidates))
      EXPECT_EQ(one.plan, other.plan);
  }
}
