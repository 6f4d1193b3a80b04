//===- TermExtraction.cpp - TASD units beside the array -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TermExtraction.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace tasd::cost;

/// Shares that differ by less are equal.
static constexpr double kRounding = 1e-9;

bool TermExtraction::hasTerms(int64_t extraction, double share) const {
  return extraction < numWorked ||
         (extraction == numWorked && worked >= share - kRounding);
}

/// What is read of the extraction that is worked on.
double TermExtraction::getAvailable() const {
  if (numRead > numWorked)
    return 1;
  return reading ? read : 0;
}

bool TermExtraction::update(bool isThere) {
  if (reading && read >= 1 - kRounding) {
    reading = false;
    ++numRead;
    return true;
  }
  if (worked >= 1 - kRounding) {
    worked = 0;
    ++numWorked;
    return true;
  }
  if (reading || !isThere || numRead > numWorked + 1)
    return false;
  reading = true;
  read = shape.extractReadCycles > 0 ? 0 : 1;
  return true;
}

double TermExtraction::getReadRate(double freeShare) const {
  return reading && read < 1 ? freeShare / shape.extractReadCycles : 0;
}

double TermExtraction::getWorkRate(double freeShare) const {
  if (numWorked > numLeft + 1)
    return 0;
  double rate = 1 / shape.extractWorkCycles, available = getAvailable();
  if (worked < available - kRounding)
    return rate;
  bool follows = reading && numRead == numWorked;
  return follows ? std::min(rate, getReadRate(freeShare)) : 0;
}

double TermExtraction::findNext(double freeShare) const {
  double next = std::numeric_limits<double>::infinity();
  double readRate = getReadRate(freeShare), workRate = getWorkRate(freeShare);
  if (readRate > 0)
    next = std::min(next, (1 - read) / readRate);
  if (workRate <= 0)
    return next;
  // A pass takes its share.
  double passes = shape.passes.front().count;
  double taken = std::floor(worked * passes + kRounding) + 1;
  next = std::min(next, (taken / passes - worked) / workRate);
  double ahead = getAvailable() - worked;
  bool follows = reading && numRead == numWorked;
  if (follows && ahead > kRounding && workRate > readRate)
    next = std::min(next, ahead / (workRate - readRate));
  return next;
}

void TermExtraction::advance(double cycles, double freeShare) {
  double readRate = getReadRate(freeShare), workRate = getWorkRate(freeShare);
  read = std::min(1.0, read + cycles * readRate);
  worked = std::min(1.0, worked + cycles * workRate);
}
