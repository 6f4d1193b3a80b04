//===- OutputErrorsTest.cpp - What series change of a layer's output ------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"

#include "tasd/InitAll.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {
class OutputErrorsTest : public testing::Test {
protected:
  OutputErrorsTest() {
    DialectRegistry registry;
    mlir::registerAllDialects(registry);
    mlir::tasd::registerAllDialects(registry);
    context.appendDialectRegistry(registry);
  }

  /// The share that a series drops of the second input of the only layer.
  std::optional<double> measure(StringRef text, StringRef series) {
    module = parseSourceString<ModuleOp>(text, &context);
    if (!module)
      return -1;
    Layer layer = collectLayers(*module).front().layer;
    auto parsed =
        sparsity::PatternRegistry::createWithBuiltins().parseSeries(series);
    auto errors = measureOutputErrors(layer, 1, layer.getBlockedDims(1, true),
                                      {llvm::cantFail(std::move(parsed))});
    EXPECT_TRUE(succeeded(errors));
    if (!*errors)
      return std::nullopt;
    return (**errors)[0];
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

static std::string getMatmul(StringRef profile) {
  return llvm::formatv(R"mlir(
    func.func @main(%a: tensor<2x4xf32>, %c: tensor<2x1xf32>) {{
      %w = arith.constant dense<[[1.0], [2.0], [3.0], [4.0]]> : tensor<4x1xf32>
      %r = linalg.matmul {0} ins(%a, %w : tensor<2x4xf32>, tensor<4x1xf32>)
          outs(%c : tensor<2x1xf32>) -> tensor<2x1xf32>
      return
    })mlir",
                       profile);
}

TEST_F(OutputErrorsTest, ColumnsCountByWhatTheyMeet) {
  // 4 and 3 are kept.
  EXPECT_DOUBLE_EQ(
      *measure(getMatmul("{tasd.profile = #tasd.profile<<along [1], elements = "
                         "8, non_zeros = 8, magnitude = 8.0, squared_norm = "
                         "8.0, pseudo_density = 1.0 at 0.99, second_moments = "
                         "[4.0, 1.0, 0.5, 0.0]>, none>}"),
               "2:4"),
      (4 * 1 + 1 * 4) / (4 * 1 + 1 * 4 + 0.5 * 9));
}

TEST_F(OutputErrorsTest, NothingIsKnownWithoutSecondMoments) {
  EXPECT_EQ(measure(getMatmul(""), "2:4"), std::nullopt);
  EXPECT_EQ(measure(getMatmul("{tasd.profile = #tasd.profile<<along [1], "
                              "elements = 8, non_zeros = 8, magnitude = 8.0, "
                              "squared_norm = 8.0, pseudo_density = 1.0 at "
                              "0.99>, none>}"),
                    "2:4"),
            std::nullopt);
}

/// In every layout: all taps of a window meet the same channels.
TEST_F(OutputErrorsTest, WindowsRepeatTheirChannels) {
  StringRef profile =
      "tasd.profile = #tasd.profile<<along [{0}], elements = 8, "
      "non_zeros = 8, magnitude = 8.0, squared_norm = 8.0, "
      "pseudo_density = 1.0 at 0.99, second_moments = [1.0, "
      "0.0]>, none>";
  // Taps (1, 5), (2, 6) of channels 0 and 1; 1:2 drops channel 0, 1:4 also 5.
  std::string nwc = llvm::formatv(
      R"mlir(func.func @main(%a: tensor<1x4x2xf32>, %c: tensor<1x3x1xf32>) {{
        %w = arith.constant dense<[[[1.0], [5.0]], [[2.0], [6.0]]]>
            : tensor<2x2x1xf32>
        %r = linalg.conv_1d_nwc_wcf {{{0}}
            ins(%a, %w : tensor<1x4x2xf32>, tensor<2x2x1xf32>)
            outs(%c : tensor<1x3x1xf32>) -> tensor<1x3x1xf32>
        return
      })mlir",
      llvm::formatv(profile.data(), 2).str());
  std::string ncw = llvm::formatv(
      R"mlir(func.func @main(%a: tensor<1x2x4xf32>, %c: tensor<1x1x3xf32>) {{
        %w = arith.constant dense<[[[1.0, 2.0], [5.0, 6.0]]]>
            : tensor<1x2x2xf32>
        %r = linalg.conv_1d_ncw_fcw {{{0}}
            ins(%a, %w : tensor<1x2x4xf32>, tensor<1x2x2xf32>)
            outs(%c : tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
        return
      })mlir",
      llvm::formatv(profile.data(), 1).str());
  for (const std::string &text : {nwc, ncw}) {
    EXPECT_EQ(measure(text, "1:2"), 1);
    EXPECT_EQ(measure(text, "3:4"), 1 / 5.0);
  }
}

/// Moments are found by the loops of the columns, in whatever order operands
/// have them.
TEST_F(OutputErrorsTest, SeveralDimensionsAreSummedOver) {
  StringRef text = R"mlir(
    func.func @main(%a: tensor<2x2x4xf32>, %c: tensor<4x1xf32>) {
      %w = arith.constant dense<[[[1.0], [2.0]], [[3.0], [4.0]]]>
          : tensor<2x2x1xf32>
      %r = linalg.generic {
          indexing_maps = [affine_map<(m, n, k, l) -> (l, k, m)>,
                           affine_map<(m, n, k, l) -> (l, k, n)>,
                           affine_map<(m, n, k, l) -> (m, n)>],
          iterator_types = ["parallel", "parallel", "reduction", "reduction"],
          tasd.profile = #tasd.profile<<along [0, 1], elements = 16,
              non_zeros = 16, magnitude = 16.0, squared_norm = 16.0,
              pseudo_density = 1.0 at 0.99,
              second_moments = [1.0, 0.5, 0.25, 0.125]>, none>}
          ins(%a, %w : tensor<2x2x4xf32>, tensor<2x2x1xf32>)
          outs(%c : tensor<4x1xf32>) {
      ^bb0(%x: f32, %y: f32, %z: f32):
        %p = arith.mulf %x, %y : f32
        %s = arith.addf %z, %p : f32
        linalg.yield %s : f32
      } -> tensor<4x1xf32>
      return
    })mlir";
  EXPECT_DOUBLE_EQ(*measure(text, "2:4"),
                   (1 * 1 + 4 * 0.5) /
                       (1 * 1 + 4 * 0.5 + 9 * 0.25 + 16 * 0.125));
}
