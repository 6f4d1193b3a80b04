//===- PermuteReductionTest.cpp - Networks with channels in order ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random networks of integers, whose sums are the same in any order, give the
// same bits with their channels in another order.
//
//===----------------------------------------------------------------------===//

#include "TestModules.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Pass/PassManager.h"

#include <numeric>
#include <random>

using namespace mlir;
using namespace ::tasd::evaluation;
using llvm::formatv;

namespace {

/// An image in a network: its value and its extents.
struct Image {
  std::string value;
  bool isNHWC;
  int64_t channels, extent;

  std::string getType(int64_t padding = 0) const {
    int64_t padded = extent + padding;
    return isNHWC
               ? formatv("tensor<1x{0}x{0}x{1}xi32>", padded, channels).str()
               : formatv("tensor<1x{1}x{0}x{0}xi32>", padded, channels).str();
  }
};

/// Writes the text of a network, op by op.
class NetworkWriter {
public:
  explicit NetworkWriter(uint32_t seed) : rng(seed) {}

  std::string write();
  Image getInput() const { return input; }

private:
  Image makeImage(bool isNHWC, int64_t channels, int64_t extent) {
    return {formatv("%v{0}", numValues++), isNHWC, channels, extent};
  }
  int64_t pick(ArrayRef<int64_t> choices) {
    return choices[rng() % choices.size()];
  }
  std::string addConstant(const std::string &type, int64_t numElements);
  std::string addInit(const Image &image);
  Image addPad(const Image &image);
  Image addConvolution(Image image);
  Image addDepthwise(Image image);
  Image addBias(const Image &image);
  Image addMaximum(const Image &image);
  Image addPooling(const Image &image);
  Image addTranspose(const Image &image);
  Image addSum(const Image &image);
  Image addAny(const Image &image);
  std::string addFlatMatmul(const Image &image);

  std::mt19937 rng;
  int numValues = 0;
  Image input;
  std::vector<Image> images;
  std::string body;
};
} // namespace

/// Weights with many zeros.
std::string NetworkWriter::addConstant(const std::string &type,
                                       int64_t numElements) {
  std::string hex;
  llvm::raw_string_ostream os(hex);
  for (int64_t i = 0; i < numElements; ++i) {
    int32_t value = rng() % 3 == 0 ? int32_t(rng() % 15) - 7 : 0;
    for (int byte = 0; byte < 4; ++byte)
      os << llvm::format_hex_no_prefix(uint8_t(value >> (8 * byte)), 2);
  }
  std::string name = formatv("%v{0}", numValues++);
  body +=
      formatv("{0} = arith.constant dense<\"0x{1}\"> : {2}\n", name, hex, type)
          .str();
  return name;
}

std::string NetworkWriter::addInit(const Image &image) {
  std::string name = formatv("%v{0}", numValues++);
  body += formatv("{0}_e = tensor.empty() : {1}\n"
                  "{0} = linalg.fill ins(%zero : i32) outs({0}_e : {1}) -> "
                  "{1}\n",
                  name, image.getType())
              .str();
  return name;
}

Image NetworkWriter::addPad(const Image &image) {
  Image padded = makeImage(image.isNHWC, image.channels, image.extent + 2);
  body += formatv("{0} = tensor.pad {1} low[{2}] high[{2}] {{\n"
                  "^bb0(%a: index, %b: index, %c: index, %d: index):\n"
                  "tensor.yield %zero : i32 } : {3} to {4}\n",
                  padded.value, image.value,
                  image.isNHWC ? "0, 1, 1, 0" : "0, 0, 1, 1", image.getType(),
                  padded.getType())
              .str();
  return padded;
}

