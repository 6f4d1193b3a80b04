//===- Terms.cpp - Terms of A as tiles ------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Terms.h"

#include "SeriesText.h"

#include "tasd/Sparsity/Packing.h"

using namespace tasd;
using namespace tasd::simulator;
using sparsity::ElementType;

static llvm::ArrayRef<char> getBytes(const Tensor &tensor, int64_t numBytes) {
  return {static_cast<const char *>(tensor.data),
          static_cast<size_t>(numBytes)};
}

template <typename Element>
llvm::Expected<std::vector<TileData<Element>>>
tasd::simulator::unpackTerms(const PackedArgument &argument,
                             llvm::ArrayRef<Tensor> tensors) {
  sparsity::Series series = getSeries(argument.series);
  int64_t rows = argument.batch * argument.rows, columns = argument.columns;
  int64_t width = getByteWidth(argument.type);
  std::vector<char> bytes(rows * columns * width);
  sparsity::MutableTensorView view{
      bytes.data(), argument.type, {{rows, columns}, {1}}, {columns, 1}};
  std::vector<TileData<Element>> terms;
  for (const sparsity::PatternRef &pattern : series.getPatterns()) {
    sparsity::ConstTermBuffers buffers;
    for (const auto &component : pattern->getPackedComponents(view.blocked)) {
      buffers.push_back(
          getBytes(tensors.front(), component.getNumBytes(argument.type)));
      tensors = tensors.drop_front();
    }
    if (llvm::Error error =
            sparsity::unpackInto(sparsity::Series({pattern}), {buffers}, view))
      return std::move(error);
    TileData<Element> &term = terms.emplace_back();
    term.resize(rows, columns);
    for (int64_t i = 0, e = term.elements.size(); i != e; ++i)
      term.elements[i] =
          getReader<Element>(argument.type)(bytes.data() + i * width);
  }
  return std::move(terms);
}

template <typename Element>
std::vector<TileData<Element>> tasd::simulator::readTerms(
    const PackedArgument &argument, llvm::ArrayRef<TileData<Element>> terms,
    llvm::ArrayRef<int64_t> origin, int64_t rows, int64_t columns) {
  std::vector<TileData<Element>> tiles(terms.size());
  int64_t numRows = std::clamp<int64_t>(argument.rows - origin[1], 0, rows);
  int64_t numColumns =
      std::clamp<int64_t>(argument.columns - origin[2], 0, columns);
  for (auto [term, tile] : llvm::zip(terms, tiles)) {
    tile.resize(rows, columns);
    for (int64_t row = 0; numColumns && row != numRows; ++row) {
      const Element *from =
          term.getRow(origin[0] * argument.rows + origin[1] + row) + origin[2];
      std::copy(from, from + numColumns, tile.getRow(row));
    }
  }
  return tiles;
}

/// The tile as Sparsity selects from it: integers in their own type, floats in
/// f32, which ranks them alike.
template <typename Element>
static sparsity::Ownership selectTerms(const TileData<Element> &tile,
                                       ElementType type,
                                       const sparsity::Series &series) {
  std::vector<char> narrow;
  const void *data = tile.elements.data();
  if constexpr (std::is_same_v<Element, int16_t>) {
    narrow.assign(tile.elements.begin(), tile.elements.end());
    data = narrow.data();
  } else {
    type = ElementType::F32;
  }
  return llvm::cantFail(
      sparsity::select(sparsity::TensorView::contiguous(
                           data, type, {tile.rows, tile.columns}, {1}),
                       series));
}

template <typename Element>
std::vector<TileData<Element>>
tasd::simulator::decomposeTile(const TileData<Element> &tile, ElementType type,
                               const sparsity::Series &series) {
  sparsity::Ownership owners = selectTerms(tile, type, series);
  std::vector<TileData<Element>> terms(series.size());
  for (TileData<Element> &term : terms)
    term.resize(tile.rows, tile.columns);
  for (size_t i = 0; i != tile.elements.size(); ++i)
    if (owners.owner[i] != sparsity::Ownership::unowned)
      terms[owners.owner[i]].elements[i] = tile.elements[i];
  return terms;
}

#define TASD_INSTANTIATE_TERMS(Element)                                        \
  template llvm::Expected<std::vector<TileData<Element>>>                      \
  tasd::simulator::unpackTerms(const PackedArgument &,                         \
                               llvm::ArrayRef<Tensor>);                        \
  template std::vector<TileData<Element>> tasd::simulator::readTerms(          \
      const PackedArgument &, llvm::ArrayRef<TileData<Element>>,               \
      llvm::ArrayRef<int64_t>, int64_t, int64_t);                              \
  template std::vector<TileData<Element>> tasd::simulator::decomposeTile(      \
      const TileData<Element> &, ElementType, const sparsity::Series &);
TASD_INSTANTIATE_TERMS(int16_t)
TASD_INSTANTIATE_TERMS(float)
