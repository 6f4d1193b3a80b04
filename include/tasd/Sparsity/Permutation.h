//===- Permutation.h - Order channels for a series --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product sums over channels in any order, and a series drops least where the
// large elements of a row are spread over its blocks. This looks for an order
// of the channels in which given series keep more of given tensors.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_PERMUTATION_H
#define TASD_SPARSITY_PERMUTATION_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// A tensor whose channels are put in order. Its columns are windows times
/// channels times inner positions: column (w * channels + c) * numInner + i.
/// All columns of a channel move together.
struct ChannelTensor {
  TensorView tensor;
  Series series;
  int64_t numInner = 1;
};

struct PermutationOptions {
  /// Chooses which channels are tried together; the same seed gives the same
  /// order.
  uint64_t seed = 0;
  /// Rounds without gain after which the search ends.
  int64_t patience = 24;
  /// Bound on the work: comparisons of an element with a threshold.
  int64_t maxComparisons = int64_t(1) << 34;
};

struct ChannelOrder {
  /// Position p takes channel `channels[p]`. The identity where nothing better
  /// was found.
  std::vector<int64_t> channels;
  /// Shares of magnitude kept, averaged over the tensors: in the order they
  /// had, and in this one.
  double keptBefore = 1;
  double keptAfter = 1;

  bool isIdentity() const;
};

/// Looks for the order of `numChannels` channels, shared by all tensors, in
/// which their series keep the largest share of magnitude, averaged over the
/// tensors. Never worse than the order they have; the same for any pool.
/// Errors: an invalid view, columns that are no multiple of the channels, a
/// non-finite element.
llvm::Expected<ChannelOrder>
findChannelOrder(llvm::ArrayRef<ChannelTensor> tensors, int64_t numChannels,
                 const PermutationOptions &options = {},
                 llvm::ThreadPoolInterface *pool = nullptr);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_PERMUTATION_H