Image NetworkWriter::addConvolution(Image image) {
  int64_t window = pick({1, 3}), channels = pick({8, 12, 16, 24});
  if (window == 3)
    image = addPad(image);
  Image result = makeImage(image.isNHWC, channels, image.extent - window + 1);
  std::string type = formatv(image.isNHWC ? "tensor<{0}x{0}x{1}x{2}xi32>"
                                          : "tensor<{2}x{1}x{0}x{0}xi32>",
                             window, image.channels, channels);
  std::string filter =
      addConstant(type, window * window * image.channels * channels);
  std::string init = addInit(result);
  body += formatv("{0} = linalg.{1} ins({2}, {3} : {4}, {5}) outs({6} : {7}) "
                  "-> {7}\n",
                  result.value,
                  image.isNHWC ? "conv_2d_nhwc_hwcf" : "conv_2d_nchw_fchw",
                  image.value, filter, image.getType(), type, init,
                  result.getType())
              .str();
  return result;
}

Image NetworkWriter::addDepthwise(Image image) {
  image = addPad(image);
  Image result = makeImage(image.isNHWC, image.channels, image.extent - 2);
  std::string type =
      formatv(image.isNHWC ? "tensor<3x3x{0}xi32>" : "tensor<{0}x3x3xi32>",
              image.channels);
  std::string filter = addConstant(type, 9 * image.channels);
  std::string init = addInit(result);
  body +=
      formatv("{0} = linalg.depthwise_conv_2d_{1} ins({2}, {3} : {4}, {5}) "
              "outs({6} : {7}) -> {7}\n",
              result.value, image.isNHWC ? "nhwc_hwc" : "nchw_chw", image.value,
              filter, image.getType(), type, init, result.getType())
          .str();
  return result;
}

Image NetworkWriter::addBias(const Image &image) {
  Image result = image;
  std::string type = formatv("tensor<{0}xi32>", image.channels);
  std::string bias = addConstant(type, image.channels);
  std::string init = addInit(image);
  result.value = formatv("%v{0}", numValues++);
  body +=
      formatv("{0} = linalg.generic {{indexing_maps = [#id, #c{1}, #id], "
              "iterator_types = [\"parallel\", \"parallel\", \"parallel\", "
              "\"parallel\"]} ins({2}, {3} : {4}, {5}) outs({6} : {4}) {{\n"
              "^bb0(%a: i32, %b: i32, %c: i32):\n"
              "%d = arith.addi %a, %b : i32 linalg.yield %d : i32 } -> {4}\n",
              result.value, image.isNHWC ? 3 : 1, image.value, bias,
              image.getType(), type, init)
          .str();
  return result;
}

Image NetworkWriter::addMaximum(const Image &image) {
  Image result = image;
  std::string init = addInit(image);
  result.value = formatv("%v{0}", numValues++);
  body += formatv("{0} = arith.maxsi {1}, {2} : {3}\n", result.value,
                  image.value, init, image.getType())
              .str();
  return result;
}

Image NetworkWriter::addPooling(const Image &image) {
  if (image.extent < 4)
    return image;
  Image result = makeImage(image.isNHWC, image.channels, image.extent - 1);
  std::string init = addInit(result);
  body += formatv("{0}_w = tensor.empty() : tensor<2x2xi32>\n"
                  "{0} = linalg.pooling_{1}_max ins({2}, {0}_w : {3}, "
                  "tensor<2x2xi32>) outs({4} : {5}) -> {5}\n",
                  result.value, image.isNHWC ? "nhwc" : "nchw", image.value,
                  image.getType(), init, result.getType())
              .str();
  return result;
}

Image NetworkWriter::addTranspose(const Image &image) {
  Image result = makeImage(!image.isNHWC, image.channels, image.extent);
  std::string init = addInit(result);
  body += formatv("{0} = linalg.transpose ins({1} : {2}) outs({3} : {4}) "
                  "permutation = [{5}]\n",
                  result.value, image.value, image.getType(), init,
                  result.getType(), image.isNHWC ? "0, 3, 1, 2" : "0, 2, 3, 1")
              .str();
  return result;
}

/// Adds an image from before, if one has the form.
Image NetworkWriter::addSum(const Image &image) {
  for (const Image &other : llvm::reverse(images))
    if (other.getType() == image.getType() && other.value != image.value) {
      Image result = image;
      result.value = formatv("%v{0}", numValues++);
      body += formatv("{0} = arith.addi {1}, {2} : {3}\n", result.value,
                      image.value, other.value, image.getType())
                  .str();
      return result;
    }
  return addConvolution(image);
}

