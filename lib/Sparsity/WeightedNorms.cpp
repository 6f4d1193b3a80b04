//===- WeightedNorms.cpp - Norms that weigh columns -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/WeightedNorms.h"

#include "tasd/Sparsity/Packing.h"

#include "Chunks.h"
#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"

#include <array>
#include <cmath>
#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

double WeightedNorms::getDroppedShare(size_t series) const {
  return whole == 0 ? 0 : dropped[series] / whole;
}

static Error verifyWeights(ArrayRef<double> weights, int64_t numColumns) {
  if (static_cast<int64_t>(weights.size()) != numColumns)
    return llvm::createStringError("expected " + llvm::Twine(numColumns) +
                                   " weights of columns but got " +
                                   llvm::Twine(weights.size()));
  for (auto [column, weight] : llvm::enumerate(weights))
    if (!(weight >= 0) || std::isinf(weight))
      return llvm::createStringError(
          "expected finite weights of at least 0 but got %g for column %zu",
          weight, column);
  return Error::success();
}

/// Sums that are added up side by side, column k in lane k modulo their number.
using Lanes = std::array<double, 8>;

/// Adds the weighted squares of a segment's elements. What a term owns, by the
/// segment's `owners` if there are any, counts as 0: cheaper than a branch that
/// nothing predicts.
template <typename Magnitude>
static void addSegment(const Segment &segment, const double *weights,
                       const uint8_t *owners, Lanes &lanes) {
  auto *elements =
      reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
  auto add = [&](int64_t i, double &lane) {
    bool isOwned = owners && owners[i] != Ownership::unowned;
    auto key = Magnitude::getKey(elements[i]);
    double value = Magnitude::decode(isOwned ? decltype(key)(0) : key);
    lane += weights[i] * (value * value);
  };
  int64_t i = 0;
  for (; i + 8 <= segment.numColumns; i += 8)
    for (int64_t k = 0; k < 8; ++k)
      add(i + k, lanes[k]);
  for (; i < segment.numColumns; ++i)
    add(i, lanes[i % 8]);
}

/// The weighted squared norm of the elements of rows [rowBegin, rowEnd) that no
/// term owns; of all if there is no ownership.
static double addRows(const TensorView &tensor, ArrayRef<double> weights,
                      const Ownership *ownership, int64_t rowBegin,
                      int64_t rowEnd) {
  Lanes lanes = {};
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    auto add = [&](const Segment &segment) {
      const uint8_t *owners = ownership
                                  ? ownership->owner.data() +
                                        segment.row * ownership->numColumns +
                                        segment.columnBegin
                                  : nullptr;
      addSegment<decltype(magnitude)>(
          segment, weights.data() + segment.columnBegin, owners, lanes);
    };
    forEachSegment(tensor, rowBegin, rowEnd, {2048, {}}, add);
  });
  return std::accumulate(lanes.begin(), lanes.end(), 0.0);
}

static double addAll(const TensorView &tensor, ArrayRef<double> weights,
                     const Ownership *ownership,
                     llvm::ThreadPoolInterface *pool) {
  RowChunks chunks(tensor.blocked.getNumRows(), tensor.blocked.getNumColumns());
  std::vector<double> sums(chunks.size());
  chunks.forEach(pool, [&](int64_t chunk, int64_t begin, int64_t end) {
    sums[chunk] = addRows(tensor, weights, ownership, begin, end);
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

Expected<WeightedNorms> tasd::sparsity::measureWeightedNorms(
    const TensorView &tensor, ArrayRef<Series> series,
    ArrayRef<double> columnWeights, llvm::ThreadPoolInterface *pool) {
  if (Error error = tensor.verify())
    return std::move(error);
  if (Error error =
          verifyWeights(columnWeights, tensor.blocked.getNumColumns()))
    return std::move(error);
  WeightedNorms norms;
  norms.whole = addAll(tensor, columnWeights, nullptr, pool);
  for (const Series &one : series) {
    Expected<Ownership> ownership = select(tensor, one, pool);
    if (!ownership)
      return ownership.takeError();
    norms.dropped.push_back(addAll(tensor, columnWeights, &*ownership, pool));
  }
  return norms;
}
