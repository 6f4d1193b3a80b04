//===- TestLayers.h - Layers with random constants for tests ----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_EVALUATION_TESTLAYERS_H
#define TASD_UNITTESTS_EVALUATION_TESTLAYERS_H

#include "TestModules.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <random>

namespace tasd::evaluation {

/// Element types of a layer's inputs and of its result.
struct LayerTypes {
  const char *element, *result;
};

inline constexpr LayerTypes kF32 = {"f32", "f32"};

/// A layer as text, with %w the weights, %x its input, %c its init and %r its
/// result, which is planned as PLAN says.
struct Layer {
  std::string weights, input, result, text;
};

/// Makes layers, whose elements are multiples of `unit`, and their inputs.
class LayerTest : public ModuleTest {
protected:
  /// A multiple of the unit, of either sign.
  double draw() {
    return unit *
           static_cast<double>(int64_t(random() % (2 * limit + 1)) - limit);
  }

  NDArray drawArray(DType dtype, llvm::ArrayRef<int64_t> shape) {
    NDArray array = NDArray::allocate(dtype, shape);
    for (int64_t i = 0; i < array.getNumElements(); ++i)
      setElement(array, i, draw());
    return array;
  }

  NDArray drawInput(const TensorSpec &spec, int64_t openExtent = 1) {
    llvm::SmallVector<int64_t> shape(spec.shape.begin(), spec.shape.end());
    for (int64_t &extent : shape)
      if (extent < 0)
        extent = openExtent;
    return drawArray(spec.dtype, shape);
  }

  std::string getConstant(llvm::ArrayRef<int64_t> shape,
                          llvm::StringRef type = "f32") {
    NDArray array = drawArray(getDType(type), shape);
    llvm::StringRef bytes(reinterpret_cast<const char *>(array.bytes.data()),
                          array.bytes.size());
    return "dense<\"0x" + llvm::toHex(bytes) + "\"> : tensor<" +
           getExtents(shape) + type.str() + ">";
  }

  /// The module of a layer whose plan is that.
  static std::string getText(const Layer &layer, llvm::StringRef plan) {
    std::string text =
        llvm::formatv("func.func @main(%x: {0}, %c: {1}) -> {1} {{\n"
                      "  %w = arith.constant {2}\n"
                      "  {3}\n  return %r : {1}\n}",
                      layer.input, layer.result, layer.weights, layer.text)
            .str();
    size_t at = text.find("PLAN");
    if (at == std::string::npos)
      llvm::report_fatal_error("the test's layer has no place for its plan");
    return text.replace(at, 4, "tasd.plan = #tasd.plan<" + plan.str() + ">");
  }

  static std::string getType(llvm::ArrayRef<int64_t> shape,
                             llvm::StringRef type) {
    return "tensor<" + getExtents(shape) + type.str() + ">";
  }

  /// Weights of outputs x inputs times tokens as columns.
  Layer getLeftLayer(int64_t outputs, int64_t tokens, int64_t inputs,
                     LayerTypes types) {
    std::string w = getType({outputs, inputs}, types.element),
                x = getType({inputs, tokens}, types.element),
                z = getType({outputs, tokens}, types.result);
    return {getConstant({outputs, inputs}, types.element), x, z,
            llvm::formatv("%r = linalg.matmul {{PLAN} ins(%w, %x : {0}, {1}) "
                          "outs(%c : {2}) -> {2}",
                          w, x, z)};
  }

  /// Tokens as rows times weights of inputs x outputs.
  Layer getRightLayer(int64_t outputs, int64_t tokens, int64_t inputs,
                      LayerTypes types) {
    std::string w = getType({inputs, outputs}, types.element),
                x = getType({tokens, inputs}, types.element),
                z = getType({tokens, outputs}, types.result);
    return {getConstant({inputs, outputs}, types.element), x, z,
            llvm::formatv("%r = linalg.matmul {{PLAN} ins(%x, %w : {0}, {1}) "
                          "outs(%c : {2}) -> {2}",
                          x, w, z)};
  }

  static std::vector<char> getBytes(const NDArray &array) {
    return {array.bytes.begin(), array.bytes.end()};
  }

  std::mt19937 random{1};
  int64_t limit = 3;
  double unit = 1;

private:
  static std::string getExtents(llvm::ArrayRef<int64_t> shape) {
    std::string extents;
    for (int64_t extent : shape)
      extents += std::to_string(extent) + "x";
    return extents;
  }

  static DType getDType(llvm::StringRef type) {
    return llvm::StringSwitch<DType>(type)
        .Case("f64", DType::F64)
        .Case("f32", DType::F32)
        .Case("f16", DType::F16)
        .Case("bf16", DType::BF16)
        .Case("f8E4M3FN", DType::F8E4M3FN)
        .Case("i32", DType::SI32)
        .Case("i8", DType::SI8);
  }

  static void setElement(NDArray &array, int64_t i, double element) {
    char *place = array.bytes.data() + i * getByteWidth(array.dtype);
    switch (array.dtype) {
    case DType::F64:
      return store(place, element);
    case DType::F32:
      return store(place, static_cast<float>(element));
    case DType::SI32:
      return store(place, static_cast<int32_t>(element));
    case DType::SI8:
      return store(place, static_cast<int8_t>(element));
    case DType::F8E4M3FN:
      return store(place, static_cast<uint8_t>(
                              toBits(llvm::APFloat::Float8E4M3FN(), element)));
    case DType::F16:
      return store(place, toBits(llvm::APFloat::IEEEhalf(), element));
    case DType::BF16:
      return store(place, toBits(llvm::APFloat::BFloat(), element));
    default:
      llvm_unreachable("no layer of the tests has this type");
    }
  }

  template <typename T> static void store(char *place, T value) {
    std::memcpy(place, &value, sizeof(T));
  }

  static uint16_t toBits(const llvm::fltSemantics &semantics, double value) {
    llvm::APFloat number(value);
    bool losesInfo;
    number.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &losesInfo);
    return static_cast<uint16_t>(number.bitcastToAPInt().getZExtValue());
  }
};

} // namespace tasd::evaluation

#endif // TASD_UNITTESTS_EVALUATION_TESTLAYERS_H
