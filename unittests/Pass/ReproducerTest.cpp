//===- ReproducerTest.cpp - Crashes that can be had again -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pass that crashes after ours leaves a file with the module and the whole
// pipeline, which crashes alike in a context of its own.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/InitAll.h"

#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace {
/// Crashes on a module with a plan.
struct CrashPass : PassWrapper<CrashPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(CrashPass)
  StringRef getArgument() const override { return "test-crash"; }

  void runOnOperation() override {
    if (getOperation()->hasAttr(mlir::tasd::TASDDialect::kPlanCountAttrName))
      abort();
  }
};

constexpr StringLiteral kLayer = R"mlir(
func.func @main(%x: tensor<2x8xf32>, %init: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %w = arith.constant dense<1.0> : tensor<8x3xf32>
  %y = linalg.matmul ins(%x, %w : tensor<2x8xf32>, tensor<8x3xf32>)
      outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
)mlir";

class ReproducerTest : public testing::Test {
protected:
  ReproducerTest() : file(createPath()), remover(file) {
    registerAllDialects(registry);
    mlir::tasd::registerAllDialects(registry);
  }

  static void SetUpTestSuite() {
    PassRegistration<CrashPass>();
    mlir::tasd::registerTASDPasses();
  }

  static std::string createPath() {
    SmallString<128> path;
    EXPECT_FALSE(
        llvm::sys::fs::createTemporaryFile("tasd-reproducer", "mlir", path));
    return path.str().str();
  }

  DialectRegistry registry;
  std::string file;
  llvm::FileRemover remover;
};
} // namespace

/// Runs the pipeline; a crash is a failure, and leaves a reproducer.
static LogicalResult runRecovering(PassManager &manager, ModuleOp module,
                                   StringRef reproducer) {
  // Recovery works on the thread that crashes.
  module.getContext()->disableMultithreading();
  ScopedDiagnosticHandler silence(module.getContext(),
                                  [](Diagnostic &) { return success(); });
  manager.enableCrashReproducerGeneration(reproducer);
  return manager.run(module);
}

TEST_F(ReproducerTest, CrashesAgain) {
  MLIRContext context(registry);
  auto module = parseSourceString<ModuleOp>(kLayer, &context);
  PassManager manager(&context);
  ASSERT_TRUE(succeeded(
      parsePassPipeline("tasd-plan{series=2:4},test-crash", manager)));
  EXPECT_TRUE(failed(runRecovering(manager, *module, file)));

  auto buffer = llvm::MemoryBuffer::getFile(file);
  ASSERT_TRUE(bool(buffer));
  StringRef text = (*buffer)->getBuffer();
  EXPECT_NE(text.find("linalg.matmul"), StringRef::npos) << text.str();
  EXPECT_NE(text.find("series={2:4}"), StringRef::npos) << text.str();

  MLIRContext fresh(registry);
  PassReproducerOptions options;
  FallbackAsmResourceMap resources;
  ParserConfig config(&fresh, /*verifyAfterParse=*/true, &resources);
  options.attachResourceParser(config);
  auto again = parseSourceFile<ModuleOp>(file, config);
  ASSERT_TRUE(again);
  PassManager rerun(&fresh);
  ASSERT_TRUE(succeeded(options.apply(rerun)));
  EXPECT_TRUE(failed(runRecovering(rerun, *again, file)));
}
