//===- LanePasses.h - The passes of a body -------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each pass reads B while the lanes get A of the next one, mostly through the
// same port. Whoever asks first goes first: B where passes follow each other, A
// where the array waited.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_LANEPASSES_H
#define TASD_LIB_COST_LANEPASSES_H

#include "RunTimeline.h"

#include <array>

namespace tasd::cost {

class LanePasses {
public:
  explicit LanePasses(const RunShape &shape) : shape(shape) {}

  /// When the lanes have A of the next body, whose tile came at `there`.
  double getFetchEnd(double there) const;
  /// A stays in the lanes in the next body.
  void keepA();
  /// Starts a body, all tiles of which are there at `ready`; when its last pass
  /// starts.
  double start(double now, double there, double ready);
  /// Starts the last pass, which the fetch for the next body may go beside;
  /// when it ends.
  double startLast(double now, bool fetchesNext);

private:
  void fetch(double time, double cycles);
  double run(double now, double askedAt, const PassShape &pass,
             double fetchCycles);

  const RunShape &shape;
  /// Until when ports are busy: that of A, and that of B where it has another.
  std::array<double, 2> portFree = {};
  /// Whether A of the next body has been fetched, and when the last A was.
  bool isFetched = false;
  double fetchEnd = 0;
  /// When the last pass ended, and when the array asked for the one that comes.
  double passEnd = 0, asked = 0;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_LANEPASSES_H
