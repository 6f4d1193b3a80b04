//===- LayerData.cpp - Data of drawn layers, and what comes out -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerData.h"

#include "tasd/Sparsity/Packing.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/STLExtras.h"

#include <cstring>

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;
using sparsity::ElementType;

static const llvm::fltSemantics &getSemantics(ElementType type) {
  return type == ElementType::F16        ? llvm::APFloat::IEEEhalf()
         : type == ElementType::BF16     ? llvm::APFloat::BFloat()
         : type == ElementType::F8E4M3FN ? llvm::APFloat::Float8E4M3FN()
                                         : llvm::APFloat::IEEEsingle();
}

static bool isInteger(ElementType type) {
  return type == ElementType::SI8 || type == ElementType::UI8 ||
         type == ElementType::SI32;
}

static void writeElement(ElementType type, char *address, double value) {
  int64_t bits = value;
  if (!isInteger(type)) {
    llvm::APFloat number(value);
    bool lost;
    number.convert(getSemantics(type), llvm::APFloat::rmNearestTiesToEven,
                   &lost);
    bits = number.bitcastToAPInt().getZExtValue();
  }
  std::memcpy(address, &bits, getByteWidth(type));
}

static double readElement(ElementType type, const char *address) {
  int64_t bits = 0;
  std::memcpy(&bits, address, getByteWidth(type));
  if (type == ElementType::SI8)
    return int8_t(bits);
  if (isInteger(type))
    return int32_t(bits);
  unsigned width = 8 * getByteWidth(type);
  llvm::APFloat number(getSemantics(type), llvm::APInt(width, bits));
  bool lost;
  number.convert(llvm::APFloat::IEEEdouble(),
                 llvm::APFloat::rmNearestTiesToEven, &lost);
  return number.convertToDouble();
}

/// Half of the values are zeros.
static void fill(ElementType type, std::vector<char> &buffer,
                 std::mt19937 &random) {
  int64_t width = getByteWidth(type);
  for (size_t at = 0; at < buffer.size(); at += width) {
    int value = random() % 2 ? 0 : int(random() % 9) - 4;
    writeElement(type, buffer.data() + at,
                 type == ElementType::UI8 ? std::abs(value) : value);
  }
}

static int64_t multiplyUp(llvm::ArrayRef<int64_t> shape) {
  int64_t product = 1;
  for (int64_t extent : shape)
    product *= extent;
  return product;
}

LayerData::LayerData(const DrawnLayer &layer, const Program &program,
                     std::mt19937 &random, int64_t zeroPoint)
    : layer(layer), program(program), zeroPoint(zeroPoint) {
  buffers.reserve(64);
  for (const Argument &argument : program.arguments) {
    if (const auto *packed = std::get_if<PackedArgument>(&argument))
      addPacked(*packed, random);
    else
      addDense(std::get<TensorArgument>(argument), random);
  }
  compose();
}

void LayerData::addDense(const TensorArgument &argument, std::mt19937 &random) {
  buffers.emplace_back(multiplyUp(argument.shape) *
                       getByteWidth(argument.type));
  fill(argument.type, buffers.back(), random);
  tensors.push_back(Tensor::contiguous(buffers.back().data(), argument.shape));
}

/// The buffers of the components, which are views of one owner.
static std::vector<std::vector<char>> flatten(sparsity::PackedSeries &packed) {
  std::vector<std::vector<char>> components;
  for (auto &term : packed.components)
    for (auto &component : term)
      components.push_back(std::move(component));
  return components;
}

void LayerData::addPacked(const PackedArgument &argument,
                          std::mt19937 &random) {
  std::vector<char> dense(argument.rows * argument.columns *
                          getByteWidth(argument.type));
  fill(argument.type, dense, random);
  sparsity::TensorView view = sparsity::TensorView::contiguous(
      dense.data(), argument.type, {argument.rows, argument.columns}, {1});
  const sparsity::Series &series = layer.work.a.series;
  auto packed = llvm::cantFail(sparsity::pack(view, series));
  size_t next = 0;
  auto components = flatten(packed);
  for (const auto &pattern : series.getPatterns())
    for (auto &component : pattern->getPackedComponents(view.blocked)) {
      buffers.push_back(std::move(components[next++]));
      tensors.push_back(
          Tensor::contiguous(buffers.back().data(), component.shape));
    }
}

