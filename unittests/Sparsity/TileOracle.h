//===- TileOracle.h - Tiles by definition -----------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The definitions of tiles and blocks, transcribed onto a matrix of magnitudes.
// Nothing is shared with the library.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SPARSITY_TILEORACLE_H
#define TASD_UNITTESTS_SPARSITY_TILEORACLE_H

#include "TestTensors.h"

#include "tasd/Sparsity/TileWise.h"

namespace tasd::sparsity::test {

/// |a| of the elements that are unowned, 0 of the others; outputs x ks.
struct Magnitudes {
  int64_t numRows = 0, numColumns = 0;
  /// Outputs between two steps of the outer row dimensions.
  int64_t groupRows = 1;
  std::vector<double> values;

  explicit Magnitudes(const TensorView &view,
                      llvm::ArrayRef<uint8_t> owners = {});
  double at(int64_t row, int64_t column) const {
    return values[row * numColumns + column];
  }
};

/// What a tile keeps, and how wide it was.
struct OracleTile {
  std::vector<int64_t> rows, columns;
  int64_t width = 0;
};

/// The score of one output.
double scoreOutput(const Magnitudes &magnitudes, int64_t row, ScoreKind kind);
/// The score of a k in a tile.
double scoreK(const Magnitudes &magnitudes, const OracleTile &tile,
              int64_t column, ScoreKind kind);

/// The tiles of a rule.
std::vector<OracleTile> cutByDefinition(const Magnitudes &magnitudes,
                                        const TileRule &rule);

/// The elements that blocks keep.
std::vector<bool> keepBlocksByDefinition(const Magnitudes &magnitudes,
                                         int64_t blockRows,
                                         int64_t blockColumns,
                                         double threshold);

} // namespace tasd::sparsity::test

#endif // TASD_UNITTESTS_SPARSITY_TILEORACLE_H
