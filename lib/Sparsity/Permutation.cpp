//===- Permutation.cpp - Order channels for a series ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Permutation.h"

#include "tasd/Sparsity/Metrics.h"

#include "ChannelSearch.h"
#include "Chunks.h"
#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

bool ChannelOrder::isIdentity() const {
  for (auto [position, channel] : llvm::enumerate(channels))
    if (static_cast<int64_t>(position) != channel)
      return false;
  return true;
}

static Error verify(const ChannelTensor &tensor, int64_t numChannels) {
  if (Error error = tensor.tensor.verify())
    return error;
  int64_t numColumns = tensor.tensor.blocked.getNumColumns();
  int64_t step = numChannels * tensor.numInner;
  if (step > 0 ? numColumns % step != 0 : numColumns != 0)
    return llvm::createStringError(
        "expected a multiple of " + llvm::Twine(numChannels) + " channels of " +
        llvm::Twine(tensor.numInner) + " columns but got " +
        llvm::Twine(numColumns) + " columns");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Kept shares
//===----------------------------------------------------------------------===//

/// Calls `fn` with the column and the bits of each element of some rows.
template <typename Bits, typename Fn>
static void forEachElement(const TensorView &tensor, int64_t rowBegin,
                           int64_t rowEnd, Fn &&fn) {
  forEachSegment(
      tensor, rowBegin, rowEnd, {2048, {}}, [&](const Segment &segment) {
        auto *elements = reinterpret_cast<const Bits *>(segment.elements);
        for (int64_t i = 0; i < segment.numColumns; ++i)
          fn(segment.row, segment.columnBegin + i, elements[i]);
      });
}

/// Copies a tensor, row-major, with its channels in another order.
static std::vector<char> copyInOrder(const ChannelTensor &tensor,
                                     ArrayRef<int64_t> order,
                                     llvm::ThreadPoolInterface *pool) {
  const BlockedShape &blocked = tensor.tensor.blocked;
  int64_t numColumns = blocked.getNumColumns(), numChannels = order.size();
  int64_t width = getByteWidth(tensor.tensor.elementType);
  std::vector<int64_t> positions(numChannels);
  for (auto [position, channel] : llvm::enumerate(order))
    positions[channel] = position;
  auto getColumn = [&](int64_t column) {
    int64_t inner = column % tensor.numInner, outer = column / tensor.numInner;
    return ((outer - outer % numChannels) + positions[outer % numChannels]) *
               tensor.numInner +
           inner;
  };
  std::vector<char> copy(blocked.getNumRows() * numColumns * width);
  RowChunks chunks(blocked.getNumRows(), numColumns);
  chunks.forEach(pool, [&](int64_t, int64_t rowBegin, int64_t rowEnd) {
    withMagnitude(tensor.tensor.elementType, [&](auto magnitude) {
      using Bits = typename decltype(magnitude)::Bits;
      forEachElement<Bits>(
          tensor.tensor, rowBegin, rowEnd,
          [&](int64_t row, int64_t column, Bits bits) {
            std::memcpy(&copy[(row * numColumns + getColumn(column)) * width],
                        &bits, width);
          });
    });
  });
  return copy;
}

static Expected<double> getKeptShare(const TensorView &tensor,
                                     const Series &series,
                                     llvm::ThreadPoolInterface *pool) {
  Expected<Metrics> metrics = measure(tensor, series, {}, pool);
  if (!metrics)
    return metrics.takeError();
  if (!std::isfinite(metrics->tensor.magnitude))
    return llvm::createStringError("expected finite elements but got others");
  return 1 - metrics->series.front().getDroppedMagnitudeShare();
}

/// The average over the tensors, their channels in the given order, or as they
/// are where that is empty.
static Expected<double> getKeptShare(ArrayRef<ChannelTensor> tensors,
                                     ArrayRef<int64_t> order,
                                     llvm::ThreadPoolInterface *pool) {
  double sum = 0;
  for (const ChannelTensor &tensor : tensors) {
    std::vector<char> copy;
    TensorView view = tensor.tensor;
    if (!order.empty()) {
      copy = copyInOrder(tensor, order, pool);
      view = TensorView::contiguous(
          copy.data(), view.elementType,
          {view.blocked.getNumRows(), view.blocked.getNumColumns()}, {1});
    }
    Expected<double> share = getKeptShare(view, tensor.series, pool);
    if (!share)
      return share;
    sum += *share;
  }
  return tensors.empty() ? 1 : sum / tensors.size();
}

//===----------------------------------------------------------------------===//
// The search's view
//===----------------------------------------------------------------------===//

/// Whether another order can change what the series keeps, as the search sees
/// it: blocks are bounded, and run over channels.
static bool dependsOnOrder(const ChannelTensor &tensor) {
  return tensor.numInner == 1 && tensor.series.getBlockSize() &&
         tensor.tensor.blocked.getNumRows() > 0 &&
         tensor.tensor.blocked.getNumColumns() > 0;
}

/// Windows become rows: blocks that straddle them, where the channels are no
/// multiple of a block, are as if they did not.
static ChannelMagnitudes getMagnitudes(const ChannelTensor &tensor,
                                       int64_t numChannels, double sum,
                                       llvm::ThreadPoolInterface *pool) {
  const BlockedShape &blocked = tensor.tensor.blocked;
  int64_t numRows = blocked.getNumRows();
  int64_t numWindows = blocked.getNumColumns() / numChannels;
  ChannelMagnitudes result{
      &tensor.series, *tensor.series.getBlockSize(), numRows * numWindows, {}};
  result.magnitudes.resize(result.numRows * numChannels);
  RowChunks chunks(numRows, blocked.getNumColumns());
  chunks.forEach(pool, [&](int64_t, int64_t rowBegin, int64_t rowEnd) {
    withMagnitude(tensor.tensor.elementType, [&](auto magnitude) {
      using M = decltype(magnitude);
      forEachElement<typename M::Bits>(
          tensor.tensor, rowBegin, rowEnd,
          [&](int64_t row, int64_t column, auto bits) {
            int64_t target = (column % numChannels) * result.numRows +
                             row * numWindows + column / numChannels;
            result.magnitudes[target] =
                static_cast<float>(M::decode(M::getKey(bits)) / sum);
          });
    });
  });
  return result;
}

/// The magnitudes of the tensors for which an order matters.
static Expected<std::vector<ChannelMagnitudes>>
getMagnitudes(ArrayRef<ChannelTensor> tensors, int64_t numChannels,
              llvm::ThreadPoolInterface *pool) {
  std::vector<ChannelMagnitudes> magnitudes;
  for (const ChannelTensor &tensor : tensors) {
    if (!dependsOnOrder(tensor))
      continue;
    Expected<Metrics> metrics = measure(tensor.tensor, {}, {}, pool);
    if (!metrics)
      return metrics.takeError();
    if (double sum = metrics->tensor.magnitude)
      magnitudes.push_back(getMagnitudes(tensor, numChannels, sum, pool));
  }
  return magnitudes;
}

Expected<ChannelOrder> tasd::sparsity::findChannelOrder(
    ArrayRef<ChannelTensor> tensors, int64_t numChannels,
    const PermutationOptions &options, llvm::ThreadPoolInterface *pool) {
  for (const ChannelTensor &tensor : tensors)
    if (Error error = verify(tensor, numChannels))
      return std::move(error);
  Expected<double> before = getKeptShare(tensors, {}, pool);
  if (!before)
    return before.takeError();
  ChannelOrder result;
  result.keptBefore = result.keptAfter = *before;
  result.channels.resize(numChannels);
  std::iota(result.channels.begin(), result.channels.end(), 0);
  auto magnitudes = getMagnitudes(tensors, numChannels, pool);
  if (!magnitudes)
    return magnitudes.takeError();
  std::vector<int64_t> order =
      ChannelSearch(*magnitudes, numChannels, (1 - *before) * tensors.size(),
                    options, pool)
          .run();
  Expected<double> after = getKeptShare(tensors, order, pool);
  if (!after)
    return after.takeError();
  if (*after > *before) {
    result.channels = std::move(order);
    result.keptAfter = *after;
  }
  return result;
}
