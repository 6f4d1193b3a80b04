//===- LayerWorkTest.cpp - Layers as the cost model sees them -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

#include "tasd/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {
/// A function of tensors of the given types, the last of which is the result's.
struct Function {
  std::vector<std::string> types;
  std::string op;

  std::string getText() const {
    std::string arguments;
    for (auto [index, type] : llvm::enumerate(types))
      arguments +=
          llvm::formatv("{0}%{1}: {2}", index ? ", " : "", index, type);
    return llvm::formatv("func.func @main({0}) -> {1} {{\n%r = {2}\nreturn %r "
                         ": {1}\n}",
                         arguments, types.back(), op);
  }
};

/// "ins(%0, %1 : A, B) outs(%2 : C) -> C".
std::string getOperands(ArrayRef<std::string> types) {
  return llvm::formatv("ins(%0, %1 : {0}, {1}) outs(%2 : {2}) -> {2}", types[0],
                       types[1], types[2]);
}

/// The named linalg op on three tensors.
Function makeLayer(StringRef op, std::vector<std::string> types,
                   StringRef attributes = "") {
  std::string operands = getOperands(types);
  return {std::move(types),
          llvm::formatv("linalg.{0} {1} {2}", op, attributes, operands)};
}

class LayerWorkTest : public testing::Test {
protected:
  LayerWorkTest() {
    DialectRegistry registry;
    mlir::registerAllDialects(registry);
    mlir::tasd::registerAllDialects(registry);
    context.appendDialectRegistry(registry);
  }

