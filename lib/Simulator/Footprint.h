//===- Footprint.h - What a tile touches of a tensor ---------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The elements of a tensor that a tile touches. Where rows and columns move
// along the same dimension, as in a window, an element that stands at several
// places of the tile counts once.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_FOOTPRINT_H
#define TASD_LIB_SIMULATOR_FOOTPRINT_H

#include "tasd/Simulator/Program.h"

#include <map>

namespace tasd::simulator {

/// Consecutive coordinates of an axis.
struct CoordinateRange {
  int64_t begin = 0, size = 0;
};

class Footprint {
public:
  explicit Footprint(const TensorArgument &argument);

  /// Elements in the tile of `rows` and `columns`. In a window those of the
  /// tensor alone; elsewhere what lies past the extents counts too.
  double countElements(CoordinateRange rows, CoordinateRange columns);

private:
  double countDistinct(CoordinateRange rows, CoordinateRange columns) const;

  const TensorArgument &argument;
  bool isWindow;
  /// Tiles counted before, by begins and sizes.
  std::map<std::array<int64_t, 4>, double> known;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_FOOTPRINT_H
