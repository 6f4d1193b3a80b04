//===- RunTimeline.cpp - A run of a layer, tile by tile -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunTimeline.h"

#include "LanePasses.h"
#include "TermExtraction.h"
#include "TileChannel.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

using namespace tasd::cost;

namespace {
class Timeline {
public:
  explicit Timeline(const RunShape &shape);
  RunTimes run();

private:
  static constexpr unsigned kStream = 3;

  bool isLoaded(int64_t tile) const;
  bool issueTiles();
  bool issueSums();
  void request(unsigned unit, int64_t body, int64_t tile, double work);
  bool serve();
  double getTimeOfA(int64_t body) const;
  double findFetchEnd() const;
  bool startBody();
  bool startLastPass();
  bool isBodyDone() const;
  bool finishBody();
  bool hasTermsOfPass(int64_t pass) const;
  bool startPass();
  double getFreeShare() const;
  bool extract();
  void advance(double next);
  bool store();
  double findNextTime() const;
  bool step();

  const RunShape &shape;
  std::array<TileSlots, 3> rings;
  int64_t distance = 1;
  bool revisits = false;
  double now = 0;

  TileChannel channel;

  int64_t body = 0;
  bool isInBody = false, isInLastPass = false, streamed = true,
       hasStreamed = false;
  double bodyEnd = 0, firstBody = 0;
  LanePasses lanes;
  /// With TASD units: the pass that starts next, when the last one ends, and
  /// until when it keeps the port busy.
  size_t term = 0;
  int64_t passOfTerm = 0;
  double passEnd = 0, portBusy = 0;
  TermExtraction extraction;

  int64_t numEnded = 0, numStored = 0;
  double storeEnd = kNever;
};
} // namespace

Timeline::Timeline(const RunShape &shape)
    : shape(shape),
      rings{TileSlots(shape.a), TileSlots(shape.b), TileSlots(shape.z)},
      lanes(shape), extraction(shape) {
  for (const SumLoop &loop : shape.sumLoops) {
    revisits |= loop.alongK;
    distance = loop.alongK ? 1 : distance * loop.bound;
  }
}

/// The first visit of a tile of sums loads nothing.
bool Timeline::isLoaded(int64_t tile) const {
  if (shape.accumulates)
    return true;
  for (const SumLoop &loop : llvm::reverse(shape.sumLoops)) {
    if (loop.alongK && tile % loop.bound != 0)
      return true;
    tile /= loop.bound;
  }
  return false;
}

void Timeline::request(unsigned unit, int64_t body, int64_t tile, double work) {
  bool waits = unit != kStream || !hasStreamed;
  int64_t span = unit == kStream ? 0 : rings[unit].shape.span;
  channel.submit(
      {body, span, unit, waits ? now + shape.latency : now, work, tile});
}

bool Timeline::issueTiles() {
  bool progressed = false;
  for (unsigned unit : {0, 1}) {
    TileSlots &ring = rings[unit];
    while (ring.exists() && ring.mayIssue(shape.numBodies / ring.shape.span)) {
      int64_t tile = ring.issue();
      request(unit, tile * ring.shape.span, tile, ring.shape.loadCycles);
      progressed = true;
    }
  }
  return progressed;
}

/// A tile of sums is loaded when an earlier visit has stored it.
bool Timeline::issueSums() {
  TileSlots &ring = rings[2];
  bool progressed = false;
  while (ring.mayIssue(shape.numBodies / ring.shape.span) &&
         (!revisits || ring.issued < numStored + distance)) {
    int64_t tile = ring.issue();
    if (isLoaded(tile))
      request(2, tile * ring.shape.span, tile, ring.shape.loadCycles);
    else
      ring.fill(tile, now);
    progressed = true;
  }
  return progressed;
}

bool Timeline::serve() {
  std::optional<TileRequest> done = channel.serve(now);
  if (!done)
    return false;
  if (done->unit == kStream)
    streamed = true;
  else
    rings[done->unit].fill(done->tile, now);
  return true;
}

/// When the tile is there that the lanes hold a part of in `body`.
double Timeline::getTimeOfA(int64_t body) const {
  return rings[0].exists() ? rings[0].getTimeOf(body) : shape.latency;
}

/// When the lanes have what they hold first in the body that comes next.
double Timeline::findFetchEnd() const {
  if (extraction.exists())
    return hasTermsOfPass(0) ? now : kNever;
  return lanes.getFetchEnd(getTimeOfA(body));
}

