//===- Axes.cpp - Coordinates of a layer's product ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Axes.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The first dimension of a series that the loop indexes, with the blocked ones
/// last, in the order of blocks.
static int64_t getPosition(SeriesType series, AffineMap map, unsigned loop) {
  int64_t rank = series.getRank();
  ArrayRef<int64_t> along = series.getAlong();
  for (auto [position, dim] : llvm::enumerate(along))
    if (map.getResult(dim).isFunctionOfDim(loop))
      return rank + position;
  for (int64_t dim = 0; dim < rank; ++dim)
    if (map.getResult(dim).isFunctionOfDim(loop))
      return dim;
  return -1;
}

ProductLoops mlir::tasd::getProductLoops(const Contraction &contraction,
                                         unsigned a) {
  ProductLoops loops;
  for (unsigned loop = 0; loop < contraction.getNumLoops(); ++loop) {
    bool inA = contraction.maps[a].isFunctionOfDim(loop);
    bool inB = contraction.maps[1 - a].isFunctionOfDim(loop);
    if (!contraction.isParallel(loop))
      loops.k.push_back(loop);
    else if (inA && inB)
      loops.products.push_back(loop);
    else
      (inA ? loops.m : loops.n).push_back(loop);
  }
  auto series = dyn_cast<SeriesType>(contraction.types[a]);
  auto comesBefore = [&](unsigned first, unsigned second) {
    if (series)
      return getPosition(series, contraction.maps[a], first) <
             getPosition(series, contraction.maps[a], second);
    return contraction.isWindow(first) && !contraction.isWindow(second);
  };
  llvm::stable_sort(loops.k, comesBefore);
  if (series) {
    llvm::stable_sort(loops.m, comesBefore);
    llvm::stable_sort(loops.products, comesBefore);
  }
  return loops;
}

//===----------------------------------------------------------------------===//
// Axes
//===----------------------------------------------------------------------===//

/// The digit that a loop is in an operand, with a scale of 0 where it moves
/// nothing there; null, with the reason, where none says what the loop moves.
static ttc::DigitAttr getDigit(MLIRContext *context, AffineMap map,
                               unsigned loop, int64_t range,
                               std::string &what) {
  ttc::DigitAttr digit;
  for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
    auto sum = matchIndexSum(expr);
    assert(sum && "expected sums of loops"); // contract_c4
    auto *scaled = llvm::find_if(
        *sum, [&](ScaledLoop scaled) { return scaled.loop == loop; });
    if (scaled == sum->end())
      continue;
    if (digit) {
      what = "a loop indexes two dimensions of an operand";
      return nullptr;
    }
    digit = ttc::DigitAttr::get(context, range, dim, scaled->scale);
  }
  if (digit)
    return digit;
  if (map.getNumResults() != 0)
    return ttc::DigitAttr::get(context, range, /*dimension=*/0, /*scale=*/0);
  what = "a loop repeats a scalar operand";
  return nullptr;
}

/// The digits of one coordinate; loops of a single step are none.
static FailureOr<SmallVector<ttc::DigitAttr>>
getDigits(MLIRContext *context, const Contraction &contraction,
          unsigned operand, ArrayRef<unsigned> loops, std::string &what) {
  SmallVector<int64_t> ranges = contraction.getStaticRanges();
  SmallVector<ttc::DigitAttr> digits;
  for (unsigned loop : loops) {
    if (ranges[loop] == 1)
      continue;
    auto digit =
        getDigit(context, contraction.maps[operand], loop, ranges[loop], what);
    if (!digit)
      return failure();
    digits.push_back(digit);
  }
  return digits;
}

FailureOr<ttc::AxesAttr>
mlir::tasd::getAxes(MLIRContext *context, const Contraction &contraction,
                    unsigned operand, ArrayRef<unsigned> products,
                    ArrayRef<unsigned> rows, ArrayRef<unsigned> columns,
                    std::string &what) {
  auto batch = getDigits(context, contraction, operand, products, what);
  auto row = getDigits(context, contraction, operand, rows, what);
  auto column = getDigits(context, contraction, operand, columns, what);
  if (failed(batch) || failed(row) || failed(column))
    return failure();
  return ttc::AxesAttr::get(context, *batch, *row, *column);
}
