//===- DrawnLayers.h - Layers and mappings drawn at random ---- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SIMULATOR_DRAWNLAYERS_H
#define TASD_UNITTESTS_SIMULATOR_DRAWNLAYERS_H

#include "tasd/Cost/Cost.h"

#include <random>

namespace tasd::simulator::test {

/// A work, and a mapping by which a machine runs it.
struct DrawnLayer {
  std::string machineName;
  machine::Machine machine;
  cost::Work work;
  cost::Mapping mapping;

  /// What to say of it when a test fails.
  std::string describe() const;
};

/// How large a layer is drawn.
struct DrawnSize {
  /// Factors of the dimensions outside the lanes, at most.
  int64_t maxFactor = 8;
  /// Columns that one pass streams, at most; a power of two.
  int64_t maxStreamed = 128;
  /// Multiply-adds as if dense; by default about those of the smallest and the
  /// largest layers of ResNet-50.
  double minMacs = 12e6, maxMacs = 250e6;
};

/// Draws a layer. The same random numbers give the same layer.
DrawnLayer drawLayer(std::mt19937 &random, const DrawnSize &size);

} // namespace tasd::simulator::test

#endif // TASD_UNITTESTS_SIMULATOR_DRAWNLAYERS_H
