//===- LinalgToLLVMTest.cpp - The two ways to LLVM agree ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs random small layers through the vectorising pipeline and through plain
// loops, on small integers, whose sums are exact, and compares bit for bit.
//
//===----------------------------------------------------------------------===//

#include "tasd/Pipelines/LinalgToLLVM.h"
#include "LayerTexts.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Evaluation/Compilation.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace ::tasd::evaluation;
using namespace ::tasd::test;

namespace {

DType getDType(StringRef name) {
  for (DType dtype : {DType::F64, DType::F32, DType::F16, DType::BF16})
    if (getName(dtype) == name)
      return dtype;
  for (DType dtype : {DType::SI64, DType::SI32, DType::SI16, DType::SI8})
    if (getName(dtype).drop_front(1) == name)
      return dtype;
  llvm::report_fatal_error("expected the name of an element type");
}

const llvm::fltSemantics &getSemantics(DType dtype) {
  return dtype == DType::F64   ? llvm::APFloat::IEEEdouble()
         : dtype == DType::F32 ? llvm::APFloat::IEEEsingle()
         : dtype == DType::F16 ? llvm::APFloat::IEEEhalf()
                               : llvm::APFloat::BFloat();
}

/// The bits of a small integer in `dtype`.
uint64_t getBits(DType dtype, int value) {
  if (!isFloat(dtype))
    return static_cast<int64_t>(value);
  llvm::APFloat number(static_cast<double>(value));
  bool isInexact;
  number.convert(getSemantics(dtype), llvm::APFloat::rmNearestTiesToEven,
                 &isInexact);
  return number.bitcastToAPInt().getZExtValue();
}

/// Integers of magnitude up to `limit`.
NDArray drawArray(DType dtype, const Shape &shape, int limit,
                  std::mt19937 &random) {
  NDArray array = NDArray::allocate(dtype, shape);
  int64_t width = getByteWidth(dtype);
  for (int64_t i = 0; i < array.getNumElements(); ++i) {
    uint64_t bits = getBits(dtype, int(random() % (2 * limit + 1)) - limit);
    std::memcpy(array.bytes.data() + i * width, &bits, width);
  }
  return array;
}

class LinalgToLLVM : public testing::TestWithParam<LayerKind> {
protected:
  LinalgToLLVM() {
    DialectRegistry registry;
    registerDialects(registry);
    context.appendDialectRegistry(registry);
    context.disableMultithreading();
  }

  /// The result of `main` by the reference (no bits) or the fast pipeline.
  FailureOr<NDArray> run(ModuleOp module, unsigned vectorBits,
                         ArrayRef<NDArray> inputs) {
    OwningOpRef<ModuleOp> lowered = module.clone();
    PassManager pm(&context);
    mlir::tasd::LinalgToLLVMOptions options;
    options.vectorBits = vectorBits;
    if (vectorBits == 0)
      mlir::tasd::buildLinalgToLoopsPipeline(pm);
    else
      mlir::tasd::buildLinalgToLLVMPipeline(pm, options);
    auto entry = module.lookupSymbol<func::FuncOp>("main");
    if (failed(pm.run(*lowered)))
      return failure();
    auto executable =
        Executable::create(*lowered, "main", entry.getFunctionType());
    if (!executable)
      return entry.emitError(llvm::toString(executable.takeError()));
    auto result = executable->run(inputs);
    if (!result)
      return entry.emitError(llvm::toString(result.takeError()));
    return std::move(result->results.front());
  }

  /// No reduction is left as linalg once vectorised.
  bool isVectorized(ModuleOp module) {
    OwningOpRef<ModuleOp> vectorized = module.clone();
    PassManager pm(&context);
    pm.addNestedPass<func::FuncOp>(mlir::tasd::createVectorizeLinalg());
    if (failed(pm.run(*vectorized)))
      return false;
    return !vectorized
                ->walk([](linalg::LinalgOp op) {
                  return op.getNumReductionLoops() == 0
                             ? WalkResult::advance()
                             : WalkResult::interrupt();
                })
                .wasInterrupted();
  }

  void check(const LayerTypes &types, std::mt19937 &random, bool allowDynamic) {
    LayerText layer = drawLayer(GetParam(), types, random, allowDynamic);
    SCOPED_TRACE(layer.text);
    auto module = parseSourceString<ModuleOp>(layer.text, &context);
    ASSERT_TRUE(module);
    EXPECT_TRUE(GetParam().mayStayLoops || isVectorized(*module));
    const char *elements[] = {types.lhs, types.rhs, types.result};
    // Sums stay exact in 8 bits of mantissa.
    int limit = StringRef(types.result) == "bf16" ? 1 : 2;
    SmallVector<NDArray> inputs;
    for (int i = 0; i < 3; ++i)
      inputs.push_back(
          drawArray(getDType(elements[i]), layer.shapes[i], limit, random));
    FailureOr<NDArray> expected = run(*module, 0, inputs);
    ASSERT_TRUE(succeeded(expected));
    unsigned bits = random() % 2 ? 256 : 512;
    FailureOr<NDArray> actual = run(*module, bits, inputs);
    ASSERT_TRUE(succeeded(actual));
    for (int64_t i = 0; i < expected->getNumElements(); ++i)
      ASSERT_EQ(expected->getElement(i), actual->getElement(i))
          << "element " << i << ", " << bits << " bits";
  }

  MLIRContext context;
};

TEST_P(LinalgToLLVM, FastEqualsReferenceOnF32) {
  std::mt19937 random(1);
  for (int round = 0; round < 4; ++round)
    check(getLayerTypes().front(), random, /*allowDynamic=*/round % 2);
}

TEST_P(LinalgToLLVM, FastEqualsReferenceOnOtherTypes) {
  // Every kind takes its turn with some types, all kinds together with all.
  std::mt19937 random(llvm::xxh3_64bits(GetParam().op));
  for (int round = 0; round < 4; ++round)
    check(getLayerTypes()[random() % getLayerTypes().size()], random,
          /*allowDynamic=*/true);
}

INSTANTIATE_TEST_SUITE_P(Layers, LinalgToLLVM,
                         testing::ValuesIn(getLayerKinds()),
                         [](const testing::TestParamInfo<LayerKind> &info) {
                           StringRef op =
                               StringRef(info.param.op).split(' ').first;
                           return (op.drop_front(strlen("linalg.")) + "_" +
                                   info.param.lhs + "_" + info.param.rhs)
                               .str();
                         });

} // namespace
