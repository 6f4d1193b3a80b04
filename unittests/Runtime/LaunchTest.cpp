//===- LaunchTest.cpp - Launches of programs ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProgram.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/Launch.h"
#include "tasd/Runtime/Runtime.h"
#include "tasd/Simulator/ProgramFile.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using runtime::test::getProgram;

static int64_t getAddress(const void *pointer) {
  return static_cast<int64_t>(reinterpret_cast<uintptr_t>(pointer));
}

namespace {
/// Launches of one program on `tc`.
class RuntimeLaunchTest : public ::testing::Test {
protected:
  RuntimeLaunchTest()
      : machine(llvm::cantFail(machine::loadMachine("tc"))),
        bytes(writeProgram(getProgram(machine))) {}
  ~RuntimeLaunchTest() override { runtime::setLaunchContext(nullptr); }

  /// Calls the ABI with the tensors; b has its columns in reverse.
  void launch() {
    std::vector<int64_t> record = {TASD_RUNTIME_ABI_VERSION,
                                   getAddress(bytes.data()),
                                   static_cast<int64_t>(bytes.size()),
                                   getAddress(layer.data()),
                                   static_cast<int64_t>(layer.size()),
                                   3,
                                   2,
                                   getAddress(a.data()),
                                   2,
                                   4,
                                   4,
                                   1,
                                   2,
                                   getAddress(b.data() + 3),
                                   2,
                                   4,
                                   4,
                                   -1,
                                   2,
                                   getAddress(z.data()),
                                   2,
                                   2,
                                   2,
                                   1};
    tasd_runtime_launch(record.data());
  }

  machine::Machine machine;
  std::string bytes, layer = "layer";
  std::array<int8_t, 8> a = {1, 2, 3, 4, -5, 6, -7, 8};
  std::array<int8_t, 8> b = {0, 0, 0, 1, 4, 3, 2, 1};
  std::array<int32_t, 4> z = {99, 99, 99, 99};
};
using RuntimeLaunchDeathTest = RuntimeLaunchTest;
} // namespace

TEST_F(RuntimeLaunchTest, Computes) {
  runtime::LaunchContext context(machine);
  runtime::setLaunchContext(&context);
  launch();
  EXPECT_EQ(z, (std::array<int32_t, 4>{1, 30, -5, 18}));
  llvm::Expected<std::vector<runtime::Launch>> launches = context.take();
  ASSERT_TRUE(bool(launches)) << llvm::toString(launches.takeError());
  ASSERT_EQ(launches->size(), 1u);
  EXPECT_EQ(launches->front().layer, "layer");
  EXPECT_GT(launches->front().result.cycles, machine.dmaLatencyCycles);
  EXPECT_EQ(launches->front().result.macs.done, 16);
}

TEST_F(RuntimeLaunchTest, TakesTimeAlone) {
  runtime::LaunchContext functional(machine);
  runtime::setLaunchContext(&functional);
  launch();
  z.fill(99);
  runtime::LaunchContext timing(machine, runtime::LaunchMode::Timing);
  runtime::setLaunchContext(&timing);
  launch();
  EXPECT_EQ(z, (std::array<int32_t, 4>{99, 99, 99, 99}));
  EXPECT_EQ(llvm::cantFail(timing.take())[0].result.cycles,
            llvm::cantFail(functional.take())[0].result.cycles);
}

TEST_F(RuntimeLaunchTest, CollectsLaunchesInOrder) {
  runtime::LaunchContext context(machine, runtime::LaunchMode::Timing);
  runtime::setLaunchContext(&context);
  launch();
  layer = "other";
  launch();
  std::vector<runtime::Launch> launches = llvm::cantFail(context.take());
  ASSERT_EQ(launches.size(), 2u);
  EXPECT_EQ(launches[0].layer, "layer");
  EXPECT_EQ(launches[1].layer, "other");
  EXPECT_TRUE(llvm::cantFail(context.take()).empty());
}

namespace {
struct MacListener : Listener {
  void onMacs(const MacCount &count) override { done += count.done; }
  double done = 0;
};
} // namespace

TEST_F(RuntimeLaunchTest, TellsListeners) {
  MacListener listener;
  runtime::LaunchContext context(machine);
  context.addListener(listener);
  runtime::setLaunchContext(&context);
  launch();
  launch();
  EXPECT_EQ(listener.done, 32);
}

TEST_F(RuntimeLaunchTest, StopsAtErrors) {
  std::string good = bytes;
  runtime::LaunchContext context(machine);
  runtime::setLaunchContext(&context);
  Program other = getProgram(machine);
  other.machineHash ^= 1;
  bytes = writeProgram(other);
  launch();
  bytes = good;
  launch();
  EXPECT_EQ(z[0], 99);
  llvm::Expected<std::vector<runtime::Launch>> launches = context.take();
  ASSERT_FALSE(bool(launches));
  EXPECT_TRUE(llvm::StringRef(llvm::toString(launches.takeError()))
                  .starts_with("layer 'layer': "));
  // Once the error is known, launches run again.
  launch();
  EXPECT_EQ(z[0], 1);
  EXPECT_EQ(llvm::cantFail(context.take()).size(), 1u);
}

TEST_F(RuntimeLaunchTest, RefusesBytesThatAreNoProgram) {
  runtime::LaunchContext context(machine);
  runtime::setLaunchContext(&context);
  bytes.resize(bytes.size() - 1);
  launch();
  llvm::Expected<std::vector<runtime::Launch>> launches = context.take();
  ASSERT_FALSE(bool(launches));
  EXPECT_NE(llvm::toString(launches.takeError()), "");
}

TEST_F(RuntimeLaunchDeathTest, NeedsAContext) {
  EXPECT_DEATH(launch(), "tasd_runtime_launch: expected a launch context");
}
