//===- TermExtraction.h - TASD units beside the array --------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// TASD units read what stays in the lanes, an *extraction*, through what the
// array leaves free of the port, and work on it as it comes. They read an
// extraction ahead of their work, and work one ahead of the lanes. Both go on
// evenly, round after round.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_TERMEXTRACTION_H
#define TASD_LIB_COST_TERMEXTRACTION_H

#include "RunTimeline.h"

namespace tasd::cost {

class TermExtraction {
public:
  explicit TermExtraction(const RunShape &shape) : shape(shape) {}

  bool exists() const { return shape.extractWorkCycles > 0; }
  bool isReading() const { return reading; }
  int64_t getNumRead() const { return numRead; }
  /// Whether the terms of a share of an extraction are there.
  bool hasTerms(int64_t extraction, double share) const;

  /// Begins and ends what can be, `isThere` the tile of what is read next;
  /// whether anything did.
  bool update(bool isThere);
  /// The lanes have taken all terms of the next extraction.
  void leave() { ++numLeft; }

  /// Cycles until something changes, the port being free for a share of them.
  double findNext(double freeShare) const;
  void advance(double cycles, double freeShare);

private:
  double getReadRate(double freeShare) const;
  double getWorkRate(double freeShare) const;
  double getAvailable() const;

  const RunShape &shape;
  bool reading = false;
  /// The shares of the extractions that are read and worked on.
  double read = 0, worked = 0;
  int64_t numRead = 0, numWorked = 0, numLeft = 0;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_TERMEXTRACTION_H
