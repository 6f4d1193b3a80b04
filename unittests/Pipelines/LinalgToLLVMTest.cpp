//===- LinalgToLLVMTest.cpp - The two ways to LLVM agree ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs random small layers through the vectorising pipeline, with and without a
// dense library, and through plain loops, on small integers, whose sums are
// exact, and compares bit for bit.
//
//===----------------------------------------------------------------------===//

#include "tasd/Pipelines/LinalgToLLVM.h"
#include "LayerTexts.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Runtime/DenseLibrary.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

#include <malloc.h>

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

/// How a module is compiled: as plain loops, by vector code of that width, or
/// by the dense library where vectors are of 256 bits.
enum class Way { Loops, Vector256, Vector512, BLAS };

const char *getName(Way way) {
  static constexpr const char *kNames[] = {"loops", "256 bits", "512 bits",
                                           "BLAS"};
  return kNames[static_cast<int>(way)];
}

class Pipelines {
public:
  Pipelines() {
    DialectRegistry registry;
    registerDialects(registry);
    context.appendDialectRegistry(registry);
    context.disableMultithreading();
  }

  FailureOr<Executable> compile(ModuleOp module, Way way) {
    OwningOpRef<ModuleOp> lowered = module.clone();
    PassManager pm(&context);
    mlir::tasd::LinalgToLLVMOptions options;
    options.vectorBits = way == Way::Vector512 ? 512 : 256;
    // Small enough for several tiles.
    options.cacheKib = 1;
    if (way == Way::BLAS)
      options.dense = mlir::tasd::DenseKernels::BLAS;
    options.minBlasMacs = 0;
    if (way == Way::Loops)
      mlir::tasd::buildLinalgToLoopsPipeline(pm);
    else
      mlir::tasd::buildLinalgToLLVMPipeline(pm, options);
    auto entry = module.lookupSymbol<func::FuncOp>("main");
    if (failed(pm.run(*lowered)))
      return failure();
    callsLibrary |= lowered->lookupSymbol("tasd_runtime_gemm") != nullptr;
    auto executable =
        Executable::create(*lowered, "main", entry.getFunctionType());
    if (!executable)
      return entry.emitError(llvm::toString(executable.takeError()));
    return std::move(*executable);
  }

  MLIRContext context;
  /// Whether anything compiled so far calls the dense library.
  bool callsLibrary = false;
};

