//===- ExecutableTest.cpp - Run compiled functions ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestModules.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <numeric>

using namespace mlir;
using namespace ::tasd::evaluation;

namespace {
class ExecutableTest : public ModuleTest {};
} // namespace

TEST_F(ExecutableTest, MultipliesMatrices) {
  for (const Backend *backend : {&getReferenceBackend(), &getCPUBackend()}) {
    Executable executable = compileText(kMatmul, *backend);
    SmallVector<NDArray> results =
        run(executable, {makeF32({2, 3}, {1, 2, 3, 4, 5, 6}),
                         makeF32({3, 2}, {1, 0, 0, 1, 1, 1})});
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].dtype, DType::F32);
    EXPECT_EQ(results[0].shape, (SmallVector<int64_t, 4>{2, 2}));
    EXPECT_EQ(getElements(results[0]), (Elements{4, 5, 10, 11}));
  }
}

TEST_F(ExecutableTest, TakesEveryElementType) {
  struct Case {
    StringRef type, addition;
    NDArray input;
    DType result;
  };
  // Each input is the number 1.
  const Case cases[] = {
      {"1xf64", "arith.addf", makeArray<double>(DType::F64, {1}, {1}),
       DType::F64},
      {"1xf32", "arith.addf", makeF32({1}, {1}), DType::F32},
      {"1xf16", "arith.addf", makeArray<uint16_t>(DType::F16, {1}, {0x3c00}),
       DType::F16},
      {"1xbf16", "arith.addf", makeArray<uint16_t>(DType::BF16, {1}, {0x3f80}),
       DType::BF16},
      {"1xbf16", "arith.addf", makeArray<uint16_t>(DType::UI16, {1}, {0x3f80}),
       DType::BF16},
      {"1xi64", "arith.addi", makeArray<int64_t>(DType::SI64, {1}, {1}),
       DType::SI64},
      {"1xindex", "arith.addi", makeArray<int64_t>(DType::UI64, {1}, {1}),
       DType::SI64},
      {"1xi32", "arith.addi", makeArray<int32_t>(DType::SI32, {1}, {1}),
       DType::SI32},
      {"1xi16", "arith.addi", makeArray<int16_t>(DType::UI16, {1}, {1}),
       DType::SI16},
      {"1xi8", "arith.addi", makeArray<int8_t>(DType::SI8, {1}, {1}),
       DType::SI8},
  };
  for (const Case &test : cases) {
    Executable executable = compileText(getDoubling(test.type, test.addition));
    SmallVector<NDArray> results = run(executable, test.input);
    EXPECT_EQ(results[0].dtype, test.result) << test.type.str();
    EXPECT_EQ(getElements(results[0]), Elements{2}) << test.type.str();
  }
}

TEST_F(ExecutableTest, PassesF8AndBool) {
  Executable executable = compileText(R"(
    func.func @main(%x: tensor<2xf8E4M3FN>, %y: tensor<2xi1>)
        -> (tensor<2xf8E4M3FN>, tensor<2xi1>) {
      return %x, %y : tensor<2xf8E4M3FN>, tensor<2xi1>
    })");
  SmallVector<NDArray> results =
      run(executable, {makeArray<uint8_t>(DType::F8E4M3FN, {2}, {0x38, 0xb8}),
                       makeArray<uint8_t>(DType::Bool, {2}, {0, 1})});
  EXPECT_EQ(getElements(results[0]), (Elements{1, -1}));
  EXPECT_EQ(getElements(results[1]), (Elements{0, 1}));
}

