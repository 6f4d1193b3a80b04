//===- MeasuredCosts.h - Costs of machines that were measured ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is known of a machine whose memories are caches that decide for
// themselves: how long its kernels took on products of many sizes.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_MACHINE_MEASUREDCOSTS_H
#define TASD_MACHINE_MEASUREDCOSTS_H

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace tasd::machine {

/// How a kernel reads operand A.
enum class KernelForm : uint8_t { Dense, Packed };

/// What a kernel of a measured machine takes, in cycles: a sum over what it is
/// asked for. No part is negative.
struct MeasuredKernel {
  std::string name;
  /// Dense, or packed terms of any of the machine's patterns, all at once.
  KernelForm form = KernelForm::Dense;
  /// Whether B is read through the window of a convolution.
  bool readsWindows = false;
  /// The type of A and B, as in MLIR.
  std::string type;
  /// The most columns of B and Z that it is for: of several kernels the first
  /// that fits counts.
  int64_t maxColumns = std::numeric_limits<int64_t>::max();
  /// For each call.
  double callCycles = 0;
  /// For each multiply-add, of stored elements alone.
  double macCycles = 0;
  /// For each element of A that is stored, and each of B and of Z.
  double aCycles = 0, bCycles = 0, zCycles = 0;
};

/// What parts of terms take beside the kernels that multiply them.
struct MeasuredParts {
  /// For each part.
  double callCycles = 0;
  /// For each element of B that is gathered, and each of Z that is scattered.
  double gatherCycles = 0, scatterCycles = 0;
  /// Terms of more parts are compiled in another way, which was not measured.
  int64_t maxCount = 64;
};

/// What layers cost on a machine whose time was measured, in place of a nest of
/// loops over its levels and lanes.
struct MeasuredCosts {
  /// At least one that is dense and reads no windows.
  std::vector<MeasuredKernel> kernels;
  MeasuredParts parts;
};

} // namespace tasd::machine

#endif // TASD_MACHINE_MEASUREDCOSTS_H
