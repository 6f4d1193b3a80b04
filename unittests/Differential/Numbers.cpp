//===- Numbers.cpp - Elements as numbers ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Numbers.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <cstring>

using namespace tasd::differential;
using namespace tasd::evaluation;
using llvm::APFloat;
using llvm::ArrayRef;

//===----------------------------------------------------------------------===//
// Formats
//===----------------------------------------------------------------------===//

Format Format::get(llvm::StringRef name) {
  if (name == "bf16")
    return {16, &APFloat::BFloat()};
  Format format;
  name.drop_front().getAsInteger(10, format.bits);
  if (name.starts_with("f"))
    format.semantics = format.bits == 64   ? &APFloat::IEEEdouble()
                       : format.bits == 32 ? &APFloat::IEEEsingle()
                                           : &APFloat::IEEEhalf();
  return format;
}

Format Format::get(mlir::Type type) {
  Format format;
  format.bits = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
  if (auto floatType = llvm::dyn_cast<mlir::FloatType>(type))
    format.semantics = &floatType.getFloatSemantics();
  return format;
}

std::string Format::getName() const {
  if (semantics == &APFloat::BFloat())
    return "bf16";
  return (isFloat() ? "f" : "i") + std::to_string(bits);
}

Number Format::getEpsilon() const {
  return std::ldexp(Number(1),
                    1 - int(APFloat::semanticsPrecision(*semantics)));
}

Number Format::getExactLimit() const {
  if (!isFloat())
    return std::ldexp(Number(1), bits - 1) - 1;
  return std::ldexp(Number(1), APFloat::semanticsPrecision(*semantics));
}

Number tasd::differential::decode(Format format, uint64_t bits) {
  if (!format.isFloat())
    return llvm::SignExtend64(bits, format.bits);
  return APFloat(*format.semantics,
                 llvm::APInt(format.bits, bits, /*isSigned=*/false,
                             /*implicitTrunc=*/true))
      .convertToDouble();
}

uint64_t tasd::differential::encode(Format format, Number number) {
  if (!format.isFloat())
    return static_cast<uint64_t>(static_cast<int64_t>(number)) &
           llvm::maskTrailingOnes<uint64_t>(format.bits);
  APFloat value(static_cast<double>(number));
  bool isInexact;
  value.convert(*format.semantics, APFloat::rmNearestTiesToEven, &isInexact);
  return value.bitcastToAPInt().getZExtValue();
}

Number tasd::differential::round(Format format, Number number) {
  return decode(format, encode(format, number));
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

int64_t tasd::differential::getNumElements(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  return count;
}

void tasd::differential::forEachIndex(
    ArrayRef<int64_t> shape,
    llvm::function_ref<void(ArrayRef<int64_t>)> visit) {
  Shape index(shape.size(), 0);
  for (int64_t i = 0, e = getNumElements(shape); i < e; ++i) {
    visit(index);
    for (int64_t dim = shape.size(); dim-- > 0;) {
      if (++index[dim] < shape[dim])
        break;
      index[dim] = 0;
    }
  }
}

Tensor Tensor::zeros(Format format, ArrayRef<int64_t> shape) {
  return {format, Shape(shape),
          std::vector<Number>(differential::getNumElements(shape), 0)};
}

Tensor Tensor::decode(Format format, ArrayRef<int64_t> shape,
                      ArrayRef<char> bytes) {
  Tensor tensor = zeros(format, shape);
  int64_t width = format.getByteWidth();
  for (size_t i = 0; i < tensor.elements.size(); ++i) {
    uint64_t bits = 0;
    std::memcpy(&bits, bytes.data() + i * width, width);
    tensor.elements[i] = differential::decode(format, bits);
  }
  return tensor;
}

static int64_t linearize(ArrayRef<int64_t> index, ArrayRef<int64_t> shape) {
  int64_t position = 0;
  for (auto [i, extent] : llvm::zip_equal(index, shape))
    position = position * extent + i;
  return position;
}

Number &Tensor::at(ArrayRef<int64_t> index) {
  return elements[linearize(index, shape)];
}

Number Tensor::at(ArrayRef<int64_t> index) const {
  return elements[linearize(index, shape)];
}

std::vector<char> Tensor::encode() const {
  int64_t width = format.getByteWidth();
  std::vector<char> bytes(elements.size() * width);
  for (size_t i = 0; i < elements.size(); ++i) {
    uint64_t bits = differential::encode(format, elements[i]);
    std::memcpy(bytes.data() + i * width, &bits, width);
  }
  return bytes;
}

static DType getDType(Format format) {
  for (DType dtype : {DType::F64, DType::F32, DType::F16, DType::BF16})
    if (getName(dtype) == format.getName())
      return dtype;
  return format.bits == 8    ? DType::SI8
         : format.bits == 16 ? DType::SI16
         : format.bits == 32 ? DType::SI32
                             : DType::SI64;
}

NDArray Tensor::toArray() const {
  return {getDType(format), {shape.begin(), shape.end()}, encode()};
}
