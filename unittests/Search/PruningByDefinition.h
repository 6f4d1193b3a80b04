//===- PruningByDefinition.h - A transcription of prunings ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random layers of several shapes, and what each pruning keeps of them, element
// by element as the publications define it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SEARCH_PRUNINGBYDEFINITION_H
#define TASD_UNITTESTS_SEARCH_PRUNINGBYDEFINITION_H

#include "tasd/Search/Pruning.h"

#include <map>
#include <random>

namespace tasd::search::test {

/// By a layer's name, for each element, rows x columns, whether it is kept.
using Masks = std::map<std::string, std::vector<bool>>;

/// What a pruning chooses and keeps.
struct Pruned {
  std::vector<double> thresholds;
  Masks masks;
};

/// Sorted, NumPy's formula for a quantile.
double quantileByDefinition(std::vector<double> values, double share);

/// A layer as groups of matrices: its weights have row dimensions
/// [numGroups..., numRows].
struct Matrices {
  std::string name;
  int64_t numGroups, numRows, numColumns;
  std::vector<double> elements;

  double get(int64_t group, int64_t row, int64_t column) const {
    return elements[getPlace(group, row, column)];
  }
  int64_t getPlace(int64_t group, int64_t row, int64_t column) const {
    return (group * numRows + row) * numColumns + column;
  }
};

/// Layers with their memory.
class TestModel {
public:
  /// Matrices and convolutions in several layouts, from a layer of one row to
  /// some dozens; many ties and zeros if `seed` is odd.
  explicit TestModel(unsigned seed);

  llvm::ArrayRef<PrunedLayer> getLayers() const { return layers; }

  Pruned pruneElements(double sparsity) const;
  Pruned pruneBlocks(double sparsity, int64_t size) const;
  /// Without rows, only columns are pruned.
  Pruned
  pruneTiles(double sparsity, int64_t granularity, bool hasRows,
             sparsity::ScoreKind score = sparsity::ScoreKind::Norm) const;
  /// Gives elements back that a mask leaves out.
  Pruned addOverlay(const Masks &masks, double delta) const;

  Masks getFullMasks() const;
  /// The masks, with the elements that are zero left out too.
  Masks withoutZeros(Masks masks) const;

private:
  void add(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> along,
           bool hasTies);

  std::mt19937 rng;
  std::vector<std::vector<float>> memory;
  std::vector<PrunedLayer> layers;
  std::vector<Matrices> matrices;
};

} // namespace tasd::search::test

#endif // TASD_UNITTESTS_SEARCH_PRUNINGBYDEFINITION_H
