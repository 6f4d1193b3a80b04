//===- ChannelSearch.h - Moves that put channels in order -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks of several tensors, put together so that no tensor has a block across
// two of them, are the groups. A round takes one channel out of every group and
// gives each group one of these back, so that the series keep as much as they
// can for that choice: an assignment problem, solved exactly. What a group
// gains by a channel is, row by row, by how much its element exceeds a
// threshold: the element that it would displace. So the gains of all channels
// in all groups cost no selection.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_CHANNELSEARCH_H
#define TASD_LIB_SPARSITY_CHANNELSEARCH_H

#include "tasd/Sparsity/Permutation.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <random>

namespace tasd::sparsity {

/// The magnitudes of a tensor, one channel after the other, as shares of all of
/// it.
struct ChannelMagnitudes {
  const Series *series;
  int64_t blockSize;
  /// Rows times windows.
  int64_t numRows;
  std::vector<float> magnitudes;

  llvm::ArrayRef<float> getChannel(int64_t channel) const {
    return llvm::ArrayRef(magnitudes).slice(channel * numRows, numRows);
  }
};

class ChannelSearch {
public:
  /// No tensor has inner positions, none is empty. `dropped` is the share of
  /// magnitude that the series drop now, summed over the tensors.
  ChannelSearch(llvm::ArrayRef<ChannelMagnitudes> tensors, int64_t numChannels,
                double dropped, const PermutationOptions &options,
                llvm::ThreadPoolInterface *pool);

  /// The best order found.
  std::vector<int64_t> run();

private:
  bool improve();
  std::vector<int64_t> choosePositions();
  void forEachGroup(size_t numGroups,
                    llvm::function_ref<void(size_t)> fn) const;
  std::vector<double> computeGains(llvm::ArrayRef<int64_t> positions) const;
  void addGains(const ChannelMagnitudes &tensor,
                llvm::ArrayRef<int64_t> positions, int64_t group,
                llvm::MutableArrayRef<double> gains) const;
  std::vector<float> getThresholds(const ChannelMagnitudes &tensor,
                                   int64_t position) const;
  double computeKept(llvm::ArrayRef<int64_t> positions) const;

  int64_t getNumComparisons(int64_t numGroups) const;

  llvm::ArrayRef<ChannelMagnitudes> tensors;
  const PermutationOptions &options;
  llvm::ThreadPoolInterface *pool;
  std::mt19937_64 rng;
  /// Channels of a group.
  int64_t groupSize = 1;
  double dropped;
  int64_t numComparisons = 0;
  std::vector<int64_t> order;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_CHANNELSEARCH_H