bool Timeline::startBody() {
  if (isInBody || body == shape.numBodies)
    return false;
  double ready = 0;
  for (TileSlots &ring : rings)
    if (ring.exists())
      ready = std::max(ready, ring.getTimeOf(body));
  bodyEnd = std::max(ready, findFetchEnd());
  if (bodyEnd > now)
    return false;
  if (body == 0)
    firstBody = now;
  isInBody = true;
  isInLastPass = false;
  bodyEnd =
      extraction.exists() ? kNever : lanes.start(now, getTimeOfA(body), ready);
  term = 0;
  passOfTerm = 0;
  if (shape.streamCycles > 0) {
    request(kStream, body, 0, shape.streamCycles);
    hasStreamed = true;
    streamed = false;
  }
  return true;
}

/// A of the next body is fetched beside it if its tile is there.
bool Timeline::startLastPass() {
  if (!isInBody || isInLastPass || now < bodyEnd || extraction.exists())
    return false;
  isInLastPass = true;
  int64_t next = body + 1;
  bool isNew = next != shape.numBodies && next % shape.fetchSpan == 0;
  bodyEnd = lanes.startLast(now, isNew && getTimeOfA(next) <= now);
  if (!isNew)
    lanes.keepA();
  return true;
}

bool Timeline::finishBody() {
  if (!isInBody || !isBodyDone() || !streamed)
    return false;
  isInBody = false;
  bodyEnd = kNever;
  for (unsigned unit : {0, 1})
    if (rings[unit].exists() && rings[unit].endsTile(body))
      rings[unit].release();
  numEnded += rings[2].endsTile(body);
  ++body;
  if (extraction.exists() && body % shape.fetchSpan == 0)
    extraction.leave();
  return true;
}

bool Timeline::isBodyDone() const {
  if (!extraction.exists())
    return isInLastPass && now >= bodyEnd;
  return term == shape.passes.size() && now >= passEnd;
}

//===----------------------------------------------------------------------===//
// TASD units
//===----------------------------------------------------------------------===//

bool Timeline::hasTermsOfPass(int64_t pass) const {
  double share = (pass + 1.0) / shape.passes.front().count;
  return extraction.hasTerms(body / shape.fetchSpan, share);
}

/// A pass of the first term starts when its terms are there. B goes before the
/// next round that the units read.
bool Timeline::startPass() {
  if (!extraction.exists() || !isInBody || now < passEnd || isBodyDone())
    return false;
  if (term == 0 && !hasTermsOfPass(passOfTerm))
    return false;
  const PassShape &pass = shape.passes[term];
  portBusy = now + (shape.sharesPort ? pass.readB : 0);
  passEnd = now + std::max(pass.steps, pass.endB);
  if (extraction.isReading())
    passEnd = std::max(passEnd, portBusy + shape.roundReadCycles);
  if (++passOfTerm == pass.count) {
    passOfTerm = 0;
    ++term;
  }
  return true;
}

bool Timeline::extract() {
  if (!extraction.exists())
    return false;
  int64_t first = extraction.getNumRead() * shape.fetchSpan;
  return extraction.update(first < shape.numBodies && getTimeOfA(first) <= now);
}

/// The share of the port that is free for TASD units.
double Timeline::getFreeShare() const { return now < portBusy ? 0 : 1; }

/// Time goes on.
void Timeline::advance(double next) {
  if (extraction.exists())
    extraction.advance(next - now, getFreeShare());
  now = next;
}

bool Timeline::store() {
  bool progressed = false;
  if (storeEnd <= now) {
    storeEnd = kNever;
    ++numStored;
    rings[2].release();
    progressed = true;
  }
  if (storeEnd == kNever && numStored != numEnded) {
    storeEnd = now + shape.storeCycles;
    progressed = true;
  }
  return progressed;
}

double Timeline::findNextTime() const {
  double next = std::min(storeEnd, channel.findNextTime(now));
  if (bodyEnd > now)
    next = std::min(next, bodyEnd);
  if (!extraction.exists())
    return next;
  for (double time : {passEnd, portBusy})
    if (time > now)
      next = std::min(next, time);
  return std::min(next, now + extraction.findNext(getFreeShare()));
}

/// All that can happen now; whether anything did.
bool Timeline::step() {
  bool progressed = store();
  progressed |= issueTiles();
  progressed |= issueSums();
  progressed |= startLastPass();
  progressed |= finishBody();
  progressed |= extract();
  progressed |= startBody();
  progressed |= startPass();
  progressed |= serve();
  return progressed;
}

RunTimes Timeline::run() {
  while (numStored != shape.numBodies / shape.z.span) {
    while (step())
      ;
    double next = findNextTime();
    if (next == kNever)
      break;
    // However long ago it began, time goes on.
    advance(std::max(next, std::nextafter(now, kNever)));
  }
  return {firstBody, now};
}

RunTimes tasd::cost::computeRun(const RunShape &shape) {
  return Timeline(shape).run();
}