class LinalgToLLVM : public testing::TestWithParam<LayerKind>,
                     protected Pipelines {
protected:
  FailureOr<NDArray> run(ModuleOp module, Way way, ArrayRef<NDArray> inputs) {
    FailureOr<Executable> executable = compile(module, way);
    if (failed(executable))
      return failure();
    auto result = executable->run(inputs);
    if (!result)
      return module.emitError(llvm::toString(result.takeError()));
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

  void check(const LayerTypes &types, std::mt19937 &random, bool allowDynamic,
             Way way) {
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
    FailureOr<NDArray> expected = run(*module, Way::Loops, inputs);
    ASSERT_TRUE(succeeded(expected));
    FailureOr<NDArray> actual = run(*module, way, inputs);
    ASSERT_TRUE(succeeded(actual));
    for (int64_t i = 0; i < expected->getNumElements(); ++i)
      ASSERT_EQ(expected->getElement(i), actual->getElement(i))
          << "element " << i << ", " << getName(way);
  }

  static Way drawVectorWay(std::mt19937 &random) {
    return random() % 2 ? Way::Vector256 : Way::Vector512;
  }
};

TEST_P(LinalgToLLVM, FastEqualsReferenceOnF32) {
  std::mt19937 random(1);
  for (int round = 0; round < 3; ++round)
    check(getLayerTypes().front(), random, /*allowDynamic=*/round % 2,
          drawVectorWay(random));
}

TEST_P(LinalgToLLVM, FastEqualsReferenceOnOtherTypes) {
  // Every kind takes its turn with some types, all kinds together with all.
  std::mt19937 random(llvm::xxh3_64bits(GetParam().op));
  for (int round = 0; round < 3; ++round)
    check(getLayerTypes()[random() % getLayerTypes().size()], random,
          /*allowDynamic=*/true, drawVectorWay(random));
}

TEST_P(LinalgToLLVM, LibraryEqualsReference) {
  if (!::tasd::runtime::getDenseLibrary())
    GTEST_SKIP() << "built without a dense library";
  std::mt19937 random(2);
  for (StringRef type : {"f32", "f64"})
    for (int round = 0; round < 2; ++round)
      check({type.data(), type.data(), type.data()}, random,
            /*allowDynamic=*/round % 2, Way::BLAS);
  EXPECT_TRUE(callsLibrary || GetParam().mayStayLoops);
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

class LinalgToLLVMMemory : public testing::TestWithParam<Way>,
                           protected Pipelines {};

/// Scratch in loops, results that are arguments, constants or one another.
const char *const memoryText = R"(
func.func @main(%x: tensor<?x6x6x2xf32>, %w: tensor<3x3x2x5xf32>)
    -> (tensor<?x4x4x5xf32>, tensor<?x4x4x5xf32>, tensor<?x6x6x2xf32>,
        tensor<2xf32>, tensor<?x80xf32>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %constant = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %n = tensor.dim %x, %c0 : tensor<?x6x6x2xf32>
  %empty = tensor.empty(%n) : tensor<?x4x4x5xf32>
  %fill = linalg.fill ins(%zero : f32) outs(%empty : tensor<?x4x4x5xf32>)
    -> tensor<?x4x4x5xf32>
  %conv = linalg.conv_2d_nhwc_hwcf
    ins(%x, %w : tensor<?x6x6x2xf32>, tensor<3x3x2x5xf32>)
    outs(%fill : tensor<?x4x4x5xf32>) -> tensor<?x4x4x5xf32>
  %flat = tensor.collapse_shape %conv [[0], [1, 2, 3]]
    : tensor<?x4x4x5xf32> into tensor<?x80xf32>
  %e = tensor.empty(%n) : tensor<?x80xf32>
  %soft = linalg.softmax dimension(1) ins(%flat : tensor<?x80xf32>)
    outs(%e : tensor<?x80xf32>) -> tensor<?x80xf32>
  return %conv, %conv, %x, %constant, %soft
    : tensor<?x4x4x5xf32>, tensor<?x4x4x5xf32>, tensor<?x6x6x2xf32>,
      tensor<2xf32>, tensor<?x80xf32>
})";

TEST_P(LinalgToLLVMMemory, FreesWhatItAllocates) {
  if (GetParam() == Way::BLAS && !::tasd::runtime::getDenseLibrary())
    GTEST_SKIP() << "built without a dense library";
  auto module = parseSourceString<ModuleOp>(memoryText, &context);
  ASSERT_TRUE(module);
  FailureOr<Executable> executable = compile(*module, GetParam());
  ASSERT_TRUE(succeeded(executable));
  std::mt19937 random(1);
  NDArray inputs[] = {drawArray(DType::F32, {3, 6, 6, 2}, 2, random),
                      drawArray(DType::F32, {3, 3, 2, 5}, 2, random)};
  auto getBytesAfterRun = [&] {
    auto result = executable->run(inputs);
    EXPECT_TRUE(static_cast<bool>(result));
    EXPECT_EQ(result->results[0].bytes, result->results[1].bytes);
    EXPECT_EQ(result->results[2].bytes, inputs[0].bytes);
    result->results.clear();
    return mallinfo2().uordblks + mallinfo2().hblkhd;
  };
  getBytesAfterRun();
  size_t before = getBytesAfterRun();
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(getBytesAfterRun(), before);
}

INSTANTIATE_TEST_SUITE_P(Ways, LinalgToLLVMMemory,
                         testing::Values(Way::Loops, Way::Vector256,
                                         Way::Vector512, Way::BLAS));

} // namespace
