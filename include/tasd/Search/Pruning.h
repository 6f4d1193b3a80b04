//===- Pruning.h - Thresholds for all layers together -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where layers are pruned together, one threshold is compared with the scores
// of all of them: the model is as sparse as asked for, and each layer as its
// weights allow. The table in Prunings.cpp names the ways to do so.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_PRUNING_H
#define TASD_SEARCH_PRUNING_H

#include "tasd/Sparsity/Scoring.h"

namespace tasd::search {

struct PruningOptions {
  /// The share of the elements to leave out, at least 0 and below 1.
  double sparsity = 0;
  /// The share of the elements that tiles leave out beyond `sparsity` and that
  /// is given back one by one; at least 0.
  double delta = 0;
  /// Rows of a tile, rows and columns of a block, or elements of a vector; at
  /// least 1. None for what was published: 128, 32 and 16.
  std::optional<int64_t> granularity;
  /// The pattern inside tiles, as in "2:4"; empty for none.
  std::string inner;
  /// What tiles score.
  sparsity::ScoreKind score = sparsity::ScoreKind::Norm;
};

/// What is wrong with an option.
struct OptionMistake {
  llvm::StringRef option;
  std::string message;
};

/// A way to prune.
struct Pruning {
  /// As in "tile-wise".
  llvm::StringLiteral name;
  llvm::StringLiteral description;
  /// Which options it has a use for, beside the sparsity.
  bool hasGranularity, hasTiles;
  /// The text of the series that layers get, its thresholds not chosen yet, of
  /// options without a mistake.
  std::string (*getSeriesText)(const PruningOptions &options);
  /// Finds what it cannot do of options that it has a use for.
  std::optional<OptionMistake> (*findOwnMistake)(const PruningOptions &options);

  /// Finds a share or an option that is out of range, or that this has no use
  /// for.
  std::optional<OptionMistake> findMistake(const PruningOptions &options) const;
};

llvm::ArrayRef<Pruning> getPrunings();
/// Null if there is none of that name.
const Pruning *findPruning(llvm::StringRef name);
/// Of all, as in "tile-wise, element-wise".
std::string getPruningNames();

/// Finds a share that is out of range, or a sparsity below what the first
/// pattern of a series leaves out anyway.
std::optional<OptionMistake> findMistake(const sparsity::Series &series,
                                         const PruningOptions &options);

/// The text of the pattern by which single elements are given back: it keeps
/// everything.
llvm::StringRef getOverlayText();

/// The weights of a layer, or scores of the same shape in their place.
struct PrunedLayer {
  std::string name;
  sparsity::TensorView weights;
  /// What errors call the elements.
  llvm::StringRef elements = "weights";
};

/// The series of all layers: `series`, with thresholds chosen for all of them.
///
///  - The first pattern leaves out the share sparsity + delta of the elements:
///    each of its n thresholds s, with (1 - s)^n = (1 - sparsity - delta) / d,
///    where d is the pattern's bound on its density, or 1.
///  - A threshold is the quantile s (search::getQuantile) of all that is
///    compared with it in any layer. It is 0 where s is, so that every non-zero
///    is kept. Scores are those that the thresholds before leave.
///  - Every other pattern gives the share delta back: its threshold is the
///    quantile 1 - delta of what it scores of the residuals, in which the
///    elements that are kept count as 0.
///
/// A score stands for many elements, of which some tiles have fewer, and equal
/// scores are left out together: the sparsity achieved is near that asked for.
/// Errors: a mistake of the series and the options; an invalid view, or
/// elements that are not finite, with the name of the layer.
llvm::Expected<sparsity::Series> prune(llvm::ArrayRef<PrunedLayer> layers,
                                       const sparsity::Series &series,
                                       const PruningOptions &options);

} // namespace tasd::search

#endif // TASD_SEARCH_PRUNING_H
