//===- TestTensors.cpp - Random tensors and a slow oracle -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clarity before speed: every element is addressed on its own.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace tasd::sparsity::test {

/// An IEEE-like float by its fields.
static Size decodeFloat(uint64_t bits, int exponentBits, int fractionBits,
                        bool hasInfinity) {
  uint64_t fraction = bits & ((uint64_t(1) << fractionBits) - 1);
  int exponent = int(bits >> fractionBits) & ((1 << exponentBits) - 1);
  int bias = (1 << (exponentBits - 1)) - 1;
  bool isTop = exponent == (1 << exponentBits) - 1;
  if (hasInfinity && isTop)
    return fraction ? Size{true, 0}
                    : Size{false, std::numeric_limits<double>::infinity()};
  if (!hasInfinity && isTop && fraction == (uint64_t(1) << fractionBits) - 1)
    return {true, 0};
  long double significand =
      std::ldexp((long double)fraction, -fractionBits) + (exponent ? 1 : 0);
  return {false, std::ldexp(significand, std::max(exponent, 1) - bias)};
}

Size getSize(ElementType type, uint64_t bits) {
  switch (type) {
  case ElementType::F64:
    return decodeFloat(bits, 11, 52, true);
  case ElementType::F32:
    return decodeFloat(bits, 8, 23, true);
  case ElementType::F16:
    return decodeFloat(bits, 5, 10, true);
  case ElementType::BF16:
    return decodeFloat(bits, 8, 7, true);
  case ElementType::F8E4M3FN:
    return decodeFloat(bits, 4, 3, false);
  case ElementType::SI32:
    return {false, std::fabs((long double)int32_t(bits))};
  case ElementType::SI8:
    return {false, std::fabs((long double)int8_t(bits))};
  case ElementType::UI32:
  case ElementType::UI8:
    return {false, (long double)bits};
  case ElementType::SI64:
    break;
  }
  return {};
}

static bool isFloat(ElementType type) { return type < ElementType::SI32; }

uint64_t getRandomBits(ElementType type, Values values, std::mt19937 &rng) {
  int64_t width = 8 * getByteWidth(type);
  uint64_t mask = width == 64 ? ~uint64_t(0) : (uint64_t(1) << width) - 1;
  uint64_t sign = uint64_t(1) << (width - 1);
  uint64_t bits = (uint64_t(rng()) << 32 | rng()) & mask;
  if (values == Values::Ties) {
    // One of four magnitudes of either sign; zero half the time.
    uint64_t level = rng() % 8;
    uint64_t magnitude = level < 4 ? 0 : level * (sign / 8);
    return magnitude | (rng() & 1 ? sign : 0);
  }
  if (values == Values::AnyBits && isFloat(type) && rng() % 4 == 0) {
    // All exponent bits set: mostly NaNs, sometimes infinity.
    uint64_t infinity = type == ElementType::F64    ? 0x7ff0000000000000
                        : type == ElementType::F32  ? 0x7f800000
                        : type == ElementType::F16  ? 0x7c00
                        : type == ElementType::BF16 ? 0x7f80
                                                    : 0x7e;
    return rng() % 2 ? infinity | (bits & sign) : bits | infinity;
  }
  if (values == Values::AnyBits && rng() % 4 == 0)
    return isFloat(type) ? bits & sign : (rng() % 2 ? 0 : sign);
  if (values == Values::Finite)
    while (getSize(type, bits).isNaN || std::isinf(getSize(type, bits).value) ||
           std::fabs(getSize(type, bits).value) > 1e30L)
      bits = (uint64_t(rng()) << 32 | rng()) & mask;
  return bits;
}

static int64_t getOffset(const TensorView &view, int64_t row, int64_t column) {
  int64_t offset = 0;
  auto walk = [&](llvm::ArrayRef<int64_t> dims, int64_t index) {
    for (auto it = dims.rbegin(); it != dims.rend(); ++it) {
      offset += index % view.blocked.shape[*it] * view.strides[*it];
      index /= view.blocked.shape[*it];
    }
  };
  std::vector<int64_t> rowDims;
  for (int64_t dim = 0; dim < int64_t(view.strides.size()); ++dim)
    if (std::find(view.blocked.along.begin(), view.blocked.along.end(), dim) ==
        view.blocked.along.end())
      rowDims.push_back(dim);
  walk(rowDims, row);
  walk(view.blocked.along, column);
  return offset;
}

