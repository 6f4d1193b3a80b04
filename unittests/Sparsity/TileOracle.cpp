//===- TileOracle.cpp - Tiles by definition -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One loop for each sentence of the definition.
//
//===----------------------------------------------------------------------===//

#include "TileOracle.h"

#include <cmath>
#include <limits>

namespace tasd::sparsity::test {

Magnitudes::Magnitudes(const TensorView &view, llvm::ArrayRef<uint8_t> owners)
    : numRows(view.blocked.getNumRows()),
      numColumns(view.blocked.getNumColumns()) {
  for (int64_t dim = 0; dim < int64_t(view.blocked.shape.size()); ++dim)
    if (!llvm::is_contained(view.blocked.along, dim))
      groupRows = view.blocked.shape[dim];
  for (int64_t row = 0; row < numRows; ++row)
    for (int64_t column = 0; column < numColumns; ++column) {
      Size size = getSize(view.elementType, getBits(view, row, column));
      bool isOwned = !owners.empty() &&
                     owners[row * numColumns + column] != Ownership::unowned;
      values.push_back(isOwned      ? 0
                       : size.isNaN ? std::numeric_limits<double>::quiet_NaN()
                                    : double(size.value));
    }
}

/// The square of a non-zero is a non-zero.
static double square(double a) {
  double product = a * a;
  return a != 0 && product == 0 ? std::numeric_limits<double>::denorm_min()
                                : product;
}

/// NaN is above every threshold; a score of nothing is above none.
static bool isAbove(double score, double threshold) {
  return std::isnan(score) || score > threshold;
}

double scoreOutput(const Magnitudes &magnitudes, int64_t row, ScoreKind kind) {
  double sum = 0;
  for (int64_t k = 0; k < magnitudes.numColumns; ++k)
    sum += square(magnitudes.at(row, k));
  double count = magnitudes.numColumns;
  return std::sqrt(sum) / (kind == ScoreKind::Norm ? count : std::sqrt(count));
}

double scoreK(const Magnitudes &magnitudes, const OracleTile &tile,
              int64_t column, ScoreKind kind) {
  double sum = 0;
  for (int64_t row : tile.rows)
    sum += square(magnitudes.at(row, column));
  return std::sqrt(sum) / (kind == ScoreKind::Norm
                               ? double(tile.width)
                               : std::sqrt(double(tile.rows.size())));
}

std::vector<OracleTile> cutByDefinition(const Magnitudes &magnitudes,
                                        const TileRule &rule) {
  bool isFixed = rule.cut == TileCut::Consecutive;
  int64_t height = rule.height;
  std::vector<OracleTile> all;
  int64_t numGroups =
      magnitudes.numRows == 0 ? 0 : magnitudes.numRows / magnitudes.groupRows;
  for (int64_t group = 0; group < numGroups; ++group) {
    int64_t begin = group * magnitudes.groupRows;
    int64_t end = begin + magnitudes.groupRows;
    std::vector<int64_t> survivors;
    for (int64_t row = begin; row < end; ++row)
      if (isFixed || (magnitudes.numColumns > 0 &&
                      isAbove(scoreOutput(magnitudes, row, rule.score),
                              rule.outputThreshold)))
        survivors.push_back(row);
    int64_t tileBegin = begin;
    for (size_t i = 0; i < survivors.size(); i += height) {
      OracleTile tile;
      size_t stop = std::min(survivors.size(), i + size_t(height));
      tile.rows.assign(survivors.begin() + i, survivors.begin() + stop);
      int64_t tileEnd = stop == survivors.size() ? end : tile.rows.back() + 1;
      tile.width = tileEnd - tileBegin;
      tileBegin = tileEnd;
      for (int64_t k = 0; k < magnitudes.numColumns; ++k)
        if (isAbove(scoreK(magnitudes, tile, k, rule.score), rule.kThreshold))
          tile.columns.push_back(k);
      all.push_back(tile);
    }
  }
  return all;
}

std::vector<bool> keepBlocksByDefinition(const Magnitudes &magnitudes,
                                         int64_t blockRows,
                                         int64_t blockColumns,
                                         double threshold) {
  int64_t width = magnitudes.numColumns;
  std::vector<bool> kept(magnitudes.numRows * width);
  for (int64_t row = 0; row < magnitudes.numRows; ++row)
    for (int64_t column = 0; column < width; ++column) {
      int64_t group = row / magnitudes.groupRows * magnitudes.groupRows;
      int64_t rowBegin = group + (row - group) / blockRows * blockRows;
      int64_t columnBegin = column / blockColumns * blockColumns;
      double sum = 0;
      for (int64_t r = rowBegin;
           r < std::min(rowBegin + blockRows, group + magnitudes.groupRows);
           ++r)
        for (int64_t c = columnBegin;
             c < std::min(columnBegin + blockColumns, width); ++c)
          sum += square(magnitudes.at(r, c));
      double norm =
          blockRows * blockColumns == 1
              ? magnitudes.at(row, column)
              : std::sqrt(sum) / std::sqrt(double(blockRows * blockColumns));
      kept[row * width + column] =
          magnitudes.at(row, column) != 0 && isAbove(norm, threshold);
    }
  return kept;
}

} // namespace tasd::sparsity::test