/// What the terms hold of A: unpacked, or packed and unpacked here.
void LayerData::compose() {
  auto [m, n, k] = layer.work.extents;
  const sparsity::Series &series = layer.work.a.series;
  composed.resize(m * k);
  ElementType type = std::visit([](const auto &each) { return each.type; },
                                program.arguments[0]);
  int64_t width = getByteWidth(type);
  std::vector<char> dense(m * k * width);
  std::vector<sparsity::ConstTermBuffers> terms;
  sparsity::PackedSeries packed;
  if (const auto *tensor = std::get_if<TensorArgument>(&program.arguments[0])) {
    for (int64_t i = 0; i != m * k; ++i)
      writeElement(type, dense.data() + i * width, getInput(0, i / k, i % k));
    if (series.size() == 0) {
      for (int64_t i = 0; i != m * k; ++i)
        composed[i] = getInput(0, i / k, i % k);
      return;
    }
    packed = llvm::cantFail(
        sparsity::pack(sparsity::TensorView::contiguous(
                           dense.data(), tensor->type, {m, k}, {1}),
                       series));
    for (auto &term : packed.components)
      terms.emplace_back(term.begin(), term.end());
  } else {
    for (size_t i = 0; i != series.size(); ++i)
      terms.push_back({buffers[2 * i], buffers[2 * i + 1]});
  }
  sparsity::MutableTensorView view{dense.data(), type, {{m, k}, {1}}, {k, 1}};
  llvm::cantFail(sparsity::unpackInto(series, terms, view));
  for (int64_t i = 0; i != m * k; ++i)
    composed[i] = readElement(type, dense.data() + i * width);
}

static void addIndices(const Axis &axis, int64_t coordinate,
                       std::vector<int64_t> &indices) {
  for (const Digit &digit : llvm::reverse(axis.digits)) {
    indices[digit.dimension] += coordinate % digit.extent * digit.scale;
    coordinate /= digit.extent;
  }
}

double LayerData::getInput(size_t argument, int64_t row, int64_t column) const {
  const auto &tensor = std::get<TensorArgument>(program.arguments[argument]);
  std::vector<int64_t> indices(tensor.shape.size());
  addIndices(tensor.rows, row, indices);
  addIndices(tensor.columns, column, indices);
  int64_t at = 0;
  for (auto [index, extent] : llvm::zip(indices, tensor.shape))
    at = at * extent + index;
  size_t buffer = argument == 0 ? 0 : buffers.size() - 3 + argument;
  return readElement(tensor.type,
                     buffers[buffer].data() + at * getByteWidth(tensor.type));
}

double LayerData::getResult(int64_t m, int64_t n) const {
  return getInput(2, m, n);
}

double LayerData::getExpected(int64_t m, int64_t n) const {
  int64_t k = layer.work.extents.k;
  double sum = 0;
  for (int64_t i = 0; i != k; ++i)
    sum += composed[m * k + i] * (getInput(1, n, i) - zeroPoint);
  if (program.sumType == ElementType::SI8)
    return int8_t(int64_t(sum));
  return sum;
}

std::string LayerData::findDifference() const {
  for (int64_t m = 0; m != layer.work.extents.m; ++m)
    for (int64_t n = 0; n != layer.work.extents.n; ++n)
      if (getResult(m, n) != getExpected(m, n))
        return "[" + std::to_string(m) + ", " + std::to_string(n) +
               "]: " + std::to_string(getResult(m, n)) + " for " +
               std::to_string(getExpected(m, n));
  return "";
}
