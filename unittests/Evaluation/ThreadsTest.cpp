//===- ThreadsTest.cpp - Compiled code on several threads -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Results are the same bits whatever the number of threads, on data whose sums
// depend on the order of additions.
//
//===----------------------------------------------------------------------===//

#include "TestModules.h"

#include "tasd/Runtime/DenseLibrary.h"

#include <random>

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {

struct Program {
  const char *name;
  const char *text;
};

// Large enough for several threads, and no multiple of anything.
constexpr Program kPrograms[] = {
    {"Matmul", R"(
func.func @main(%a: tensor<173x96xf32>, %b: tensor<96x257xf32>, %c: tensor<173x257xf32>)
    -> tensor<173x257xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<173x96xf32>, tensor<96x257xf32>)
    outs(%c : tensor<173x257xf32>) -> tensor<173x257xf32>
  return %0 : tensor<173x257xf32>
})"},
    {"MatmulInF64", R"(
func.func @main(%a: tensor<145x96xf64>, %b: tensor<96x130xf64>, %c: tensor<145x130xf64>)
    -> tensor<145x130xf64> {
  %0 = linalg.matmul ins(%a, %b : tensor<145x96xf64>, tensor<96x130xf64>)
    outs(%c : tensor<145x130xf64>) -> tensor<145x130xf64>
  return %0 : tensor<145x130xf64>
})"},
    // For half of the rows the other vector kernel would be chosen.
    {"MatmulOfTransposed", R"(
func.func @main(%a: tensor<192x512xf32>, %b: tensor<40x512xf32>, %c: tensor<192x40xf32>)
    -> tensor<192x40xf32> {
  %0 = linalg.matmul
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                     affine_map<(m, n, k) -> (m, n)>]
    ins(%a, %b : tensor<192x512xf32>, tensor<40x512xf32>)
    outs(%c : tensor<192x40xf32>) -> tensor<192x40xf32>
  return %0 : tensor<192x40xf32>
})"},
    {"Batches", R"(
func.func @main(%a: tensor<7x50x64xf32>, %b: tensor<7x64x70xf32>, %c: tensor<7x50x70xf32>)
    -> tensor<7x50x70xf32> {
  %0 = linalg.batch_matmul ins(%a, %b : tensor<7x50x64xf32>, tensor<7x64x70xf32>)
    outs(%c : tensor<7x50x70xf32>) -> tensor<7x50x70xf32>
  return %0 : tensor<7x50x70xf32>
})"},
    {"ConvolutionChannelsLast", R"(
func.func @main(%a: tensor<2x35x33x16xf32>, %w: tensor<3x3x16x40xf32>,
                %c: tensor<2x33x31x40xf32>) -> tensor<2x33x31x40xf32> {
  %0 = linalg.conv_2d_nhwc_hwcf ins(%a, %w : tensor<2x35x33x16xf32>, tensor<3x3x16x40xf32>)
    outs(%c : tensor<2x33x31x40xf32>) -> tensor<2x33x31x40xf32>
  return %0 : tensor<2x33x31x40xf32>
})"},
    {"ConvolutionChannelsFirst", R"(
func.func @main(%a: tensor<1x64x9x9xf32>, %w: tensor<96x64x3x3xf32>,
                %c: tensor<1x96x7x7xf32>) -> tensor<1x96x7x7xf32> {
  %0 = linalg.conv_2d_nchw_fchw ins(%a, %w : tensor<1x64x9x9xf32>, tensor<96x64x3x3xf32>)
    outs(%c : tensor<1x96x7x7xf32>) -> tensor<1x96x7x7xf32>
  return %0 : tensor<1x96x7x7xf32>
})"},
    {"DepthwiseThenSoftmax", R"(
func.func @main(%a: tensor<1x35x35x48xf32>, %w: tensor<3x3x48xf32>,
                %c: tensor<1x33x33x48xf32>) -> tensor<1x33x33x48xf32> {
  %0 = linalg.depthwise_conv_2d_nhwc_hwc
    ins(%a, %w : tensor<1x35x35x48xf32>, tensor<3x3x48xf32>)
    outs(%c : tensor<1x33x33x48xf32>) -> tensor<1x33x33x48xf32>
  %1 = arith.addf %0, %c : tensor<1x33x33x48xf32>
  %2 = linalg.softmax dimension(3) ins(%1 : tensor<1x33x33x48xf32>)
    outs(%c : tensor<1x33x33x48xf32>) -> tensor<1x33x33x48xf32>
  return %2 : tensor<1x33x33x48xf32>
})"},
    {"LaidOutSeries", R"(
func.func @main(%x: tensor<301x48xf32>, %c: tensor<301x40xf32>) -> tensor<301x40xf32> {
  %w = arith.constant dense<0.7> : tensor<48x40xf32>
  %0 = linalg.matmul {tasd.plan = #tasd.plan<dense, 2:4+1:8 along [0] at compile_time>}
    ins(%x, %w : tensor<301x48xf32>, tensor<48x40xf32>)
    outs(%c : tensor<301x40xf32>) -> tensor<301x40xf32>
  return %0 : tensor<301x40xf32>
})"},
    {"PackedSeries", R"(
func.func @main(%a: tensor<96x128xf32>, %b: tensor<128x257xf32>, %c: tensor<96x257xf32>)
    -> tensor<96x257xf32> {
  %0 = linalg.matmul {tasd.plan = #tasd.plan<2:4+1:8 along [1] at run_time, dense>}
    ins(%a, %b : tensor<96x128xf32>, tensor<128x257xf32>)
    outs(%c : tensor<96x257xf32>) -> tensor<96x257xf32>
  return %0 : tensor<96x257xf32>
})"}};

NDArray drawArray(const TensorSpec &spec, std::mt19937 &random) {
  NDArray array = NDArray::allocate(spec.dtype, spec.shape);
  std::normal_distribution<double> normal;
  for (int64_t i = 0; i < array.getNumElements(); ++i) {
    double element = normal(random);
    if (spec.dtype == DType::F64)
      reinterpret_cast<double *>(array.bytes.data())[i] = element;
    else
      reinterpret_cast<float *>(array.bytes.data())[i] = float(element);
  }
  return array;
}

/// What a failure says: every element that differs may be one of thousands.
std::string describeDifference(const NDArray &actual, const NDArray &expected) {
  size_t size = actual.bytes.size() / actual.getNumElements();
  int64_t count = 0, first = 0, last = 0;
  for (int64_t i = 0; i < actual.getNumElements(); ++i) {
    auto isAt = actual.bytes.begin() + i * size;
    if (std::equal(isAt, isAt + size, expected.bytes.begin() + i * size))
      continue;
    first = count++ ? first : i;
    last = i;
  }
  return (llvm::Twine(count) + " of " + llvm::Twine(actual.getNumElements()) +
          " elements differ, the first of them " + llvm::Twine(first) +
          ", the last " + llvm::Twine(last))
      .str();
}

class ThreadsTest : public ModuleTest,
                    public testing::WithParamInterface<Program> {
protected:
  void SetUp() override {
    if (!TASD_HAS_OPENMP)
      GTEST_SKIP() << "built without OpenMP";
  }

  NDArray runOn(unsigned numThreads, mlir::tasd::DenseKernels dense) {
    BackendOptions options;
    options.host = {dense, numThreads};
    auto backend = llvm::cantFail(createBackend(options));
    Executable executable = compileText(GetParam().text, *backend);
    std::mt19937 random(1);
    SmallVector<NDArray> inputs;
    for (const TensorSpec &spec : executable.getSignature().inputs)
      inputs.push_back(drawArray(spec, random));
    return std::move(run(executable, inputs).front());
  }

  void check(mlir::tasd::DenseKernels dense) {
    NDArray expected = runOn(1, dense);
    for (unsigned numThreads : {2, 3, 7}) {
      NDArray actual = runOn(numThreads, dense);
      ASSERT_EQ(actual.bytes.size(), expected.bytes.size());
      EXPECT_TRUE(actual.bytes == expected.bytes)
          << describeDifference(actual, expected) << ", on " << numThreads
          << " threads";
    }
  }
};

TEST_P(ThreadsTest, GiveTheSameBits) {
  check(mlir::tasd::DenseKernels::Vector);
}

TEST_P(ThreadsTest, GiveTheSameBitsByTheLibrary) {
  if (!::tasd::runtime::getDenseLibrary())
    GTEST_SKIP() << "built without a dense library";
  check(mlir::tasd::DenseKernels::BLAS);
}

INSTANTIATE_TEST_SUITE_P(Programs, ThreadsTest, testing::ValuesIn(kPrograms),
                         [](const testing::TestParamInfo<Program> &info) {
                           return info.param.name;
                         });

} // namespace
