//===- LaunchTest.cpp - Compiled host code runs programs ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestModules.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Runtime/Launch.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "gmock/gmock.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

namespace {
class LaunchTest : public ModuleTest {
protected:
  LaunchTest()
      : machine(llvm::cantFail(machine::loadMachine("ttc-vegeta-m8"))),
        launches(machine) {
    runtime::setLaunchContext(&launches);
  }
  ~LaunchTest() override { runtime::setLaunchContext(nullptr); }

  machine::Machine machine;
  runtime::LaunchContext launches;
};

/// Packs a at run time, and adds 1 to what the program computes of it, twice:
/// the same launch with another b.
constexpr StringLiteral kModule = R"(
ttc.program @layer for "ttc-vegeta-m8" hash {0} sums si32 {{
  %a = ttc.argument "a" : !ttc.packed<1x8x16xsi8, 4:8>
  %b = ttc.argument "b" axes <batch [], rows [4 on 1], columns [16 on 0]>
      : !ttc.tensor<16x4xsi8>
  %z = ttc.argument "z" axes <batch [], rows [8 on 0], columns [4 on 1]>
      : !ttc.tensor<8x4xsi32>
  %smem_a = ttc.ring "smem_a" at 1 slots 2 : !ttc.ring<a, 8x16>
  %smem_b = ttc.ring "smem_b" at 1 slots 2 : !ttc.ring<b, 4x16>
  %rf_z = ttc.ring "rf_z" at 2 slots 2 : !ttc.ring<z, 8x4>
  ttc.load %smem_a from %a[0, 0, 0]
      : !ttc.ring<a, 8x16>, !ttc.packed<1x8x16xsi8, 4:8>
  ttc.load %smem_b from %b[0, 0, 0] : !ttc.ring<b, 4x16>, !ttc.tensor<16x4xsi8>
  %tile_a = ttc.acquire %smem_a : !ttc.ring<a, 8x16>
  %tile_b = ttc.acquire %smem_b : !ttc.ring<b, 4x16>
  %acc = ttc.begin %rf_z : !ttc.ring<z, 8x4>
  ttc.mma term 0 as <4:8> of %tile_a[0, 0] with %tile_b[0, 0] into %acc[0, 0]
      covers [8, 4, 16] nest <m 8 at 2 spatial_y, k 16 at 2 spatial_x, n 4 at 3>
      : !ttc.tile<a, 8x16>, !ttc.tile<b, 4x16>, !ttc.accumulators<8x4>
  ttc.end %acc : !ttc.accumulators<8x4>
  ttc.release %tile_b : !ttc.tile<b, 4x16>
  ttc.release %tile_a : !ttc.tile<a, 8x16>
  ttc.store %rf_z to %z[0, 0, 0] : !ttc.ring<z, 8x4>, !ttc.tensor<8x4xsi32>
}

func.func @main(%a: tensor<8x16xi8>, %b: tensor<16x4xi8>, %c: tensor<16x4xi8>)
    -> (tensor<8x4xi32>, tensor<8x4xi32>) {{
  %v = tensor.empty() : tensor<8x8xi8>
  %m = tensor.empty() : tensor<8x3xi8>
  %p:2 = tasd.pack <4:8> along [1] ins(%a : tensor<8x16xi8>)
      outs(%v, %m : tensor<8x8xi8>, tensor<8x3xi8>)
      -> tensor<8x8xi8>, tensor<8x3xi8>
  %z = tensor.empty() : tensor<8x4xi32>
  %x = ttc.launch @layer
      ins(%p#0, %p#1, %b : tensor<8x8xi8>, tensor<8x3xi8>, tensor<16x4xi8>)
      outs(%z : tensor<8x4xi32>) -> tensor<8x4xi32>
  %y = ttc.launch @layer for "again"
      ins(%p#0, %p#1, %c : tensor<8x8xi8>, tensor<8x3xi8>, tensor<16x4xi8>)
      outs(%z : tensor<8x4xi32>) -> tensor<8x4xi32>
  %one = arith.constant dense<1> : tensor<8x4xi32>
  %r = arith.addi %x, %one : tensor<8x4xi32>
  %s = arith.addi %y, %one : tensor<8x4xi32>
  return %r, %s : tensor<8x4xi32>, tensor<8x4xi32>
})";

/// a * b + 1.
std::vector<double> multiply(ArrayRef<int8_t> a, ArrayRef<int8_t> b) {
  std::vector<double> result(8 * 4, 1);
  for (int64_t m = 0; m < 8; ++m)
    for (int64_t n = 0; n < 4; ++n)
      for (int64_t k = 0; k < 16; ++k)
        result[m * 4 + n] += a[m * 16 + k] * b[k * 4 + n];
  return result;
}

/// Numbers that differ; of each four, the last `numZeros` are 0.
std::vector<int8_t> makeNumbers(int64_t count, int64_t factor,
                                int64_t numZeros) {
  std::vector<int8_t> numbers(count);
  for (int64_t i = 0; i < count; ++i)
    if (i % 4 < 4 - numZeros)
      numbers[i] = static_cast<int8_t>(i * factor);
  return numbers;
}
} // namespace

TEST_F(LaunchTest, RunsOnTheSimulator) {
  std::string hash = std::to_string(simulator::getMachineHash(machine));
  Executable executable =
      compileText(llvm::formatv(kModule.data(), hash).str());
  std::vector<int8_t> a = makeNumbers(8 * 16, 37, 2);
  std::vector<int8_t> b = makeNumbers(16 * 4, 11, 0);
  std::vector<int8_t> c = makeNumbers(16 * 4, 29, 0);
  SmallVector<NDArray> results =
      run(executable,
          {makeArray(DType::SI8, {8, 16}, a), makeArray(DType::SI8, {16, 4}, b),
           makeArray(DType::SI8, {16, 4}, c)});
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(getElements(results[0]), multiply(a, b));
  EXPECT_EQ(getElements(results[1]), multiply(a, c));

  llvm::Expected<std::vector<runtime::Launch>> done = launches.take();
  ASSERT_TRUE(bool(done)) << llvm::toString(done.takeError());
  ASSERT_EQ(done->size(), 2u);
  EXPECT_EQ(done->front().layer, "layer");
  EXPECT_EQ(done->back().layer, "again");
  EXPECT_EQ(done->front().result.cycles, done->back().result.cycles);
}

TEST_F(LaunchTest, TellsWhatCannotRun) {
  Executable executable = compileText(llvm::formatv(kModule.data(), 1).str());
  NDArray a = NDArray::allocate(DType::SI8, {8, 16});
  NDArray b = NDArray::allocate(DType::SI8, {16, 4});
  run(executable, {a, b, b});
  llvm::Expected<std::vector<runtime::Launch>> done = launches.take();
  ASSERT_FALSE(bool(done));
  EXPECT_THAT(llvm::toString(done.takeError()),
              testing::StartsWith("layer 'layer': "));
}
