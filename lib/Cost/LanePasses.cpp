//===- LanePasses.cpp - The passes of a body ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LanePasses.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace tasd::cost;

double LanePasses::getFetchEnd(double there) const {
  if (isFetched)
    return fetchEnd;
  return std::max(there, portFree[0]) + shape.passes.front().readA;
}

void LanePasses::keepA() {
  isFetched = true;
  fetchEnd = 0;
}

void LanePasses::fetch(double time, double cycles) {
  fetchEnd = portFree[0] = std::max(portFree[0], time) + cycles;
}

/// Runs a pass, that the array asked for at `askedAt`, beside the fetch for the
/// next one, if that takes any cycles; returns when the next one may start.
double LanePasses::run(double now, double askedAt, const PassShape &pass,
                       double fetchCycles) {
  bool isFetchFirst = fetchEnd >= askedAt;
  if (fetchCycles > 0 && isFetchFirst)
    fetch(now, fetchCycles);
  double &port = portFree[shape.sharesPort ? 0 : 1];
  double begin = pass.readB > 0 ? std::max(now, port) : now;
  if (pass.readB > 0)
    port = begin + pass.readB;
  if (fetchCycles > 0 && !isFetchFirst)
    fetch(now, fetchCycles);
  passEnd = std::max(now + pass.steps, begin + pass.endB);
  return fetchCycles > 0 ? std::max(passEnd, fetchEnd) : passEnd;
}

double LanePasses::start(double now, double there, double ready) {
  if (!isFetched)
    fetch(there, shape.passes.front().readA);
  isFetched = false;
  asked = std::max(ready, passEnd);
  auto runNext = [&](const PassShape &pass, double fetchCycles) {
    now = run(now, asked, pass, fetchCycles);
    asked = passEnd;
  };
  for (auto [index, pass] : llvm::enumerate(shape.passes)) {
    for (int64_t count = pass.count; --count > 0;)
      runNext(pass, pass.readA);
    if (index + 1 != shape.passes.size())
      runNext(pass, shape.passes[index + 1].readA);
  }
  return now;
}

double LanePasses::startLast(double now, bool fetchesNext) {
  isFetched = fetchesNext;
  run(now, asked, shape.passes.back(),
      fetchesNext ? shape.passes.front().readA : 0);
  return passEnd;
}
