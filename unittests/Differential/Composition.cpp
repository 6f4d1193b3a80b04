//===- Composition.cpp - What a series keeps of a tensor ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Composition.h"

#include "tasd/Sparsity/Metrics.h"
#include "tasd/Sparsity/NM.h"
#include "tasd/Sparsity/Packing.h"

#include <cmath>

using namespace tasd::differential;
using namespace ::tasd::sparsity;

//===----------------------------------------------------------------------===//
// By definition
//===----------------------------------------------------------------------===//

/// The magnitude by which elements are chosen: NaN ranks above infinity.
static std::pair<bool, Number> getMagnitude(Format format, Number number,
                                            bool isUnsigned) {
  if (std::isnan(number))
    return {true, 0};
  return {false,
          isUnsigned ? Number(encode(format, number)) : std::fabs(number)};
}

/// Moves the `n` largest non-zeros of a block from `rest` to `kept`; the lower
/// index wins a tie.
static void keepLargest(int64_t n, llvm::MutableArrayRef<Number> rest,
                        llvm::MutableArrayRef<Number> kept, Format format,
                        bool isUnsigned) {
  for (; n > 0; --n) {
    size_t best = 0;
    for (size_t i = 1; i < rest.size(); ++i)
      if (getMagnitude(format, rest[i], isUnsigned) >
          getMagnitude(format, rest[best], isUnsigned))
        best = i;
    if (rest[best] == 0)
      return;
    kept[best] = std::exchange(rest[best], 0);
  }
}

/// What the series keeps of one row.
static std::vector<Number> composeRow(std::vector<Number> rest,
                                      const Series &series, Format format,
                                      bool isUnsigned) {
  std::vector<Number> kept(rest.size(), 0);
  for (const PatternRef &pattern : series.getPatterns()) {
    auto &nm = static_cast<const NMPattern &>(*pattern);
    for (size_t begin = 0; begin < rest.size(); begin += nm.getM()) {
      size_t size = std::min<size_t>(nm.getM(), rest.size() - begin);
      keepLargest(nm.getN(), llvm::MutableArrayRef(rest).slice(begin, size),
                  llvm::MutableArrayRef(kept).slice(begin, size), format,
                  isUnsigned);
    }
  }
  return kept;
}

/// Whether what the series keeps is defined here.
static bool isDefined(const Series &series) {
  return llvm::all_of(series.getPatterns(), [](const PatternRef &pattern) {
    return pattern->getFamilyKeyword() == "nm";
  });
}

static Tensor composeByDefinition(const Tensor &tensor, const Series &series,
                                  const Decomposition &decomposition) {
  Tensor result = Tensor::zeros(tensor.format, tensor.shape);
  Shape rows = tensor.shape, columns;
  for (int64_t dim : decomposition.along) {
    columns.push_back(tensor.shape[dim]);
    rows[dim] = 1;
  }
  forEachIndex(rows, [&](llvm::ArrayRef<int64_t> row) {
    std::vector<Shape> places;
    std::vector<Number> elements;
    forEachIndex(columns, [&](llvm::ArrayRef<int64_t> column) {
      places.push_back(Shape(row));
      for (auto [dim, i] : llvm::zip_equal(decomposition.along, column))
        places.back()[dim] = i;
      elements.push_back(tensor.at(places.back()));
    });
    if (getNumElements(tensor.shape) == 0)
      return;
    std::vector<Number> kept =
        composeRow(elements, series, tensor.format, decomposition.isUnsigned);
    for (auto [place, number] : llvm::zip_equal(places, kept))
      result.at(place) = number;
  });
  return result;
}

//===----------------------------------------------------------------------===//
// By the library
//===----------------------------------------------------------------------===//

static ElementType getElementType(Format format, bool isUnsigned) {
  for (ElementType type : {ElementType::F64, ElementType::F32, ElementType::F16,
                           ElementType::BF16})
    if (getName(type) == format.getName())
      return type;
  if (format.bits == 8)
    return isUnsigned ? ElementType::UI8 : ElementType::SI8;
  return isUnsigned ? ElementType::UI32 : ElementType::SI32;
}

static std::vector<char> composeByLibrary(const TensorView &view,
                                          const Series &series,
                                          size_t numBytes) {
  PackedSeries packed = llvm::cantFail(pack(view, series));
  std::vector<ConstTermBuffers> terms;
  for (const auto &components : packed.components)
    terms.emplace_back(components.begin(), components.end());
  std::vector<char> bytes(numBytes, 0x55);
  MutableTensorView composed{bytes.data(), view.elementType, view.blocked,
                             view.strides};
  llvm::cantFail(unpackInto(series, terms, composed));
  return bytes;
}

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

/// -0 becomes +0, as it does in a series.
static Tensor withoutNegativeZeros(Tensor tensor) {
  for (Number &element : tensor.elements)
    if (element == 0)
      element = 0;
  return tensor;
}

llvm::Expected<Tensor>
tasd::differential::compose(const Tensor &tensor,
                            const Decomposition &decomposition) {
  static const PatternRegistry registry = PatternRegistry::createWithBuiltins();
  Series series = llvm::cantFail(registry.parseSeries(decomposition.series));
  std::vector<char> bytes = tensor.encode();
  TensorView view = TensorView::contiguous(
      bytes.data(), getElementType(tensor.format, decomposition.isUnsigned),
      tensor.shape, decomposition.along);
  std::vector<char> composed = composeByLibrary(view, series, bytes.size());
  Tensor expected = Tensor::decode(tensor.format, tensor.shape, composed);
  if (isDefined(series) &&
      composed != composeByDefinition(tensor, series, decomposition).encode())
    return llvm::createStringError("Sparsity composes another tensor than the "
                                   "definition of the series says");
  bool isCovered =
      llvm::cantFail(measure(view, {series})).series[0].isLossless();
  if (isCovered && expected.encode() != withoutNegativeZeros(tensor).encode())
    return llvm::createStringError(
        "the composed tensor differs from one that the series covers");
  return expected;
}