Image NetworkWriter::addAny(const Image &image) {
  switch (rng() % 9) {
  case 0:
    return addDepthwise(image);
  case 1:
    return addBias(image);
  case 2:
    return addMaximum(image);
  case 3:
    return addPooling(image);
  case 4:
    return addTranspose(image);
  case 5:
    return addSum(image);
  default:
    return addConvolution(image);
  }
}

std::string NetworkWriter::addFlatMatmul(const Image &image) {
  int64_t size = image.channels * image.extent * image.extent;
  std::string type = formatv("tensor<{0}x4xi32>", size);
  std::string matrix = addConstant(type, size * 4);
  body +=
      formatv("%flat = tensor.collapse_shape {0} [[0], [1, 2, 3]] : {1} into "
              "tensor<1x{2}xi32>\n"
              "%empty = tensor.empty() : tensor<1x4xi32>\n"
              "%init = linalg.fill ins(%zero : i32) outs(%empty : "
              "tensor<1x4xi32>) -> tensor<1x4xi32>\n"
              "%out = linalg.matmul ins(%flat, {3} : tensor<1x{2}xi32>, {4}) "
              "outs(%init : tensor<1x4xi32>) -> tensor<1x4xi32>\n",
              image.value, image.getType(), size, matrix, type)
          .str();
  return "%out";
}

std::string NetworkWriter::write() {
  input = makeImage(rng() % 2, 3, 6);
  Image image = addConvolution(input);
  for (int i = 0; i < 10; ++i) {
    images.push_back(image);
    image = addAny(image);
  }
  std::string result = addFlatMatmul(image);
  return formatv("#id = affine_map<(a, b, c, d) -> (a, b, c, d)>\n"
                 "#c1 = affine_map<(a, b, c, d) -> (b)>\n"
                 "#c3 = affine_map<(a, b, c, d) -> (d)>\n"
                 "func.func @main({0}: {1}) -> tensor<1x4xi32> {{\n"
                 "%zero = arith.constant 0 : i32\n{2}"
                 "return {3} : tensor<1x4xi32>\n}\n",
                 input.value, input.getType(), body, result);
}

namespace {
class PermuteReductionTest : public ModuleTest {
protected:
  /// Puts channels in order; how many constants that changes.
  int64_t putInOrder(ModuleOp module) {
    auto collect = [&] {
      SmallVector<Attribute> values;
      module.walk(
          [&](arith::ConstantOp op) { values.push_back(op.getValue()); });
      return values;
    };
    SmallVector<Attribute> before = collect();
    PassManager manager(&context);
    mlir::tasd::PermuteReductionOptions options;
    options.series = "2:4+1:8";
    manager.addPass(mlir::tasd::createPermuteReduction(options));
    EXPECT_TRUE(succeeded(manager.run(module)));
    int64_t numChanged = 0;
    for (auto [was, is] : llvm::zip_equal(before, collect()))
      numChanged += was != is;
    return numChanged;
  }
};
} // namespace

TEST_F(PermuteReductionTest, GivesTheSameBits) {
  int64_t numChanged = 0;
  for (uint32_t seed = 0; seed < 8; ++seed) {
    NetworkWriter writer(seed);
    std::string text = writer.write();
    Executable original = compileText(text);
    numChanged += putInOrder(*module);
    std::string ordered;
    llvm::raw_string_ostream(ordered) << *module;
    Executable reordered = compileText(ordered);
    std::vector<int32_t> data(3 * 6 * 6);
    std::iota(data.begin(), data.end(), -50);
    bool isNHWC = writer.getInput().isNHWC;
    NDArray array = makeArray<int32_t>(
        DType::SI32, {1, isNHWC ? 6 : 3, 6, isNHWC ? 3 : 6}, data);
    EXPECT_EQ(getElements(run(original, {array})[0]),
              getElements(run(reordered, {array})[0]))
        << "seed " << seed << "\n"
        << text;
  }
  EXPECT_GE(numChanged, 8 * 4);
}