  /// The only layer of a module.
  LayerWork parse(StringRef text, int64_t dynamicExtent = 1) {
    module = parseSourceString<ModuleOp>(text, &context);
    if (!module)
      return {};
    auto layers = collectLayerWorks(*module, dynamicExtent);
    EXPECT_EQ(layers.size(), 1u);
    return layers.front();
  }
  LayerWork parse(const Function &function, int64_t dynamicExtent = 1) {
    return parse(function.getText(), dynamicExtent);
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

/// "P x M,N,K" and the window, input 1 being operand A, or another one.
std::string describe(const LayerWork &layer, unsigned a = 1) {
  EXPECT_EQ(layer.obstacle, "");
  cost::Work work = layer.getWork(a);
  auto [m, n, k] = work.extents;
  std::string text =
      llvm::formatv("{0} x {1},{2},{3}", work.numProducts, m, n, k);
  if (!work.window)
    return text;
  text +=
      llvm::formatv(" {0} of {1} channels", cost::getName(work.window->image),
                    work.window->channels);
  for (const cost::WindowDim &dim : work.window->dims)
    text += llvm::formatv(" {0}>{1} by {2}/{3}/{4}", dim.input, dim.output,
                          dim.kernel, dim.stride, dim.dilation);
  return text;
}
} // namespace

TEST_F(LayerWorkTest, ProductsInEitherOrder) {
  auto layer = parse(makeLayer(
      "matmul", {"tensor<8x16xf32>", "tensor<16x4xf32>", "tensor<8x4xf32>"}));
  EXPECT_EQ(describe(layer), "1 x 4,8,16");
  EXPECT_EQ(describe(layer, 0), "1 x 8,4,16");
}

TEST_F(LayerWorkTest, Vectors) {
  EXPECT_EQ(
      describe(parse(makeLayer(
          "matvec", {"tensor<8x16xf32>", "tensor<16xf32>", "tensor<8xf32>"}))),
      "1 x 1,8,16");
  EXPECT_EQ(describe(parse(makeLayer(
                "dot", {"tensor<16xf32>", "tensor<16xf32>", "tensor<f32>"}))),
            "1 x 1,1,16");
}

TEST_F(LayerWorkTest, BatchesOfBothInputsAreProducts) {
  EXPECT_EQ(describe(parse(makeLayer("batch_matmul", {"tensor<3x8x16xf32>",
                                                      "tensor<3x16x4xf32>",
                                                      "tensor<3x8x4xf32>"}))),
            "3 x 4,8,16");
}

/// Where the weights are the same in every batch, it counts as rows.
TEST_F(LayerWorkTest, BatchesOfOneInputCountAsRows) {
  std::vector<std::string> types = {"tensor<3x8x16xf32>", "tensor<16x4xf32>",
                                    "tensor<3x8x4xf32>"};
  std::string operands = getOperands(types);
  Function shared{
      types,
      "linalg.batch_matmul indexing_maps = [affine_map<(b, m, n, k) -> (b, m, "
      "k)>, affine_map<(b, m, n, k) -> (k, n)>, affine_map<(b, m, n, k) -> (b, "
      "m, n)>] " +
          operands};
  EXPECT_EQ(describe(parse(shared)), "1 x 4,24,16");
}

TEST_F(LayerWorkTest, ConvolutionsInAnyLayout) {
  StringRef strides = "{strides = dense<[2, 1]> : tensor<2xi64>, dilations = "
                      "dense<[1, 3]> : tensor<2xi64>}";
  StringRef text = "1 x 8,70,45 b of 5 channels 11>5 by 3/2/1 13>7 by 3/1/3";
  EXPECT_EQ(
      describe(parse(makeLayer("conv_2d_nhwc_hwcf",
                               {"tensor<2x11x13x5xf32>", "tensor<3x3x5x8xf32>",
                                "tensor<2x5x7x8xf32>"},
                               strides))),
      text);
  EXPECT_EQ(
      describe(parse(makeLayer("conv_2d_nchw_fchw",
                               {"tensor<2x5x11x13xf32>", "tensor<8x5x3x3xf32>",
                                "tensor<2x8x5x7xf32>"},
                               strides))),
      text);
}

TEST_F(LayerWorkTest, TheImageMayBeOperandA) {
  auto layer = parse(makeLayer(
      "conv_2d_nhwc_hwcf",
      {"tensor<2x10x10x5xf32>", "tensor<3x3x5x8xf32>", "tensor<2x8x8x8xf32>"}));
  EXPECT_EQ(describe(layer, 0),
            "1 x 128,8,45 a of 5 channels 10>8 by 3/1/1 10>8 by 3/1/1");
}

TEST_F(LayerWorkTest, ConvolutionsInOneAndThreeDimensions) {
  EXPECT_EQ(describe(parse(makeLayer("conv_1d_nwc_wcf",
                                     {"tensor<2x10x5xf32>", "tensor<3x5x8xf32>",
                                      "tensor<2x8x8xf32>"}))),
            "1 x 8,16,15 b of 5 channels 10>8 by 3/1/1");
  EXPECT_EQ(
      describe(
          parse(makeLayer("conv_3d_ndhwc_dhwcf",
                          {"tensor<1x6x7x8x5xf32>", "tensor<3x3x3x5x9xf32>",
                           "tensor<1x4x5x6x9xf32>"}))),
      "1 x 9,120,135 b of 5 channels 6>4 by 3/1/1 7>5 by 3/1/1 8>6 by 3/1/1");
}

TEST_F(LayerWorkTest, GroupsAreProducts) {
  EXPECT_EQ(describe(parse(
                makeLayer("conv_2d_ngchw_gfchw",
                          {"tensor<1x4x5x10x10xf32>", "tensor<4x6x5x3x3xf32>",
                           "tensor<1x4x6x8x8xf32>"}))),
            "4 x 6,64,45 b of 5 channels 10>8 by 3/1/1 10>8 by 3/1/1");
}

TEST_F(LayerWorkTest, ChannelsOfDepthwiseConvolutionsAreProducts) {
  EXPECT_EQ(
      describe(parse(makeLayer("depthwise_conv_2d_nhwc_hwc",
                               {"tensor<2x10x10x16xf32>", "tensor<3x3x16xf32>",
                                "tensor<2x8x8x16xf32>"}))),
      "16 x 1,128,9 b of 1 channels 10>8 by 3/1/1 10>8 by 3/1/1");
  EXPECT_EQ(describe(parse(
                makeLayer("depthwise_conv_2d_nhwc_hwcm",
                          {"tensor<1x10x10x16xf32>", "tensor<3x3x16x2xf32>",
                           "tensor<1x8x8x16x2xf32>"}))),
            "16 x 2,64,9 b of 1 channels 10>8 by 3/1/1 10>8 by 3/1/1");
}

TEST_F(LayerWorkTest, DynamicExtentsCountAsAsked) {
  Function dynamic = makeLayer(
      "matmul", {"tensor<?x16xf32>", "tensor<16x4xf32>", "tensor<?x4xf32>"});
  EXPECT_EQ(describe(parse(dynamic)), "1 x 4,1,16");
  EXPECT_EQ(describe(parse(dynamic, 32)), "1 x 4,32,16");
  EXPECT_EQ(parse(dynamic, 32).getNumMACs(), 4 * 32 * 16);
}

TEST_F(LayerWorkTest, TypesAreThoseOfTheTensors) {
  auto layer = parse(makeLayer(
      "matmul", {"tensor<8x16xi8>", "tensor<16x4xi8>", "tensor<8x4xi32>"}));
  cost::Work work = layer.getWork(1);
  EXPECT_EQ(work.a.type, "i8");
  EXPECT_EQ(work.resultType, "i32");
}

TEST_F(LayerWorkTest, BlocksOfSeriesAreWhole) {
  StringRef plan = "{tasd.plan = #tasd.plan<dense, 2:4 along [0, 1, 2] at "
                   "run_time>}";
  std::vector<std::string> types = {
      "tensor<1x10x10x3xf32>", "tensor<3x3x3x8xf32>", "tensor<1x8x8x8xf32>"};
  auto weights = parse(makeLayer("conv_2d_nhwc_hwcf", types, plan));
  EXPECT_EQ(describe(weights),
            "1 x 8,64,28 b of 3 channels 10>8 by 3/1/1 10>8 by 3/1/1");
  EXPECT_EQ(weights.getWork(1).a.series.getText(), "2:4");
  EXPECT_TRUE(weights.getWork(1).a.decomposedAtRunTime);
  EXPECT_EQ(describe(weights.getDense()),
            "1 x 8,64,27 b of 3 channels 10>8 by 3/1/1 10>8 by 3/1/1");
  EXPECT_EQ(weights.getDense().getWork(1).a.series.size(), 0u);
  // Of activations the channels alone are blocked: each tap has whole blocks.
  plan = "{tasd.plan = #tasd.plan<2:4 along [3] at run_time, dense>}";
  auto activations = parse(makeLayer("conv_2d_nhwc_hwcf", types, plan));
  EXPECT_EQ(activations.getOperandA(), 0u);
  EXPECT_EQ(describe(activations, 0),
            "1 x 64,8,36 a of 4 channels 10>8 by 3/1/1 10>8 by 3/1/1");
}

TEST_F(LayerWorkTest, ContractionsOfSeries) {
  StringRef text = R"mlir(
    #a = affine_map<(m, n, k) -> (m, k)>
    #b = affine_map<(m, n, k) -> (k, n)>
    #c = affine_map<(m, n, k) -> (m, n)>
    func.func @main(%v: tensor<8x8xf32>, %b: tensor<16x4xf32>,
                    %c: tensor<8x4xf32>) -> tensor<8x4xf32> {{
      {0}
      %s = tasd.assemble %w, %m : !tasd.series<8x16xf32, 2:4, along = [1]>
      %r = tasd.contract [#a, #b, #c]
          ins(%s, %b : !tasd.series<8x16xf32, 2:4, along = [1]>, tensor<16x4xf32>)
          outs(%c : tensor<8x4xf32>)
      return %r : tensor<8x4xf32>
    })mlir";
  auto packed =
      parse(llvm::formatv(text.data(),
                          "%w = arith.constant dense<1.0> : tensor<8x8xf32>\n"
                          "%m = arith.constant dense<1> : tensor<8x2xi8>")
                .str());
  EXPECT_EQ(packed.name, "main/contract#0");
  EXPECT_EQ(packed.getOperandA(), 0u);
  EXPECT_EQ(describe(packed, 0), "1 x 8,4,16");
  EXPECT_EQ(packed.getWork(0).a.series.getText(), "2:4");
  EXPECT_FALSE(packed.getWork(0).a.decomposedAtRunTime);
  auto loaded =
      parse(llvm::formatv(text.data(),
                          "%w = arith.addf %v, %v : tensor<8x8xf32>\n"
                          "%m = arith.constant dense<1> : tensor<8x2xi8>")
                .str());
  EXPECT_TRUE(loaded.getWork(0).a.decomposedAtRunTime);
}

/// A tap that moves along both dimensions is no window: each product has an
/// element of its own.
TEST_F(LayerWorkTest, OtherIndicesCountEachElement) {
  std::vector<std::string> types = {"tensor<10x10xf32>", "tensor<3x8xf32>",
                                    "tensor<8x8x8xf32>"};
  std::string operands = StringRef(getOperands(types)).split(" ->").first.str();
  Function diagonal{types, llvm::formatv(R"mlir(linalg.generic {{
      indexing_maps = [affine_map<(h, w, f, i) -> (h + i, w + i)>,
                       affine_map<(h, w, f, i) -> (i, f)>,
                       affine_map<(h, w, f, i) -> (h, w, f)>],
      iterator_types = ["parallel", "parallel", "parallel", "reduction"]} {0} {{
    ^bb0(%a: f32, %b: f32, %c: f32):
      %p = arith.mulf %a, %b : f32
      %s = arith.addf %c, %p : f32
      linalg.yield %s : f32
    } -> tensor<8x8x8xf32>)mlir",
                                         operands)};
  EXPECT_EQ(describe(parse(diagonal)), "1 x 8,64,3");
}

TEST_F(LayerWorkTest, NothingToCompute) {
  LayerWork layer = parse(makeLayer(
      "matmul", {"tensor<8x0xf32>", "tensor<0x4xf32>", "tensor<8x4xf32>"}));
  EXPECT_EQ(layer.obstacle, "a dimension is empty");
}
