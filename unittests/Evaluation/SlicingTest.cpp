//===- SlicingTest.cpp - Runs over more rows than a call takes ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestModules.h"

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {
class SlicingTest : public ModuleTest {};
} // namespace

TEST_F(SlicingTest, RunsStaticBatchesOneByOne) {
  Executable executable = compileText(kMatmul);
  NDArray rows = makeF32({4, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 1});
  NDArray weights = makeF32({3, 2}, {1, 0, 0, 1, 1, 1});
  NDArray result = run(executable, {rows, weights})[0];
  EXPECT_EQ(result.shape, (SmallVector<int64_t, 4>{4, 2}));
  EXPECT_EQ(getElements(result), (Elements{4, 5, 10, 11, 16, 17, 1, 1}));
}

TEST_F(SlicingTest, RunsDynamicBatchesAtOnceOrInSlices) {
  Executable executable = compileText(getDoubling("?xf32", "arith.addf"));
  NDArray rows = makeF32({5}, {1, 2, 3, 4, 5});
  for (int64_t batch : {0, 1, 2, 5, 7})
    EXPECT_EQ(getElements(run(executable, rows, batch)[0]),
              (Elements{2, 4, 6, 8, 10}));
}

TEST_F(SlicingTest, RefusesBatchesOfDifferentNumbers) {
  Executable executable = compileText(R"(
    func.func @main(%x: tensor<1xf32>, %y: tensor<2xf32>)
        -> (tensor<1xf32>, tensor<2xf32>) {
      return %x, %y : tensor<1xf32>, tensor<2xf32>
    })");
  EXPECT_EQ(getMessage(executable, {makeF32({2}, {1, 2}),
                                    makeF32({6}, {1, 2, 3, 4, 5, 6})}),
            "argument 1: expected rows for 2 batches, as the arguments before "
            "it, but got 6 rows, 3 batches of 2");
}

TEST_F(SlicingTest, RefusesBatchesWhoseResultsDoNotJoin) {
  Executable executable = compileText(R"(
    func.func @main(%x: tensor<2xf32>) -> tensor<f32> {
      %i = arith.constant 0 : index
      %e = tensor.extract %x[%i] : tensor<2xf32>
      %y = tensor.from_elements %e : tensor<f32>
      return %y : tensor<f32>
    })");
  EXPECT_EQ(getMessage(executable, makeF32({4}, {1, 2, 3, 4})),
            "result 0: expected rows to join those of 2 batches but got "
            "'tensor<f32>'");
}
