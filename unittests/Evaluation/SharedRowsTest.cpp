//===- SharedRowsTest.cpp - Series whose rows threads share ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products with too few lanes for several threads are shared by rows of the
// series, no multiple of what a layout keeps together. Results are the same
// bits whatever the number of threads, on data whose sums depend on the order
// of additions.
//
//===----------------------------------------------------------------------===//

#include "TestLayers.h"

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {

class SharedRowsTest : public LayerTest {
protected:
  SharedRowsTest() {
    limit = 100;
    unit = 0.01;
  }

  void SetUp() override {
    if (!TASD_HAS_OPENMP)
      GTEST_SKIP() << "built without OpenMP";
  }

  std::vector<char> runOn(unsigned numThreads, const std::string &text) {
    BackendOptions options;
    options.host.numThreads = numThreads;
    auto backend = llvm::cantFail(createBackend(options));
    Executable executable = compileText(text, *backend);
    random.seed(2);
    SmallVector<NDArray> inputs;
    for (const TensorSpec &spec : executable.getSignature().inputs)
      inputs.push_back(drawInput(spec));
    return getBytes(run(executable, inputs).front());
  }

  void check(const Layer &layer, StringRef plan) {
    std::string text = getText(layer, plan);
    std::vector<char> expected = runOn(1, text);
    for (unsigned numThreads : {2, 3, 7})
      EXPECT_TRUE(runOn(numThreads, text) == expected)
          << layer.text << " on " << numThreads << " threads";
  }
};

constexpr char kLeft[] = "2:4+1:8 along [1] at compile_time, dense";
constexpr char kRight[] = "dense, 2:4+1:8 along [0] at compile_time";

TEST_F(SharedRowsTest, EveryType) {
  for (LayerTypes types : {LayerTypes{"f32", "f32"},
                           {"f64", "f64"},
                           {"f16", "f16"},
                           {"bf16", "f32"},
                           {"i8", "i32"}}) {
    if (StringRef(types.element).starts_with("i"))
      unit = 1;
    check(getLeftLayer(131, 40, 100, types), kLeft);
    check(getRightLayer(131, 40, 100, types), kRight);
  }
}

TEST_F(SharedRowsTest, Vectors) {
  for (LayerTypes types :
       {LayerTypes{"f32", "f32"}, {"bf16", "f32"}, {"f64", "f64"}}) {
    check(getLeftLayer(523, 1, 512, types), kLeft);
    check(getRightLayer(523, 1, 512, types), kRight);
  }
}

TEST_F(SharedRowsTest, Convolutions) {
  std::string x = "tensor<1x9x9x32xf32>", z = "tensor<1x7x7x45xf32>";
  check({getConstant({3, 3, 32, 45}), x, z,
         "%r = linalg.conv_2d_nhwc_hwcf {PLAN} ins(%x, %w : " + x +
             ", tensor<3x3x32x45xf32>) outs(%c : " + z + ") -> " + z},
        "dense, 2:4 along [0, 1, 2] at compile_time");
  x = "tensor<1x32x9x9xf32>", z = "tensor<1x45x7x7xf32>";
  check({getConstant({45, 32, 3, 3}), x, z,
         "%r = linalg.conv_2d_nchw_fchw {PLAN} ins(%x, %w : " + x +
             ", tensor<45x32x3x3xf32>) outs(%c : " + z + ") -> " + z},
        "dense, 2:4 along [2, 3, 1] at compile_time");
}

TEST_F(SharedRowsTest, BatchesAndGroups) {
  for (int64_t batches : {2, 3, 7, 14}) {
    std::string w = getType({batches, 61, 96}, "f32"),
                x = getType({batches, 96, 30}, "f32"),
                z = getType({batches, 61, 30}, "f32");
    check({getConstant({batches, 61, 96}), x, z,
           "%r = linalg.batch_matmul {PLAN} ins(%w, %x : " + w + ", " + x +
               ") outs(%c : " + z + ") -> " + z},
          "2:4 along [2] at compile_time, dense");
  }
  std::string x = "tensor<1x3x24x9x9xf32>", z = "tensor<1x3x20x7x7xf32>";
  check({getConstant({3, 20, 24, 3, 3}), x, z,
         "%r = linalg.conv_2d_ngchw_gfchw {PLAN} ins(%x, %w : " + x +
             ", tensor<3x20x24x3x3xf32>) outs(%c : " + z + ") -> " + z},
        "dense, 2:4 along [3, 4, 2] at compile_time");
}

TEST_F(SharedRowsTest, RowsInTwoDimensions) {
  for (int64_t tokens : {1, 40}) {
    std::string x = getType({128, tokens}, "f32"),
                z = getType({75, 30, tokens}, "f32");
    check({getConstant({75, 30, 128}), x, z,
           "%r = linalg.generic {indexing_maps = ["
           "affine_map<(h, d, n, k) -> (h, d, k)>, "
           "affine_map<(h, d, n, k) -> (k, n)>, "
           "affine_map<(h, d, n, k) -> (h, d, n)>], iterator_types = ["
           "\"parallel\", \"parallel\", \"parallel\", \"reduction\"]} "
           "ins(%w, %x : tensor<75x30x128xf32>, " +
               x + ") outs(%c : " + z +
               ") attrs = {PLAN} {\n"
               "  ^bb0(%a: f32, %b: f32, %s: f32):\n"
               "    %p = arith.mulf %a, %b : f32\n"
               "    %q = arith.addf %s, %p : f32\n"
               "    linalg.yield %q : f32\n"
               "  } -> " +
               z},
          "2:4 along [2] at compile_time, dense");
  }
}

TEST_F(SharedRowsTest, SeriesPackedAtRunTime) {
  std::string c = "tensor<301x40xf32>";
  check({getConstant({128, 40}), "tensor<301x128xf32>", c,
         "%r = linalg.matmul {PLAN} ins(%x, %w : tensor<301x128xf32>, "
         "tensor<128x40xf32>) outs(%c : " +
             c + ") -> " + c},
        "2:4+1:8 along [1] at run_time, dense");
}

} // namespace
