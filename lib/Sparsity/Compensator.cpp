//===- Compensator.cpp - Rows whose kept values make up for others --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compensator.h"

#include "tasd/Sparsity/Packing.h"

#include "llvm/ADT/STLExtras.h"

#include <Eigen/Cholesky>

#include <cmath>

using namespace tasd::sparsity;
using llvm::ArrayRef;

/// Which elements of a row the series keeps.
std::vector<bool> Compensator::findKept(const RowElements &row) const {
  Ownership ownership = llvm::cantFail(select(row.getView(), series));
  std::vector<bool> kept;
  for (uint8_t owner : ownership.owner)
    kept.push_back(owner != Ownership::unowned);
  return kept;
}

double Compensator::getError(ArrayRef<double> weights,
                             ArrayRef<double> others) const {
  std::vector<double> differences;
  for (auto [weight, other] : llvm::zip(weights, others))
    differences.push_back(weight - other);
  double error = 0;
  int64_t size = moments.getSize(), numColumns = weights.size();
  for (int64_t begin = 0; begin < numColumns; begin += size)
    error += moments.getError(ArrayRef(differences).slice(begin, size));
  return error;
}

/// Sets the kept weights of a window to their best values, where the moments
/// allow it; those dropped are read only.
void Compensator::solveWindow(llvm::MutableArrayRef<double> weights,
                              ArrayRef<int64_t> kept,
                              ArrayRef<int64_t> dropped) const {
  int64_t n = kept.size();
  Eigen::MatrixXd matrix(n, n);
  Eigen::VectorXd target = Eigen::VectorXd::Zero(n);
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < n; ++j)
      matrix(i, j) = moments.get(kept[i], kept[j]) + (i == j ? damping : 0);
    for (int64_t other : dropped)
      target[i] += moments.get(kept[i], other) * weights[other];
  }
  Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> factors(matrix);
  if (factors.info() != Eigen::Success)
    return;
  factors.solveInPlace(target);
  for (int64_t i = 0; i < n; ++i)
    weights[kept[i]] += target[i];
}

/// The best kept values of a row, and zeros.
std::vector<double> Compensator::solve(ArrayRef<double> weights,
                                       const std::vector<bool> &isKept) const {
  std::vector<double> solved(weights.begin(), weights.end());
  int64_t size = moments.getSize(), numColumns = weights.size();
  for (int64_t begin = 0; begin < numColumns; begin += size) {
    llvm::SmallVector<int64_t> kept, dropped;
    for (int64_t i = 0; i < size; ++i)
      if (weights[begin + i] != 0)
        (isKept[begin + i] ? kept : dropped).push_back(i);
    auto window = llvm::MutableArrayRef(solved).slice(begin, size);
    if (!kept.empty() && !dropped.empty())
      solveWindow(window, kept, dropped);
    for (int64_t i : dropped)
      window[i] = 0;
  }
  return solved;
}

/// Whether a series keeps all of a row, and it is finite.
static bool isCovered(const RowElements &row, const std::vector<bool> &kept) {
  for (auto [value, isKept] : llvm::zip(row.getValues(), kept))
    if (!std::isfinite(value) || (value != 0 && !isKept))
      return false;
  return true;
}

std::pair<RowElements, Compensation> Compensator::run(int64_t row) const {
  RowElements original(tensor, row);
  std::vector<double> weights = original.getValues();
  std::vector<bool> kept = findKept(original);
  RowElements plain = original;
  for (auto [column, isKept] : llvm::enumerate(kept))
    if (!isKept)
      plain.set(column, 0);
  Compensation errors;
  errors.output = getError(weights, std::vector<double>(weights.size()));
  errors.errorBefore = errors.errorAfter = getError(weights, plain.getValues());
  if (errors.errorBefore > 0) {
    RowElements solved = original;
    for (auto [column, value] : llvm::enumerate(solve(weights, kept)))
      solved.set(column, value);
    // Other magnitudes may be given to other terms, and then not all be kept.
    double error = getError(weights, solved.getValues());
    if (error < errors.errorBefore && isCovered(solved, findKept(solved))) {
      errors.errorAfter = error;
      errors.numRows = 1;
      plain = std::move(solved);
    }
  }
  return {std::move(plain), errors};
}
