//===- PackedKernelsTest.cpp - Series of constants on the CPU -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The kernels for constants laid out for the CPU give what plain loops give on
// the composed operand, bit for bit, on small integers: every remainder of
// rows, lanes and columns, every element type, both widths of registers.
//
//===----------------------------------------------------------------------===//

#include "TestLayers.h"

#include "tasd/Pipelines/Lowering.h"

#include "llvm/ADT/Sequence.h"

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {

/// The CPU with registers of that width.
class Host : public Backend {
public:
  explicit Host(unsigned vectorBits) : vectorBits(vectorBits) {}

  void buildHostPipeline(OpPassManager &pm) const override {
    mlir::tasd::LinalgToLLVMOptions options;
    mlir::tasd::setHostMachine(options);
    options.vectorBits = vectorBits;
    mlir::tasd::buildLowerToCPUPipeline(pm, options);
  }

private:
  unsigned vectorBits;
};

/// The widths that this machine can run.
std::vector<unsigned> getWidths() {
  if (mlir::tasd::getHostVectorBits() == 512)
    return {256, 512};
  return {256};
}

class PackedKernelsTest : public LayerTest {
protected:
  /// Compares a layer with the reference, for each number of steps that open
  /// dimensions may have.
  void check(const Layer &layer, StringRef plan,
             ArrayRef<int64_t> openExtents = {1}) {
    std::string text = getText(layer, plan);
    Executable reference = compileText(text, getReferenceBackend());
    for (unsigned vectorBits : getWidths()) {
      Executable ours = compileText(text, Host(vectorBits));
      for (int64_t extent : openExtents) {
        SmallVector<NDArray> inputs;
        for (const TensorSpec &spec : reference.getSignature().inputs)
          inputs.push_back(drawInput(spec, extent));
        EXPECT_EQ(getBytes(run(ours, inputs).front()),
                  getBytes(run(reference, inputs).front()))
            << vectorBits << " bits: " << layer.text << " of " << plan.str()
            << ", open extents " << extent;
      }
    }
  }

  void checkLeft(int64_t outputs, int64_t tokens, int64_t inputs,
                 LayerTypes types, StringRef series) {
    check(getLeftLayer(outputs, tokens, inputs, types),
          (series + " along [1] at compile_time, dense").str());
  }

  void checkRight(int64_t outputs, int64_t tokens, int64_t inputs,
                  LayerTypes types, StringRef series) {
    check(getRightLayer(outputs, tokens, inputs, types),
          ("dense, " + series + " along [0] at compile_time").str());
  }
};

TEST_F(PackedKernelsTest, EveryNumberOfLanes) {
  for (int64_t tokens :
       {1,  2,  3,  4,  5,  7,  8,  9,  15, 16,  17,  31,  32,
        33, 47, 48, 49, 63, 64, 65, 96, 97, 100, 128, 129, 200})
    checkLeft(11, tokens, 44, kF32, "2:4+1:8");
  for (int64_t tokens : {1, 2, 3, 4, 5, 15, 16, 17, 48, 100, 129})
    checkRight(11, tokens, 44, kF32, "2:4+1:8");
}

TEST_F(PackedKernelsTest, EveryNumberOfRows) {
  for (int64_t outputs : {1, 2, 3, 4, 5, 7, 8, 9, 16, 17}) {
    checkLeft(outputs, 1, 40, kF32, "2:4");
    checkLeft(outputs, 20, 40, kF32, "2:4");
    checkLeft(outputs, 130, 40, kF32, "2:4");
    checkRight(outputs, 50, 40, kF32, "2:4");
  }
}

TEST_F(PackedKernelsTest, EveryNumberOfColumns) {
  for (int64_t inputs : {1, 3, 4, 7, 33, 65, 130, 600}) {
    checkLeft(6, 1, inputs, kF32, "1:4");
    checkLeft(6, 18, inputs, kF32, "1:4");
    checkRight(6, 130, inputs, kF32, "3:8+1:4");
  }
}

TEST_F(PackedKernelsTest, EveryType) {
  limit = 1; // sums that are exact in eight bits
  for (LayerTypes types : {LayerTypes{"f64", "f64"},
                           {"f16", "f16"},
                           {"bf16", "bf16"},
                           {"f16", "f32"},
                           {"bf16", "f32"},
                           {"i8", "i32"},
                           {"i8", "i8"},
                           {"f8E4M3FN", "f32"},
                           {"i32", "i32"}})
    for (int64_t tokens : {1, 3, 21, 70}) {
      checkLeft(9, tokens, 36, types, "2:4");
      checkRight(9, tokens, 36, types, "2:4");
    }
}

TEST_F(PackedKernelsTest, OtherPatternsAndEmptyRows) {
  for (const char *series : {"1:16", "1:64", "4:4", "csr", "bsr(2x4)"})
    for (int64_t tokens : {1, 40})
      checkLeft(7, tokens, 70, kF32, series);
  limit = 0; // no non-zero at all
  for (int64_t tokens : {1, 40})
    checkLeft(7, tokens, 70, kF32, "2:4");
}

TEST_F(PackedKernelsTest, Convolutions) {
  for (auto [size, stride] : {std::pair(5, 1), {9, 1}, {12, 2}, {31, 1}}) {
    int64_t out = (size - 3) / stride + 1;
    std::string plan =
        llvm::formatv("{{strides = dense<{0}> : tensor<2xi64>, PLAN}", stride);
    // Channels last.
    std::string x = llvm::formatv("tensor<2x{0}x{0}x12xf32>", size),
                z = llvm::formatv("tensor<2x{0}x{0}x10xf32>", out);
    check({getConstant({3, 3, 12, 10}), x, z,
           llvm::formatv("%r = linalg.conv_2d_nhwc_hwcf {0} ins(%x, %w : {1}, "
                         "tensor<3x3x12x10xf32>) outs(%c : {2}) -> {2}",
                         plan, x, z)},
          "dense, 2:4 along [0, 1, 2] at compile_time");
    // Channels first.
    x = llvm::formatv("tensor<2x12x{0}x{0}xf32>", size);
    z = llvm::formatv("tensor<2x10x{0}x{0}xf32>", out);
    check({getConstant({10, 12, 3, 3}), x, z,
           llvm::formatv("%r = linalg.conv_2d_nchw_fchw {0} ins(%x, %w : {1}, "
                         "tensor<10x12x3x3xf32>) outs(%c : {2}) -> {2}",
                         plan, x, z)},
          "dense, 2:4 along [2, 3, 1] at compile_time");
    // Groups have inputs of their own.
    x = llvm::formatv("tensor<2x3x4x{0}x{0}xf32>", size);
    z = llvm::formatv("tensor<2x3x5x{0}x{0}xf32>", out);
    check(
        {getConstant({3, 5, 4, 3, 3}), x, z,
         llvm::formatv("%r = linalg.conv_2d_ngchw_gfchw {0} ins(%x, %w : {1}, "
                       "tensor<3x5x4x3x3xf32>) outs(%c : {2}) -> {2}",
                       plan, x, z)},
        "dense, 2:4 along [3, 4, 2] at compile_time");
  }
}

TEST_F(PackedKernelsTest, BlocksLongerThanRows) {
  for (const char *series : {"1:64", "2:4+1:8"})
    for (int64_t inputs : {1, 3}) {
      checkLeft(7, 1, inputs, kF32, series);
      checkLeft(7, 40, inputs, kF32, series);
      checkRight(7, 40, inputs, kF32, series);
    }
}

TEST_F(PackedKernelsTest, UnsignedAndZeroPoints) {
  std::string x = "tensor<33x36xi8>", z = "tensor<33x9xi32>";
  std::string ins = "%x, %w : " + x + ", tensor<36x9xi8>";
  check({getConstant({36, 9}, "i8"), x, z,
         "%r = linalg.matmul {PLAN, cast = #linalg.type_fn<cast_unsigned>} "
         "ins(" +
             ins + ") outs(%c : " + z + ") -> " + z},
        "dense, 2:4 along [0] at compile_time");
  ins = "%x, %w, %zx, %zw : " + x + ", tensor<36x9xi8>, i32, i32";
  check({getConstant({36, 9}, "i8"), x, z,
         "%zx = arith.constant -5 : i32\n  %zw = arith.constant 0 : i32\n"
         "  %r = linalg.quantized_matmul {PLAN} ins(" +
             ins + ") outs(%c : " + z + ") -> " + z},
        "dense, 2:4 along [0] at compile_time, dense, dense");
}

TEST_F(PackedKernelsTest, PartsOfLargerTensors) {
  for (auto [step, pixelStep] : {std::pair(1, 1), {1, 3}, {40, 1}, {40, 7}}) {
    // Tokens as columns.
    std::string part = llvm::formatv(
        "%y = tensor.extract_slice %x[5, 9] [36, 50] [{0}, {1}] : "
        "tensor<1500x400xf32> to tensor<36x50xf32>\n"
        "  %d = tensor.extract_slice %c[3, 2] [9, 50] [{0}, {1}] : "
        "tensor<400x400xf32> to tensor<9x50xf32>\n",
        step, pixelStep);
    std::string whole = llvm::formatv(
        "  %r = tensor.insert_slice %s into %c[3, 2] [9, 50] [{0}, {1}] : "
        "tensor<9x50xf32> into tensor<400x400xf32>",
        step, pixelStep);
    check({getConstant({9, 36}), "tensor<1500x400xf32>", "tensor<400x400xf32>",
           part +
               "  %s = linalg.matmul {PLAN} ins(%w, %y : tensor<9x36xf32>, "
               "tensor<36x50xf32>) outs(%d : tensor<9x50xf32>) -> "
               "tensor<9x50xf32>\n" +
               whole},
          "2:4 along [1] at compile_time, dense");
    // A vector.
    part = llvm::formatv("%y = tensor.extract_slice %x[7] [36] [{0}] : "
                         "tensor<1500xf32> to tensor<36xf32>\n",
                         step * pixelStep > 40 ? 40 : step * pixelStep);
    check({getConstant({9, 36}), "tensor<1500xf32>", "tensor<9xf32>",
           part + "  %r = linalg.matvec {PLAN} ins(%w, %y : tensor<9x36xf32>, "
                  "tensor<36xf32>) outs(%c : tensor<9xf32>) -> tensor<9xf32>"},
          "2:4 along [1] at compile_time, dense");
  }
}

TEST_F(PackedKernelsTest, UpToAHundredTokens) {
  std::string weights = getConstant({5, 20});
  auto getLayerText = [&](const std::string &tokens) {
    std::string x = "tensor<20x" + tokens + "xf32>",
                z = "tensor<5x" + tokens + "xf32>";
    return getText({weights, x, z,
                    "%r = linalg.matmul {PLAN} ins(%w, %x : "
                    "tensor<5x20xf32>, " +
                        x + ") outs(%c : " + z + ") -> " + z},
                   "2:4 along [1] at compile_time, dense");
  };
  Executable reference = compileText(getLayerText("?"), getReferenceBackend());
  std::vector<unsigned> widths = getWidths();
  for (int64_t tokens = 1; tokens <= 100; ++tokens) {
    Executable ours = compileText(getLayerText(std::to_string(tokens)),
                                  Host(widths[tokens % widths.size()]));
    SmallVector<NDArray> inputs;
    for (const TensorSpec &spec : ours.getSignature().inputs)
      inputs.push_back(drawInput(spec));
    EXPECT_EQ(getBytes(run(ours, inputs).front()),
              getBytes(run(reference, inputs).front()))
        << tokens << " tokens";
  }
}

TEST_F(PackedKernelsTest, OpenNumberOfTokens) {
  std::string x = "tensor<?x36xf32>", z = "tensor<?x9xf32>";
  check({getConstant({36, 9}), x, z,
         "%r = linalg.matmul {PLAN} ins(%x, %w : " + x +
             ", tensor<36x9xf32>) outs(%c : " + z + ") -> " + z},
        "dense, 2:4 along [0] at compile_time",
        llvm::to_vector(llvm::seq_inclusive<int64_t>(1, 140)));
  x = "tensor<36x?xf32>", z = "tensor<9x?xf32>";
  check({getConstant({9, 36}), x, z,
         "%r = linalg.matmul {PLAN} ins(%w, %x : tensor<9x36xf32>, " + x +
             ") outs(%c : " + z + ") -> " + z},
        "2:4 along [1] at compile_time, dense",
        llvm::to_vector(llvm::seq_inclusive<int64_t>(1, 140)));
}

TEST_F(PackedKernelsTest, OpenRowsAndColumnsOfVectors) {
  check({getConstant({32, 20}), "tensor<20x1xf32>", "tensor<?x1xf32>",
         "%r = linalg.matmul {PLAN} ins(%w, %x : tensor<32x20xf32>, "
         "tensor<20x1xf32>) outs(%c : tensor<?x1xf32>) -> tensor<?x1xf32>"},
        "2:4 along [1] at compile_time, dense", {32});
  check({getConstant({9, 6}), "tensor<?x1xf32>", "tensor<9x1xf32>",
         "%r = linalg.matmul {PLAN} ins(%w, %x : tensor<9x6xf32>, "
         "tensor<?x1xf32>) outs(%c : tensor<9x1xf32>) -> tensor<9x1xf32>"},
        "2:4 along [1] at compile_time, dense", {6});
}

TEST_F(PackedKernelsTest, Batches) {
  std::string x = "tensor<3x24x20xf32>", z = "tensor<3x7x20xf32>";
  check({getConstant({3, 7, 24}), x, z,
         "%r = linalg.batch_matmul {PLAN} ins(%w, %x : tensor<3x7x24xf32>, " +
             x + ") outs(%c : " + z + ") -> " + z},
        "2:4 along [2] at compile_time, dense");
}

} // namespace
