//===- TASDToVectorTest.cpp - The multiplications that are left -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts, not time: code for a packed N:M term multiplies N/M as often as the
// dense layer does.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToVector/Passes.h"
#include "tasd/InitAll.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace {
constexpr int64_t kRows = 8, kColumns = 64, kLanes = 32;

/// A matrix product whose first operand is one packed N:M term.
std::string makeModule(int64_t n, int64_t m, int64_t indexBits) {
  int64_t slots = kColumns / m * n;
  return llvm::formatv(R"mlir(
    #lhs = affine_map<(m, n, k) -> (m, k)>
    #rhs = affine_map<(m, n, k) -> (k, n)>
    #out = affine_map<(m, n, k) -> (m, n)>
    func.func @product(%v: tensor<{0}x{1}xf32>, %m: tensor<{0}x{2}xi8>,
                       %b: tensor<{3}x{4}xf32>, %c: tensor<{0}x{4}xf32>)
        -> tensor<{0}x{4}xf32> {{
      %s = tasd.assemble %v, %m
          : !tasd.series<{0}x{3}xf32, {5}:{6}, along = [1]>
      %r = tasd.contract [#lhs, #rhs, #out]
          ins(%s, %b : !tasd.series<{0}x{3}xf32, {5}:{6}, along = [1]>,
                       tensor<{3}x{4}xf32>)
          outs(%c : tensor<{0}x{4}xf32>)
      return %r : tensor<{0}x{4}xf32>
    })mlir",
                       kRows, slots, (slots * indexBits + 7) / 8, kColumns,
                       kLanes, n, m)
      .str();
}

/// How often `op` runs; none where a loop around it has no constant bounds.
std::optional<int64_t> countRuns(Operation *op) {
  int64_t runs = 1;
  for (auto loop = op->getParentOfType<scf::ForOp>(); loop;
       loop = loop->getParentOfType<scf::ForOp>()) {
    std::optional<APInt> trips = loop.getStaticTripCount();
    if (!trips)
      return std::nullopt;
    runs *= trips->getSExtValue();
  }
  return runs;
}

/// The multiplications that running the module does in vector code.
std::optional<int64_t> countMultiplications(ModuleOp module) {
  std::optional<int64_t> total = 0;
  module.walk([&](vector::FMAOp op) {
    std::optional<int64_t> runs = countRuns(op);
    total = total && runs
                ? std::optional<int64_t>(
                      *total + *runs * op.getVectorType().getNumElements())
                : std::nullopt;
  });
  return total;
}

struct PatternCase {
  int64_t n, m, indexBits;
};

class Multiplications : public testing::TestWithParam<PatternCase> {};
} // namespace

TEST_P(Multiplications, AreTheShareOfThePattern) {
  PatternCase pattern = GetParam();
  DialectRegistry registry;
  mlir::tasd::registerAllDialects(registry);
  registry.insert<func::FuncDialect>();
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(
      makeModule(pattern.n, pattern.m, pattern.indexBits), &context);
  ASSERT_TRUE(module);
  PassManager pm(&context);
  pm.addNestedPass<func::FuncOp>(mlir::tasd::createConvertTASDToVector());
  pm.addPass(createCanonicalizerPass());
  ASSERT_TRUE(succeeded(pm.run(*module)));
  std::optional<int64_t> multiplications = countMultiplications(*module);
  ASSERT_TRUE(multiplications.has_value());
  EXPECT_EQ(*multiplications * pattern.m,
            kRows * kColumns * kLanes * pattern.n);
}

INSTANTIATE_TEST_SUITE_P(
    NM, Multiplications,
    testing::Values(PatternCase{1, 4, 2}, PatternCase{2, 4, 2},
                    PatternCase{4, 4, 2}, PatternCase{1, 8, 3},
                    PatternCase{3, 8, 3}, PatternCase{5, 16, 4},
                    PatternCase{1, 32, 5}));