/// A function that applies a cast to a vector of any length.
static std::string getCast(StringRef from, StringRef cast, StringRef to) {
  return formatv(R"(
    #map = affine_map<(d0) -> (d0)>
    func.func @main(%x: tensor<?x{0}>) -> tensor<?x{2}> {{
      %c0 = arith.constant 0 : index
      %n = tensor.dim %x, %c0 : tensor<?x{0}>
      %e = tensor.empty(%n) : tensor<?x{2}>
      %r = linalg.generic {{indexing_maps = [#map, #map],
          iterator_types = ["parallel"]}
          ins(%x : tensor<?x{0}>) outs(%e : tensor<?x{2}>) {{
        ^bb0(%a: {0}, %b: {2}):
          %c = {1} %a : {0} to {2}
          linalg.yield %c : {2}
      } -> tensor<?x{2}>
      return %r : tensor<?x{2}>
    })",
                 from, cast, to);
}

static APFloat getF8(uint8_t bits) {
  return APFloat(APFloat::Float8E4M3FN(), APInt(8, bits));
}

TEST_F(ExecutableTest, WidensF8) {
  Executable executable = compileText(getCast("f8E4M3FN", "arith.extf", "f32"));
  std::vector<uint8_t> all(256);
  std::iota(all.begin(), all.end(), 0);
  NDArray result =
      run(executable, makeArray<uint8_t>(DType::F8E4M3FN, {256}, all))[0];
  for (uint8_t bits : all) {
    double expected = getF8(bits).convertToDouble();
    double actual = result.getElement(bits);
    EXPECT_TRUE(std::isnan(expected) ? std::isnan(actual) : actual == expected)
        << int(bits);
    EXPECT_EQ(std::signbit(actual), std::signbit(expected)) << int(bits);
  }
}

/// All numbers of f8, what is half-way between two, what is next to that, and
/// what is too large, of both signs.
static std::vector<float> getNumbersAroundF8() {
  std::vector<float> numbers = {480, 1e30f, INFINITY, NAN, 1e-30f};
  for (uint8_t bits = 0; bits < 0x7e; ++bits) {
    float low = getF8(bits).convertToFloat();
    float half = (low + getF8(bits + 1).convertToFloat()) / 2;
    llvm::append_range(numbers, std::initializer_list<float>{
                                    low, half, std::nextafter(half, 0.0f),
                                    std::nextafter(half, INFINITY)});
  }
  for (float number : {448.0f, 464.0f, std::nextafter(464.0f, INFINITY)})
    numbers.push_back(number);
  for (size_t i = 0, e = numbers.size(); i != e; ++i)
    numbers.push_back(-numbers[i]);
  return numbers;
}

TEST_F(ExecutableTest, NarrowsToF8) {
  Executable executable =
      compileText(getCast("f32", "arith.truncf", "f8E4M3FN"));
  std::vector<float> numbers = getNumbersAroundF8();
  int64_t count = numbers.size();
  NDArray result = run(executable, makeF32({count}, numbers))[0];
  for (auto [i, number] : llvm::enumerate(numbers)) {
    APFloat expected(number);
    bool lost;
    expected.convert(APFloat::Float8E4M3FN(), APFloat::rmNearestTiesToEven,
                     &lost);
    EXPECT_EQ(uint8_t(result.bytes[i]),
              uint8_t(expected.bitcastToAPInt().getZExtValue()))
        << number;
  }
}

TEST_F(ExecutableTest, TakesAnyRankAndDynamicExtents) {
  Executable scalar = compileText(getDoubling("f32", "arith.addf"));
  NDArray one = makeF32({}, {1});
  EXPECT_EQ(getElements(run(scalar, one)[0]), Elements{2});
  Executable dynamic = compileText(getDoubling("?x2x?xf32", "arith.addf"));
  NDArray result = run(dynamic, makeF32({1, 2, 3}, {1, 2, 3, 4, 5, 6}))[0];
  EXPECT_EQ(result.shape, (SmallVector<int64_t, 4>{1, 2, 3}));
  EXPECT_EQ(getElements(result), (Elements{2, 4, 6, 8, 10, 12}));
  NDArray empty = run(dynamic, makeF32({0, 2, 3}, {}))[0];
  EXPECT_EQ(empty.shape, (SmallVector<int64_t, 4>{0, 2, 3}));
}

TEST_F(ExecutableTest, TakesNoArgumentsAndGivesNoResults) {
  Executable constant = compileText(R"(
    func.func @main() -> tensor<2xi32> {
      %c = arith.constant dense<[7, 8]> : tensor<2xi32>
      return %c : tensor<2xi32>
    })");
  // The constant's memory is not given away.
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(getElements(run(constant, {})[0]), (Elements{7, 8}));
  Executable nothing =
      compileText("func.func @main(%x: tensor<1xf32>) { return }");
  NDArray one = makeF32({1}, {1});
  EXPECT_TRUE(run(nothing, one).empty());
}

TEST_F(ExecutableTest, OwnsResultsThatAreOneValueOrAnArgument) {
  Executable executable = compileText(R"(
    func.func @main(%x: tensor<2xf32>)
        -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
      %y = linalg.map { arith.addf } ins(%x, %x : tensor<2xf32>, tensor<2xf32>) outs(%x : tensor<2xf32>)
      return %y, %x, %y : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
    })");
  SmallVector<NDArray> results = run(executable, makeF32({2}, {1, 2}));
  EXPECT_EQ(getElements(results[0]), (Elements{2, 4}));
  EXPECT_EQ(getElements(results[1]), (Elements{1, 2}));
  EXPECT_EQ(getElements(results[2]), (Elements{2, 4}));
}

TEST_F(ExecutableTest, LeavesArgumentsAsTheyAre) {
  Executable executable = compileText(R"(
    func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
      %c = arith.constant 5.0 : f32
      %y = linalg.fill ins(%c : f32) outs(%x : tensor<2xf32>) -> tensor<2xf32>
      return %y : tensor<2xf32>
    })");
  NDArray input = makeF32({2}, {1, 2});
  EXPECT_EQ(getElements(run(executable, input)[0]), (Elements{5, 5}));
  EXPECT_EQ(getElements(input), (Elements{1, 2}));
}

/// A module that decomposes its 1x4 argument by 2:4 through the runtime.
static std::string getPackModule() {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << R"(
    func.func private @tasd_runtime_pack(!llvm.ptr, !llvm.ptr, i64)
    memref.global "private" constant @series : memref<3xi8> = dense<[50, 58, 52]>
    func.func @main(%x: tensor<1x4xf32>) -> (tensor<1x2xf32>, tensor<1x1xi8>) {
      %buffer = bufferization.to_buffer %x read_only
          : tensor<1x4xf32> to memref<1x4xf32>
      %values = memref.alloc() : memref<1x2xf32>
      %metadata = memref.alloc() : memref<1x1xi8>
      %series = memref.get_global @series : memref<3xi8>
      %record = memref.alloca() : memref<16xi64>
      %three = arith.constant 3 : i64
)";
  for (StringRef name : {"buffer", "values", "metadata", "series", "record"}) {
    StringRef type = name == "buffer"     ? "1x4xf32"
                     : name == "values"   ? "1x2xf32"
                     : name == "metadata" ? "1x1xi8"
                     : name == "series"   ? "3xi8"
                                          : "16xi64";
    os << llvm::formatv(
        "%{0}_i = memref.extract_aligned_pointer_as_index %{0} : memref<{1}> "
        "-> index\n%{0}_a = arith.index_cast %{0}_i : index to i64\n",
        name, type);
  }
  // Version, f32, rank, number of blocked dimensions and they, data, sizes,
  // strides, terms, components, and address and size of each.
  const char *words[] = {"1",         "1", "2",           "1", "1", "%buffer_a",
                         "1",         "4", "4",           "1", "1", "2",
                         "%values_a", "8", "%metadata_a", "1"};
  for (auto [i, word] : llvm::enumerate(words)) {
    std::string value = word;
    if (word[0] != '%') {
      value = "%w" + std::to_string(i);
      os << value << " = arith.constant " << word << " : i64\n";
    }
    os << llvm::formatv("%at{0} = arith.constant {0} : index\n"
                        "memref.store {1}, %record[%at{0}] : memref<16xi64>\n",
                        i, value);
  }
  os << R"(
      %record_p = llvm.inttoptr %record_a : i64 to !llvm.ptr
      %series_p = llvm.inttoptr %series_a : i64 to !llvm.ptr
      call @tasd_runtime_pack(%record_p, %series_p, %three)
          : (!llvm.ptr, !llvm.ptr, i64) -> ()
      %v = bufferization.to_tensor %values restrict
          : memref<1x2xf32> to tensor<1x2xf32>
      %m = bufferization.to_tensor %metadata restrict
          : memref<1x1xi8> to tensor<1x1xi8>
      return %v, %m : tensor<1x2xf32>, tensor<1x1xi8>
    })";
  return text;
}

