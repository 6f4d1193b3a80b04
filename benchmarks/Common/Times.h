//===- Times.h - Times of a thread, and their medians -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_COMMON_TIMES_H
#define TASD_BENCHMARKS_COMMON_TIMES_H

#include <algorithm>
#include <ctime>
#include <vector>

namespace tasd::benchmarks {

/// The processor time of the calling thread so far, in milliseconds: other
/// programs hardly lengthen it.
inline double getThreadMilliseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) +
         1e-6 * static_cast<double>(time.tv_nsec);
}

/// The upper of the two in the middle where there is an even number of values,
/// of which there is at least one.
inline double getMedian(std::vector<double> values) {
  auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

} // namespace tasd::benchmarks

#endif // TASD_BENCHMARKS_COMMON_TIMES_H
