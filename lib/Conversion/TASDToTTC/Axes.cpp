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

/// The dimension of the image along which a loop moves a window; none for other
/// loops.
static std::optional<unsigned> getWindowDim(const Contraction &contraction,
                                            unsigned loop) {
  for (unsigned input : {Contraction::Lhs, Contraction::Rhs})
    for (auto [dim, expr] :
         llvm::enumerate(contraction.maps[input].getResults()))
      if (expr.isFunctionOfDim(loop) && matchLoop(expr) != loop)
        return dim;
  return std::nullopt;
}

/// Neighbouring pixels share most along the last dimension of an image: what
/// the cost model takes for granted.
static void sortByWindows(const Contraction &contraction,
                          SmallVectorImpl<unsigned> &loops, bool windowsFirst) {
  auto getKey = [&](unsigned loop) {
    std::optional<unsigned> dim = getWindowDim(contraction, loop);
    return std::pair(dim.has_value() != windowsFirst, dim);
  };
  llvm::stable_sort(loops, [&](unsigned first, unsigned second) {
    return getKey(first) < getKey(second);
  });
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
  sortByWindows(contraction, loops.m, /*windowsFirst=*/false);
  sortByWindows(contraction, loops.n, /*windowsFirst=*/false);
  sortByWindows(contraction, loops.k, /*windowsFirst=*/true);
  auto series = dyn_cast<SeriesType>(contraction.types[a]);
  if (!series)
    return loops;
  auto comesBefore = [&](unsigned first, unsigned second) {
    return getPosition(series, contraction.maps[a], first) <
           getPosition(series, contraction.maps[a], second);
  };
  for (auto *rows : {&loops.k, &loops.m, &loops.products})
    llvm::stable_sort(*rows, comesBefore);
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
  return ttc::AxesAttr::get(context, *batch, *row, *column,
                            /*gatheredRows=*/nullptr,
                            /*gatheredColumns=*/nullptr);
}