TEST_F(ExecutableTest, CallsTheRuntime) {
  Executable executable = compileText(getPackModule());
  SmallVector<NDArray> results =
      run(executable, makeF32({1, 4}, {1, -5, 2, 4}));
  EXPECT_EQ(getElements(results[0]), (Elements{-5, 4}));
  // Indices 1 and 3 in two bits each, the first lowest.
  EXPECT_EQ(getElements(results[1]), Elements{1 | 3 << 2});
}

TEST_F(ExecutableTest, RefusesArraysThatDoNotFit) {
  Executable executable = compileText(getDoubling("2x?xf32", "arith.addf"));
  EXPECT_EQ(getMessage(executable, {}), "expected 1 array as input but got 0");
  NDArray doubles = makeArray<double>(DType::F64, {2, 1}, {1, 2});
  EXPECT_EQ(getMessage(executable, doubles),
            "argument 0: expected f32 of shape 2x? but got f64 of shape 2x1");
  EXPECT_EQ(getMessage(executable, makeF32({2}, {1, 2})),
            "argument 0: expected f32 of shape 2x? but got f32 of shape 2");
  EXPECT_EQ(getMessage(executable, makeF32({3, 1}, {1, 2, 3})),
            "argument 0: expected a multiple of 2 rows for 'tensor<2x?xf32>' "
            "but got f32 of shape 3x1");
}

TEST_F(ExecutableTest, RefusesSignaturesOfOtherThanTensors) {
  module = parseSourceString<ModuleOp>("func.func @main(%x: f32) { return }",
                                       ParserConfig(&context));
  FunctionType type = findEntry(*module, "")->getFunctionType();
  llvm::Expected<Signature> signature = Signature::get(type);
  ASSERT_FALSE(bool(signature));
  EXPECT_EQ(llvm::toString(signature.takeError()),
            "argument 0: expected a ranked tensor but got 'f32'");
}
