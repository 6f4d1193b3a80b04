//===- TASDToTTCTest.cpp - Programs against the rules for them ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Layers drawn at random, with their mappings, become programs that take the
// same time, and move the same, as those made by the rules of docs/TTC.md
// without a compiler. The differential test says that they compute the same.
//
//===----------------------------------------------------------------------===//

#include "Simulator/DrawnLayers.h"
#include "Simulator/ProgramFor.h"

#include "tasd/Conversion/TASDToTTC/Passes.h"
#include "tasd/Dialect/TASD/Analysis/LayerCost.h"
#include "tasd/InitAll.h"
#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/VerifyProgram.h"
#include "tasd/Target/TTC/Translation.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace ::tasd;
using simulator::test::DrawnLayer;

namespace {
/// A module with the layer as its only function.
class LayerModule {
public:
  explicit LayerModule(const DrawnLayer &layer)
      : layer(layer), builder(&context),
        a(getType(layer.work.extents.m, layer.work.extents.k,
                  layer.work.a.type)),
        b(getType(layer.work.extents.k, layer.work.extents.n,
                  layer.work.b.type)),
        z(getType(layer.work.extents.m, layer.work.extents.n,
                  layer.work.resultType)) {
    module = ModuleOp::create(builder.getUnknownLoc());
    build();
  }

  /// The program that it becomes; none, with the diagnostics printed, if none.
  std::optional<simulator::Program> compile();

private:
  RankedTensorType getType(int64_t rows, int64_t columns,
                           llvm::StringRef element);
  void build();
  Value addArgument(Type type) {
    return function.getBody().front().addArgument(type,
                                                  builder.getUnknownLoc());
  }
  Value addSeries();
  Value addLayer(Value init);

  static DialectRegistry getRegistry() {
    DialectRegistry registry;
    registry.insert<arith::ArithDialect, func::FuncDialect,
                    linalg::LinalgDialect>();
    mlir::tasd::registerAllDialects(registry);
    return registry;
  }

  const DrawnLayer &layer;
  MLIRContext context{getRegistry(), MLIRContext::Threading::DISABLED};
  OpBuilder builder;
  RankedTensorType a, b, z;
  OwningOpRef<ModuleOp> module;
  func::FuncOp function;
};
} // namespace

RankedTensorType LayerModule::getType(int64_t rows, int64_t columns,
                                      llvm::StringRef element) {
  context.loadAllAvailableDialects();
  return RankedTensorType::get({rows, columns},
                               mlir::parseType(element, &context));
}

/// Operand A, packed or decomposed when the layer runs.
Value LayerModule::addSeries() {
  auto series = mlir::tasd::SeriesAttr::get(&context, layer.work.a.series);
  auto type = mlir::tasd::SeriesType::get(a, series, {1});
  Location loc = builder.getUnknownLoc();
  if (layer.work.a.decomposedAtRunTime)
    return mlir::tasd::DecomposeOp::create(builder, loc, type, addArgument(a),
                                           /*is_unsigned=*/false,
                                           /*selection=*/nullptr);
  SmallVector<Value> components;
  for (RankedTensorType component : type.getComponentTypes())
    components.push_back(addArgument(component));
  return mlir::tasd::AssembleOp::create(builder, loc, type, components);
}

Value LayerModule::addLayer(Value init) {
  mlir::tasd::MappedLayer mapped{{{layer.mapping, {}}}, /*a=*/0, {}};
  auto mapping = mapped.getMapping(&context, layer.machine);
  Location loc = builder.getUnknownLoc();
  if (layer.work.a.series.size() == 0) {
    Value inputs[] = {addArgument(a), addArgument(b)};
    Type result = z;
    auto matmul = linalg::MatmulOp::create(builder, loc, result, inputs, init);
    matmul->setAttr(
        mlir::tasd::TASDDialect::kPlanAttrName,
        mlir::tasd::PlanAttr::get(
            &context, SmallVector<mlir::tasd::OperandPlanAttr>(2), mapping));
    return matmul.getResult(0);
  }
  auto getMap = [&](ArrayRef<unsigned> dims) {
    return AffineMap::getMultiDimMapWithTargets(3, dims, &context);
  };
  Value series = addSeries();
  auto contract = mlir::tasd::ContractOp::create(
      builder, loc, z,
      builder.getAffineMapArrayAttr(
          {getMap({0, 2}), getMap({2, 1}), getMap({0, 1})}),
      /*unsigned_lhs=*/false, /*unsigned_rhs=*/false, series, addArgument(b),
      init, /*zero_point=*/Value());
  contract->setAttr(mlir::tasd::TASDDialect::kMappingAttrName, mapping);
  return contract.getResult();
}

void LayerModule::build() {
  Location loc = builder.getUnknownLoc();
  builder.setInsertionPointToEnd(module->getBody());
  function = func::FuncOp::create(builder, loc, "layer",
                                  builder.getFunctionType({}, {z}));
  builder.setInsertionPointToStart(&function.getBody().emplaceBlock());
  Value init = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(z));
  Value result = addLayer(init);
  func::ReturnOp::create(builder, loc, result);
  function.setFunctionType(builder.getFunctionType(
      function.getBody().front().getArgumentTypes(), {z}));
}

std::optional<simulator::Program> LayerModule::compile() {
  mlir::tasd::ConvertTASDToTTCOptions options;
  options.machine = layer.machineName;
  PassManager pm(&context);
  pm.addPass(mlir::tasd::createConvertTASDToTTC(options));
  if (failed(pm.run(*module)))
    return std::nullopt;
  auto programs = module->getOps<ttc::ProgramOp>();
  if (programs.empty())
    return std::nullopt;
  return ttc::exportProgram(*programs.begin());
}

static void expectSameTraffic(const simulator::Result &result,
                              const simulator::Result &expected) {
  ASSERT_EQ(result.traffic.size(), expected.traffic.size());
  for (auto [traffic, other] : llvm::zip(result.traffic, expected.traffic)) {
    EXPECT_EQ(traffic.level, other.level);
    EXPECT_EQ(traffic.operand, other.operand);
    EXPECT_DOUBLE_EQ(traffic.reads.words, other.reads.words);
    EXPECT_DOUBLE_EQ(traffic.reads.metadataBits, other.reads.metadataBits);
    EXPECT_DOUBLE_EQ(traffic.fills.words, other.fills.words);
    EXPECT_DOUBLE_EQ(traffic.fills.metadataBits, other.fills.metadataBits);
    EXPECT_DOUBLE_EQ(traffic.updates, other.updates);
  }
}

TEST(TASDToTTC, ProgramsAreAsTheRulesSay) {
  std::mt19937 random(5);
  simulator::test::DrawnSize size{4, 32, 1e4, 4e6};
  for (int i = 0; i != 100; ++i) {
    DrawnLayer layer = drawLayer(random, size);
    SCOPED_TRACE(layer.describe());
    std::optional<simulator::Program> program = LayerModule(layer).compile();
    ASSERT_TRUE(program);
    EXPECT_EQ(llvm::toString(simulator::verifyProgram(*program, layer.machine)),
              "");
    simulator::Result result =
        llvm::cantFail(simulate(*program, layer.machine));
    simulator::Result expected =
        llvm::cantFail(simulate(simulator::test::getProgramFor(
                                    layer.work, layer.mapping, layer.machine),
                                layer.machine));
    EXPECT_EQ(result.cycles, expected.cycles);
    expectSameTraffic(result, expected);
  }
}
