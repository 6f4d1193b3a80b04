//===- StatisticsTest.cpp - Counts of passes that always count ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Pass/Statistics.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace {
/// Counts functions, and among them those it fails on: they are called `bad`.
struct CountPass : PassWrapper<CountPass, OperationPass<func::FuncOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(CountPass)
  CountPass() = default;
  CountPass(const CountPass &other) : PassWrapper(other) {}
  StringRef getArgument() const override { return "test-count"; }

  void runOnOperation() override {
    ++functions;
    bytes += 1000;
    if (getOperation().getName() == "bad")
      signalPassFailure();
  }

  mlir::tasd::PassStatistic functions{this, "functions", "Number of functions"};
  mlir::tasd::PassStatistic bytes{this, "bytes", "Bytes of them"};
};

class StatisticsTest : public testing::Test {
protected:
  StatisticsTest() { context.loadDialect<func::FuncDialect>(); }

  OwningOpRef<ModuleOp> parse(ArrayRef<std::string> functions) {
    std::string text;
    for (const std::string &name : functions)
      text += "func.func @" + name + "() { return }\n";
    return parseSourceString<ModuleOp>(text, &context);
  }

  MLIRContext context;
};
} // namespace

TEST_F(StatisticsTest, AddsUpThreadsAndRuns) {
  std::vector<std::string> names;
  for (int i = 0; i < 200; ++i)
    names.push_back("f" + std::to_string(i));
  OwningOpRef<ModuleOp> module = parse(names);
  testing::internal::CaptureStderr();
  {
    PassManager manager(&context);
    mlir::tasd::enablePassStatistics(manager);
    manager.addNestedPass<func::FuncOp>(std::make_unique<CountPass>());
    EXPECT_TRUE(succeeded(manager.run(*module)));
    EXPECT_TRUE(succeeded(manager.run(*module)));
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "test-count\n"
            "  (S) 400000 bytes     - Bytes of them\n"
            "  (S)    400 functions - Number of functions\n"
            "\n");
}

TEST_F(StatisticsTest, CountsWhereThePassFails) {
  OwningOpRef<ModuleOp> module = parse({"bad"});
  testing::internal::CaptureStderr();
  {
    PassManager manager(&context);
    mlir::tasd::enablePassStatistics(manager);
    manager.addNestedPass<func::FuncOp>(std::make_unique<CountPass>());
    EXPECT_TRUE(failed(manager.run(*module)));
  }
  std::string printed = testing::internal::GetCapturedStderr();
  EXPECT_NE(printed.find("(S)    1 functions"), std::string::npos) << printed;
}

TEST_F(StatisticsTest, PrintsNothingUnlessEnabled) {
  OwningOpRef<ModuleOp> module = parse({"f"});
  testing::internal::CaptureStderr();
  {
    PassManager manager(&context);
    manager.addNestedPass<func::FuncOp>(std::make_unique<CountPass>());
    EXPECT_TRUE(succeeded(manager.run(*module)));
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(StatisticsTest, TakesTheCountOnce) {
  CountPass pass;
  ++pass.functions;
  pass.functions += 2;
  EXPECT_EQ(pass.functions.take(), 3u);
  EXPECT_EQ(pass.functions.take(), 0u);
}
