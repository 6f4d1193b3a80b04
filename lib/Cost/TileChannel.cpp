//===- TileChannel.cpp - Tiles on their way in a run ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileChannel.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace tasd::cost;

/// Cycles that rounding may leave of any work.
static constexpr double kTiny = 1e-6;

std::optional<TileRequest> TileChannel::serve(double now) {
  std::optional<TileRequest> done;
  if (current >= 0)
    requests[current].work -= now - servedSince;
  if (current >= 0 && requests[current].work <= kTiny) {
    done = requests[current];
    requests.erase(requests.begin() + current);
  }
  current = -1;
  for (auto [index, request] : llvm::enumerate(requests))
    if (request.ready <= now &&
        (current < 0 || request.isBefore(requests[current])))
      current = index;
  servedSince = now;
  return done;
}

double TileChannel::findNextTime(double now) const {
  double next = current >= 0 ? now + requests[current].work : kNever;
  for (const TileRequest &request : requests)
    if (request.ready > now)
      next = std::min(next, request.ready);
  return next;
}
