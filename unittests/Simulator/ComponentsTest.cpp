//===- ComponentsTest.cpp - The rules of single components ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Simulator/Dram.h"
#include "Simulator/Footprint.h"
#include "Simulator/Port.h"
#include "Simulator/Ring.h"
#include "Simulator/Walker.h"

#include "gtest/gtest.h"

using namespace tasd::simulator;

/// Serves up to the end.
static void drain(DramServer &server, EventQueue &events) {
  while (!events.empty()) {
    Ticks now = events.pop();
    while (server.advance(now))
      ;
  }
}

static DramRequest getRequest(uint64_t position, double ready, Ticks work) {
  DramRequest request;
  request.position = position;
  request.ready = toTicks(ready);
  request.work = work;
  return request;
}

TEST(Dram, ServesAtItsRate) {
  EventQueue events;
  DramServer server(events, 32, 8);
  DramRequest request = getRequest(0, 10, server.getWork(320));
  server.submit(request);
  drain(server, events);
  EXPECT_TRUE(request.done);
  EXPECT_EQ(request.begin, toTicks(10));
  EXPECT_EQ(request.end, toTicks(20));
  EXPECT_EQ(server.getBusy(), toTicks(10));
}

TEST(Dram, ServesFirstWhatIsNeededSoonest) {
  EventQueue events;
  DramServer server(events, 32, 8);
  DramRequest late = getRequest(5, 0, server.getWork(320));
  DramRequest soon = getRequest(2, 0, server.getWork(320));
  server.submit(late);
  server.submit(soon);
  drain(server, events);
  EXPECT_EQ(soon.end, toTicks(10));
  EXPECT_EQ(late.end, toTicks(20));
}

/// A burst of 64 words takes 2 cycles.
TEST(Dram, GivesWayAfterABurst) {
  EventQueue events;
  DramServer server(events, 32, 64);
  DramRequest late = getRequest(5, 0, server.getWork(320));
  DramRequest soon = getRequest(2, 3, server.getWork(64));
  server.submit(late);
  server.submit(soon);
  drain(server, events);
  EXPECT_EQ(soon.begin, toTicks(4));
  EXPECT_EQ(soon.end, toTicks(6));
  EXPECT_EQ(late.end, toTicks(12));
}

TEST(Port, PassesRequestsInTheirOrder) {
  Port port(10, 2, 4, 1);
  EXPECT_EQ(port.request(0, 100).passed, toTicks(5));
  EXPECT_EQ(port.request(0, 100).passed, toTicks(10));
  EXPECT_EQ(port.request(toTicks(30), 20).passed, toTicks(31));
  EXPECT_EQ(port.getBusy(), toTicks(11));
}

/// 8 banks give a line of 4 words each in 3.2 cycles.
TEST(Port, AShortRequestWaitsForItsBank) {
  Port port(10, 1, 4, 8);
  Port::Times times = port.request(0, 4);
  EXPECT_EQ(times.passed, toTicks(0.4));
  EXPECT_EQ(times.banks, toTicks(3.2));
  EXPECT_EQ(Port(10, 1, 4, 8).request(0, 32).banks, toTicks(3.2));
}

TEST(Port, AStreamEndsNoSoonerThanItComes) {
  Port port(10, 1, 4, 1);
  EXPECT_EQ(port.passStream(toTicks(5), toTicks(50), 100), toTicks(50));
  EXPECT_EQ(port.passStream(toTicks(10), toTicks(12), 100), toTicks(25));
}

TEST(Ring, HandsTilesOutInOrder) {
  RingState ring(2);
  EXPECT_EQ(ring.issue(), 0u);
  EXPECT_EQ(ring.issue(), 1u);
  EXPECT_FALSE(ring.hasFree());
  ring.fill(1, {});
  EXPECT_FALSE(ring.isFull(0));
  EXPECT_FALSE(ring.isFull(1));
  ring.fill(0, {});
  EXPECT_TRUE(ring.isFull(0));
  EXPECT_TRUE(ring.isFull(1));
  ring.release();
  EXPECT_TRUE(ring.hasFree());
}

/// for 2 { signal; for 3 { wait }; signal }
static Program getNest() {
  Program program;
  program.numTokens = 1;
  program.instructions = {LoopBegin{2}, Signal{}, LoopBegin{3}, Wait{},
                          LoopEnd{},    Signal{}, LoopEnd{}};
  return program;
}

TEST(Walker, StopsAtItsOwn) {
  Program program = getNest();
  ProgramIndex index(program);
  Walker walker(index, [](const Instruction &instruction) {
    return std::holds_alternative<Signal>(instruction);
  });
  std::vector<size_t> places;
  std::vector<uint64_t> positions;
  for (; walker.get(); walker.next()) {
    places.push_back(walker.getPlace());
    positions.push_back(walker.getPosition());
  }
  EXPECT_EQ(places, (std::vector<size_t>{1, 5, 1, 5}));
  EXPECT_TRUE(llvm::is_sorted(positions));
}

TEST(Walker, EvaluatesOffsets) {
  Program program = getNest();
  ProgramIndex index(program);
  Walker walker(index, [](const Instruction &instruction) {
    return std::holds_alternative<Wait>(instruction);
  });
  Offset offset;
  offset.summands = {{0, 10}, {1, 1}};
  std::vector<int64_t> offsets;
  for (; walker.get(); walker.next())
    offsets.push_back(walker.evaluate(offset));
  EXPECT_EQ(offsets, (std::vector<int64_t>{0, 1, 2, 10, 11, 12}));
}

/// An image of 6 x 6 pixels and 2 channels, windows of 3 x 3.
static TensorArgument getImage() {
  TensorArgument image;
  image.shape = {6, 6, 2};
  image.rows.digits = {{4, 0, 1}, {4, 1, 1}};
  image.columns.digits = {{3, 0, 1}, {3, 1, 1}, {2, 2, 1}};
  return image;
}

TEST(Footprint, CountsSharedElementsOnce) {
  TensorArgument image = getImage();
  Footprint footprint(image);
  EXPECT_EQ(footprint.countElements({0, 16}, {0, 18}), 72);
  EXPECT_EQ(footprint.countElements({0, 1}, {0, 18}), 18);
  EXPECT_EQ(footprint.countElements({0, 4}, {0, 18}), 3 * 6 * 2);
  EXPECT_EQ(footprint.countElements({0, 16}, {0, 2}), 16 * 2);
  // The last pixel of one row and the first of the next.
  EXPECT_EQ(footprint.countElements({3, 2}, {0, 18}), (9 + 9) * 2);
  // Past the end there is nothing.
  EXPECT_EQ(footprint.countElements({16, 4}, {0, 18}), 0);
}

TEST(Footprint, CountsPaddingOfOtherTensors) {
  TensorArgument matrix;
  matrix.shape = {5, 7};
  matrix.rows.digits = {{5, 0, 1}};
  matrix.columns.digits = {{7, 1, 1}};
  EXPECT_EQ(Footprint(matrix).countElements({4, 4}, {0, 16}), 64);
}
