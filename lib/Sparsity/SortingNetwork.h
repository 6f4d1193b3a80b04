//===- SortingNetwork.h - Sorting networks of powers of two -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Batcher's odd-even merge sort as a list of pairs, made by the compiler.
//
// Everything here has internal linkage: the header is compiled for several
// instruction sets, whose code the linker must not merge.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_SORTINGNETWORK_H
#define TASD_LIB_SPARSITY_SORTINGNETWORK_H

namespace tasd::sparsity {
namespace {

/// Compare and exchange: the larger goes to `first`.
struct Comparator {
  int first, second;
};

/// Calls `fn(first, second)` for every comparator that merges neighbouring
/// sorted runs of `run` values, a power of two.
template <typename Fn>
constexpr void forEachMergeComparator(int size, int run, Fn &&fn) {
  for (int step = run; step >= 1; step /= 2)
    for (int begin = step % run; begin + step < size; begin += 2 * step)
      for (int i = begin; i < begin + step && i + step < size; ++i)
        if (i / (2 * run) == (i + step) / (2 * run))
          fn(i, i + step);
}

/// Calls `fn(first, second)` for every comparator that sorts `size` values, a
/// power of two, into descending order.
template <typename Fn> constexpr void forEachComparator(int size, Fn &&fn) {
  for (int run = 1; run < size; run *= 2)
    forEachMergeComparator(size, run, fn);
}

constexpr int countComparators(int size) {
  int count = 0;
  forEachComparator(size, [&count](int, int) { ++count; });
  return count;
}

template <int size> struct SortingNetwork {
  static constexpr int numComparators = countComparators(size);
  Comparator comparators[numComparators] = {};

  constexpr SortingNetwork() {
    int next = 0;
    forEachComparator(size, [this, &next](int first, int second) {
      comparators[next++] = {first, second};
    });
  }
};

} // namespace
} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_SORTINGNETWORK_H
