//===- PackedTiles.h - The packed form of tiles -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where the components of each tile stand in those of the term: worked out to
// write a term, and read back from one with all its bytes checked.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_PACKEDTILES_H
#define TASD_LIB_SPARSITY_PACKEDTILES_H

#include "Tiles.h"

namespace tasd::sparsity {

/// The packed form of the tiles of a term.
class PackedTiles {
public:
  /// The form of `tiles`. Null for no inner pattern.
  PackedTiles(std::vector<Tile> tiles, PatternRef inner);

  /// Reads the tiles of a term. Errors: tables that contradict each other or
  /// the shape.
  static llvm::Expected<PackedTiles>
  read(const BlockedShape &blocked, int64_t height, PatternRef inner,
       llvm::ArrayRef<llvm::ArrayRef<char>> components);

  /// The components of a term, of data-dependent extents.
  static std::vector<PackedComponent> getComponents(const BlockedShape &blocked,
                                                    const Pattern *inner);
  /// The components of this term.
  std::vector<PackedComponent>
  getSizedComponents(const BlockedShape &blocked) const;

  llvm::ArrayRef<Tile> getTiles() const { return tiles; }
  /// Rows, columns and components of every tile, empty ones too.
  PackedPart getPart(size_t tile) const;

  /// Checks that buffers have the sizes of the components.
  llvm::Error verifySizes(const BlockedShape &blocked, ElementType type,
                          llvm::ArrayRef<llvm::ArrayRef<char>> buffers) const;

  /// Writes columns, places and tiles.
  void writeTables(int64_t numRows, int64_t height,
                   llvm::ArrayRef<llvm::MutableArrayRef<char>> buffers) const;

private:
  std::vector<Tile> tiles;
  PatternRef inner;
  /// For each tile, and for the end, the begins in `tiles`.
  std::vector<llvm::SmallVector<int64_t, 4>> begins;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_PACKEDTILES_H
