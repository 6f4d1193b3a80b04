//===- RandomWord.h - Random bits by their place ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_COMMON_RANDOMWORD_H
#define TASD_BENCHMARKS_COMMON_RANDOMWORD_H

#include <cstdint>

namespace tasd::benchmarks {

/// A well-mixed 64-bit word for each index (the finaliser of SplitMix64), so
/// that threads draw any part of a sequence.
inline uint64_t getRandomWord(uint64_t index) {
  uint64_t word = index * 0x9e3779b97f4a7c15;
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
  word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
  return word ^ (word >> 31);
}

} // namespace tasd::benchmarks

#endif // TASD_BENCHMARKS_COMMON_RANDOMWORD_H
