//===- TileWiseTerms.cpp - Terms of compacted tiles -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tiles are cut from what earlier terms left, for selection and again for
// packing. Inside them the inner pattern sees a tensor of its own.
//
//===----------------------------------------------------------------------===//

#include "Available.h"
#include "PackedTiles.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

//===----------------------------------------------------------------------===//
// Selection
//===----------------------------------------------------------------------===//

/// Nothing is owned.
static Ownership createOwnership(const BlockedShape &blocked) {
  Ownership ownership{blocked.getNumRows(), blocked.getNumColumns(), {}};
  ownership.owner.assign(ownership.numRows * ownership.numColumns,
                         Ownership::unowned);
  return ownership;
}

/// Gives what is free in a tile to `term`.
static void takeTile(const TensorView &tensor, const Tile &tile, uint8_t term,
                     Ownership &ownership) {
  std::vector<bool> isRow(tile.rows.back() + 1 - tile.rows.front());
  for (int64_t row : tile.rows)
    isRow[row - tile.rows.front()] = true;
  std::vector<char> isColumn(ownership.numColumns);
  for (int64_t column : tile.columns)
    isColumn[column] = true;
  auto take = [&](int64_t row, int64_t begin, ArrayRef<double> magnitudes) {
    if (!isRow[row - tile.rows.front()])
      return;
    uint8_t *owners =
        ownership.owner.data() + row * ownership.numColumns + begin;
    const char *isKept = isColumn.data() + begin;
    for (auto [i, magnitude] : llvm::enumerate(magnitudes))
      owners[i] = magnitude != 0 && isKept[i] ? term : owners[i];
  };
  forEachAvailable(tensor, ownership, Ownership::unowned,
                   {tile.rows.front(), tile.rows.back() + 1}, take);
}

/// Gives what `inner` selects of a tile to `term`.
static void selectInTile(const TensorView &tensor, const Tile &tile,
                         const Pattern &inner, uint8_t term,
                         Ownership &ownership) {
  TileElements elements = gatherTile(tensor, ownership, Ownership::unowned,
                                     Ownership::unowned, tile);
  Ownership selected = createOwnership(elements.view.blocked);
  inner.select(elements.view, selected, 0);
  const uint8_t *owner = selected.owner.data();
  for (int64_t row : tile.rows)
    for (int64_t column : tile.columns)
      if (*owner++ == 0)
        ownership.owner[row * ownership.numColumns + column] = term;
}

void TileWisePattern::select(const TensorView &tensor, Ownership &ownership,
                             uint8_t term) const {
  for (const Tile &tile : cutTiles(tensor, ownership, Ownership::unowned, rule))
    if (inner)
      selectInTile(tensor, tile, *inner, term, ownership);
    else
      takeTile(tensor, tile, term, ownership);
}

bool TileWisePattern::obeys(const TensorView &tensor) const {
  PatternRef stored = getStored();
  const Pattern &pattern = stored ? *stored : *this;
  Ownership ownership = createOwnership(tensor.blocked);
  pattern.select(tensor, ownership, 0);
  bool keepsAll = true;
  auto isZero = [](double magnitude) { return magnitude == 0; };
  forEachAvailable(tensor, ownership, Ownership::unowned,
                   {0, ownership.numRows},
                   [&](int64_t, int64_t, ArrayRef<double> magnitudes) {
                     keepsAll &= llvm::all_of(magnitudes, isZero);
                   });
  return keepsAll;
}

//===----------------------------------------------------------------------===//
// Packed form
//===----------------------------------------------------------------------===//

std::vector<PackedComponent> TileWisePattern::getSizedComponents(
    const TensorView &tensor, const Ownership &ownership, uint8_t term) const {
  return PackedTiles(cutTiles(tensor, ownership, term, rule), inner)
      .getSizedComponents(tensor.blocked);
}

/// The bytes of the part's components, of those of the term.
template <typename Buffer>
static llvm::SmallVector<Buffer, 2>
slicePart(const PackedPart &part, ElementType type,
          ArrayRef<PackedComponent> all, ArrayRef<Buffer> buffers) {
  llvm::SmallVector<Buffer, 2> slices;
  for (const PackedPart::Component &component : part.components) {
    const PackedComponent &whole = all[component.position];
    int64_t width = getByteWidth(whole.elementType.value_or(type));
    PackedComponent sized{whole.name, whole.elementType, component.shape};
    slices.push_back(buffers[component.position].slice(
        component.begin * width, sized.getNumBytes(type)));
  }
  return slices;
}

void TileWisePattern::pack(
    const TensorView &tensor, const Ownership &ownership, uint8_t term,
    ArrayRef<llvm::MutableArrayRef<char>> components) const {
  PackedTiles packed(cutTiles(tensor, ownership, term, rule), inner);
  packed.writeTables(ownership.numRows, rule.height, components);
  std::vector<PackedComponent> all = getPackedComponents(tensor.blocked);
  for (auto [index, tile] : llvm::enumerate(packed.getTiles())) {
    auto slices =
        slicePart(packed.getPart(index), tensor.elementType, all, components);
    TileElements elements = gatherTile(tensor, ownership, term, term, tile);
    if (!inner) {
      llvm::copy(elements.bytes, slices.front().begin());
      continue;
    }
    Ownership owned = createOwnership(elements.view.blocked);
    uint8_t *owner = owned.owner.data();
    for (int64_t row : tile.rows)
      for (int64_t column : tile.columns)
        *owner++ = ownership.owner[row * ownership.numColumns + column] == term
                       ? 0
                       : Ownership::unowned;
    inner->pack(elements.view, owned, 0, slices);
  }
}

Error TileWisePattern::verifyPacked(const BlockedShape &blocked,
                                    ElementType type,
                                    ArrayRef<ArrayRef<char>> components) const {
  Expected<PackedTiles> packed =
      PackedTiles::read(blocked, rule.height, inner, components);
  if (!packed)
    return packed.takeError();
  return packed->verifySizes(blocked, type, components);
}

std::vector<PackedPart>
TileWisePattern::getParts(const BlockedShape &blocked,
                          ArrayRef<ArrayRef<char>> components) const {
  PackedTiles packed = llvm::cantFail(
      PackedTiles::read(blocked, rule.height, inner, components));
  std::vector<PackedPart> parts;
  for (auto [index, tile] : llvm::enumerate(packed.getTiles()))
    if (!tile.columns.empty())
      parts.push_back(packed.getPart(index));
  return parts;
}

void TileWisePattern::unpack(ArrayRef<ArrayRef<char>> components,
                             const MutableTensorView &tensor) const {
  ElementType type = tensor.elementType;
  std::vector<PackedComponent> all = getPackedComponents(tensor.blocked);
  for (const PackedPart &part : getParts(tensor.blocked, components)) {
    auto slices = slicePart(part, type, all, components);
    if (!inner) {
      scatterTile(slices.front(), part.rows, part.columns, tensor);
      continue;
    }
    int64_t numRows = part.rows.size(), numColumns = part.columns.size();
    std::vector<char> bytes(numRows * numColumns * getByteWidth(type));
    inner->unpack(
        slices,
        {bytes.data(), type, {{numRows, numColumns}, {1}}, {numColumns, 1}});
    scatterTile(bytes, part.rows, part.columns, tensor);
  }
}
