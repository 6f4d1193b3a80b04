//===- Tiles.h - What the tiles of a term keep ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The outputs and ks of tiles, from the elements and from the packed form.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_TILES_H
#define TASD_LIB_SPARSITY_TILES_H

#include "tasd/Sparsity/TileWise.h"

namespace tasd::sparsity {

/// Rows and columns of the tensor that a tile keeps, ascending. There is at
/// least one row; there may be no column.
struct Tile {
  std::vector<int64_t> rows, columns;
};

/// The tiles of what elements whose owner is at least `minOwner` say.
std::vector<Tile> cutTiles(const TensorView &tensor, const Ownership &ownership,
                           uint8_t minOwner, const TileRule &rule);

/// Appends the score of each output, of elements as above.
void appendOutputScores(const TensorView &tensor, const Ownership &ownership,
                        uint8_t minOwner, const TileRule &rule,
                        std::vector<double> &scores);

/// Appends for each tile the score of each k.
void appendKScores(const TensorView &tensor, const Ownership &ownership,
                   uint8_t minOwner, const TileRule &rule,
                   std::vector<double> &scores);

/// The elements of a tile as a tensor of its own, row-major.
struct TileElements {
  std::vector<char> bytes;
  TensorView view;
};

/// Copies the elements whose owner is in [minOwner, maxOwner]; +0 elsewhere.
TileElements gatherTile(const TensorView &tensor, const Ownership &ownership,
                        uint8_t minOwner, uint8_t maxOwner, const Tile &tile);

/// Writes the non-zeros of a tile to their places in the tensor.
void scatterTile(llvm::ArrayRef<char> bytes, llvm::ArrayRef<int64_t> rows,
                 llvm::ArrayRef<int64_t> columns,
                 const MutableTensorView &tensor);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_TILES_H