uint64_t getBits(const TensorView &view, int64_t row, int64_t column) {
  int64_t width = getByteWidth(view.elementType);
  uint64_t bits = 0;
  std::memcpy(&bits,
              static_cast<const char *>(view.data) +
                  getOffset(view, row, column) * width,
              width);
  return bits;
}

void setBits(const MutableTensorView &view, int64_t row, int64_t column,
             uint64_t bits) {
  int64_t width = getByteWidth(view.elementType);
  std::memcpy(static_cast<char *>(view.data) +
                  getOffset(view, row, column) * width,
              &bits, width);
}

MutableTensorView TestTensor::getMutable() {
  return {const_cast<void *>(view.data), view.elementType, view.blocked,
          view.strides};
}

TestTensor TestTensor::zeros(ElementType type, llvm::ArrayRef<int64_t> shape,
                             llvm::ArrayRef<int64_t> along) {
  TestTensor tensor;
  int64_t numElements = 1;
  for (int64_t extent : shape)
    numElements *= extent;
  tensor.memory.resize(numElements * getByteWidth(type));
  tensor.view =
      TensorView::contiguous(tensor.memory.data(), type, shape, along);
  return tensor;
}

TestTensor TestTensor::of(llvm::ArrayRef<float> values,
                          llvm::ArrayRef<int64_t> shape) {
  TestTensor tensor =
      zeros(ElementType::F32, shape, {int64_t(shape.size()) - 1});
  if (!values.empty())
    std::memcpy(tensor.memory.data(), values.data(), values.size() * 4);
  return tensor;
}

TestTensor TestTensor::matrix(ElementType type, int64_t numRows,
                              int64_t numColumns, Values values,
                              std::mt19937 &rng) {
  TestTensor tensor = zeros(type, {numRows, numColumns}, {1});
  tensor.fill(values, rng);
  return tensor;
}

void TestTensor::fill(Values values, std::mt19937 &rng) {
  for (int64_t row = 0; row < getNumRows(); ++row)
    for (int64_t column = 0; column < getNumColumns(); ++column)
      setBits(getMutable(), row, column,
              getRandomBits(view.elementType, values, rng));
}

TestTensor TestTensor::random(ElementType type, Values values,
                              std::mt19937 &rng) {
  int64_t rank = 1 + rng() % 4;
  llvm::SmallVector<int64_t, 4> shape(rank), order(rank), strides(rank);
  for (int64_t &extent : shape)
    extent = rng() % 16 == 0 ? 0 : 1 + rng() % (rank == 1 ? 400 : 14);
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), rng);
  int64_t stride = 1 + rng() % 3 / 2, low = 0, high = 0;
  for (int64_t dim : order) {
    strides[dim] = rng() % 3 == 0 ? -stride : stride;
    int64_t reach = strides[dim] * std::max<int64_t>(shape[dim] - 1, 0);
    (reach < 0 ? low : high) += reach;
    stride *= std::max<int64_t>(shape[dim], 1) + rng() % 2;
  }
  std::shuffle(order.begin(), order.end(), rng);
  order.resize(1 + rng() % rank);

  TestTensor tensor;
  int64_t width = getByteWidth(type);
  tensor.memory.resize((high - low + 1) * width);
  tensor.origin = -low * width;
  tensor.view.data = tensor.memory.data() + tensor.origin;
  tensor.view.elementType = type;
  tensor.view.blocked = {shape, order};
  tensor.view.strides = strides;
  tensor.fill(values, rng);
  return tensor;
}

std::string getText(const NMList &terms) {
  std::string text;
  for (auto [n, m] : terms)
    text +=
        (text.empty() ? "" : "+") + std::to_string(n) + ":" + std::to_string(m);
  return text;
}

NMList getRandomTerms(std::mt19937 &rng, int64_t maxM) {
  NMList terms(1 + rng() % 3);
  for (auto &[n, m] : terms) {
    m = rng() % 2 ? int64_t(1) << rng() % 6 : 1 + rng() % maxM;
    m = std::min(m, maxM);
    n = 1 + rng() % m;
    if (rng() % 2)
      n = std::min<int64_t>(n, 2);
  }
  if (rng() % 4 == 0)
    for (auto &[n, m] : terms)
      m = std::max(terms.front().second, n);
  return terms;
}

