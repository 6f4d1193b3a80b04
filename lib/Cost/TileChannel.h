//===- TileChannel.h - Tiles on their way in a run ------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The slots of a ring, and the channel to the outermost level that fills them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_TILECHANNEL_H
#define TASD_LIB_COST_TILECHANNEL_H

#include "RunTimeline.h"

#include <limits>
#include <optional>

namespace tasd::cost {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// Tiles of one ring, counted from 0.
class TileSlots {
public:
  explicit TileSlots(const TileRing &shape)
      : shape(shape), filledAt(std::max<int64_t>(shape.slots, 1), kNever) {}

  bool exists() const { return shape.span > 0; }
  int64_t getTile(int64_t body) const { return body / shape.span; }
  bool endsTile(int64_t body) const { return (body + 1) % shape.span == 0; }
  double getTimeOf(int64_t body) const {
    int64_t tile = getTile(body);
    return tile < issued ? filledAt[tile % shape.slots] : kNever;
  }

  bool mayIssue(int64_t numTiles) const {
    return issued < numTiles && issued < released + shape.slots;
  }
  int64_t issue() {
    filledAt[issued % shape.slots] = kNever;
    return issued++;
  }
  void fill(int64_t tile, double time) { filledAt[tile % shape.slots] = time; }
  void release() { ++released; }

  const TileRing &shape;
  int64_t issued = 0, released = 0;

private:
  llvm::SmallVector<double, 3> filledAt;
};

/// Words on their way through the channel.
struct TileRequest {
  /// The first body that needs them, and how many do.
  int64_t body, span;
  unsigned unit;
  double ready, work;
  int64_t tile;

  /// What an earlier body needs goes first, of one body what more bodies need.
  bool isBefore(const TileRequest &other) const {
    return std::tie(body, other.span, unit) <
           std::tie(other.body, span, other.unit);
  }
};

class TileChannel {
public:
  void submit(const TileRequest &request) { requests.push_back(request); }
  /// Serves until now, and then what goes first of what is ready, whatever was
  /// served before; returns what is done.
  std::optional<TileRequest> serve(double now);
  double findNextTime(double now) const;

private:
  llvm::SmallVector<TileRequest, 8> requests;
  /// The request that is served, and since when.
  int current = -1;
  double servedSince = 0;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_TILECHANNEL_H
