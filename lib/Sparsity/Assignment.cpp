//===- Assignment.cpp - The linear assignment problem ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The Hungarian method on costs, which are gains turned round. Potentials keep
// every reduced cost at least 0 and those of assigned pairs 0; each row joins
// by the shortest path, in reduced costs, to a column that is still free.
//
//===----------------------------------------------------------------------===//

#include "Assignment.h"

#include <limits>

using namespace tasd::sparsity;

namespace {
class Assigner {
public:
  Assigner(llvm::ArrayRef<double> gains, int64_t n)
      : gains(gains), n(n), rowPotentials(n, 0), columnPotentials(n + 1, 0),
        rowOf(n + 1, none), previous(n + 1), distances(n + 1),
        isReached(n + 1) {}

  std::vector<int64_t> run() {
    for (int64_t row = 0; row < n; ++row)
      add(row);
    std::vector<int64_t> columns(n);
    for (int64_t column = 0; column < n; ++column)
      columns[rowOf[column]] = column;
    return columns;
  }

private:
  static constexpr int64_t none = -1;

  /// Assigns one more row. The column n stands for the start of the path.
  void add(int64_t row) {
    rowOf[n] = row;
    std::fill(distances.begin(), distances.end(),
              std::numeric_limits<double>::infinity());
    std::fill(isReached.begin(), isReached.end(), false);
    int64_t column = n;
    while (rowOf[column] != none)
      column = advance(column);
    for (; column != n; column = previous[column])
      rowOf[column] = rowOf[previous[column]];
  }

  /// Relaxes the ways out of `column`; returns the nearest column not reached.
  int64_t advance(int64_t column) {
    isReached[column] = true;
    int64_t row = rowOf[column], nearest = none;
    const double *rowGains = gains.data() + row * n;
    for (int64_t other = 0; other < n; ++other) {
      if (isReached[other])
        continue;
      double reduced =
          -rowGains[other] - rowPotentials[row] - columnPotentials[other];
      if (reduced < distances[other]) {
        distances[other] = reduced;
        previous[other] = column;
      }
      if (nearest == none || distances[other] < distances[nearest])
        nearest = other;
    }
    shift(distances[nearest]);
    return nearest;
  }

  /// Moves the potentials so that the next column is at distance 0.
  void shift(double delta) {
    for (int64_t column = 0; column <= n; ++column) {
      if (isReached[column]) {
        rowPotentials[rowOf[column]] += delta;
        columnPotentials[column] -= delta;
      } else {
        distances[column] -= delta;
      }
    }
  }

  llvm::ArrayRef<double> gains;
  int64_t n;
  std::vector<double> rowPotentials, columnPotentials;
  /// Of each column the row it is assigned to.
  std::vector<int64_t> rowOf, previous;
  std::vector<double> distances;
  std::vector<bool> isReached;
};
} // namespace

std::vector<int64_t> tasd::sparsity::assign(llvm::ArrayRef<double> gains,
                                            int64_t n) {
  return Assigner(gains, n).run();
}