std::vector<uint8_t> selectByDefinition(const TensorView &view,
                                        const NMList &terms) {
  int64_t numRows = view.blocked.getNumRows();
  int64_t numColumns = view.blocked.getNumColumns();
  std::vector<uint8_t> owners(numRows * numColumns, Ownership::unowned);
  for (size_t term = 0; term < terms.size(); ++term) {
    auto [n, m] = terms[term];
    for (int64_t row = 0; row < numRows; ++row)
      for (int64_t begin = 0; begin < numColumns; begin += m)
        for (int64_t taken = 0; taken < n; ++taken) {
          int64_t best = -1;
          Size bestSize{false, 0};
          for (int64_t i = begin; i < std::min(begin + m, numColumns); ++i) {
            Size size = getSize(view.elementType, getBits(view, row, i));
            if (owners[row * numColumns + i] == Ownership::unowned &&
                bestSize < size) {
              best = i;
              bestSize = size;
            }
          }
          if (best >= 0)
            owners[row * numColumns + best] = term;
        }
  }
  return owners;
}

PackedSeries packByDefinition(const TensorView &view, const NMList &terms) {
  int64_t numRows = view.blocked.getNumRows();
  int64_t numColumns = view.blocked.getNumColumns();
  int64_t width = getByteWidth(view.elementType);
  std::vector<uint8_t> owners = selectByDefinition(view, terms);
  PackedSeries packed;
  for (size_t term = 0; term < terms.size(); ++term) {
    auto [n, m] = terms[term];
    int64_t indexBits = 0;
    while ((int64_t(1) << indexBits) < m)
      ++indexBits;
    std::vector<char> values, metadata;
    for (int64_t row = 0; row < numRows; ++row) {
      std::vector<bool> bits;
      for (int64_t begin = 0; begin < numColumns; begin += m) {
        std::vector<bool> isSlot(m), isKept(m);
        int64_t numSlots = 0;
        for (int64_t i = 0; i < m && begin + i < numColumns; ++i)
          if (owners[row * numColumns + begin + i] == term) {
            isSlot[i] = isKept[i] = true;
            ++numSlots;
          }
        for (int64_t i = 0; numSlots < n; ++i)
          if (!isSlot[i]) {
            isSlot[i] = true;
            ++numSlots;
          }
        for (int64_t i = 0; i < m; ++i) {
          if (!isSlot[i])
            continue;
          uint64_t value = isKept[i] ? getBits(view, row, begin + i) : 0;
          values.insert(values.end(), reinterpret_cast<char *>(&value),
                        reinterpret_cast<char *>(&value) + width);
          for (int64_t bit = 0; bit < indexBits; ++bit)
            bits.push_back(i >> bit & 1);
        }
      }
      for (size_t i = 0; i < bits.size(); i += 8) {
        unsigned byte = 0;
        for (size_t bit = i; bit < std::min(i + 8, bits.size()); ++bit)
          byte |= unsigned(bits[bit]) << (bit - i);
        metadata.push_back(char(byte));
      }
    }
    packed.components.push_back({values, metadata});
  }
  return packed;
}

const PatternRegistry &getRegistry() {
  static const PatternRegistry registry = PatternRegistry::createWithBuiltins();
  return registry;
}

Series parseSeries(llvm::StringRef text) {
  auto series = getRegistry().parseSeries(text);
  if (series)
    return std::move(*series);
  ADD_FAILURE() << text.str() << ": " << llvm::toString(series.takeError());
  return {};
}

std::string getMessage(llvm::Error error) {
  return error ? llvm::toString(std::move(error)) : std::string();
}

std::string getParseError(llvm::StringRef text) {
  return getMessage(getRegistry().parseSeries(text));
}

std::vector<TermBuffers> getBuffers(PackedSeries &packed) {
  std::vector<TermBuffers> buffers;
  for (auto &components : packed.components)
    buffers.emplace_back(components.begin(), components.end());
  return buffers;
}

std::vector<ConstTermBuffers> getConstBuffers(const PackedSeries &packed) {
  std::vector<ConstTermBuffers> buffers;
  for (const auto &components : packed.components)
    buffers.emplace_back(components.begin(), components.end());
  return buffers;
}

} // namespace tasd::sparsity::test
