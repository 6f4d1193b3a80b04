//===- Accelerator.cpp - Machines for random programs ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Accelerator.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Runtime/Launch.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <mutex>

using namespace tasd;
using namespace tasd::differential;

/// The largest block that is drawn.
static constexpr int kMaxBlock = 64;

/// Words of the shared buffer, elements of the accumulators of a sub-partition,
/// and lanes: from one block at a time to a few tiles.
struct Size {
  int64_t buffer, accumulators, lanes;
  const char *mayBypass;
  bool doubleBuffered;
};

static constexpr Size kSizes[Accelerator::kNumMachines] = {
    {2200, 4, 2, "", true},
    {2200, 16, 4, "a, b", false},
    {4096, 8, 4, "", true},
    {65536, 256, 8, "a, b", true}};

static std::string listPatterns() {
  std::string text;
  for (int m = 1; m <= kMaxBlock; ++m)
    for (int n = 1; n <= m; ++n)
      text += llvm::formatv("{0}{1}:{2}", text.empty() ? "" : ", ", n, m).str();
  return text;
}

static void write(llvm::raw_ostream &os, const Size &size) {
  const char *buffered = size.doubleBuffered ? "true" : "false";
  os << "base: ttc-vegeta-m8\nname: differential\nlevels:\n"
     << "  - {name: SMEM, capacity: " << size.buffer << ", may_bypass: ["
     << size.mayBypass << "], double_buffered: " << buffered
     << ", metadata: {width_bits: 64, capacity: 65536}}\n"
     << "  - {name: RF, capacity: " << size.accumulators
     << ", double_buffered: " << buffered << "}\n"
     << "array:\n  sub_partitions: {m: 2}\n  lanes: {m: " << size.lanes
     << ", k: " << size.lanes << "}\n"
     << "a:\n  patterns: [" << listPatterns() << "]\n"
     << "series:\n  max_terms: 3\n";
}

Accelerator::Accelerator(unsigned index) {
  llvm::SmallString<128> path;
  int descriptor;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile(
          "tasd-differential", "yaml", descriptor, path))
    llvm::report_fatal_error("cannot write a machine: " +
                             llvm::Twine(error.message()));
  llvm::raw_fd_ostream os(descriptor, /*shouldClose=*/true);
  write(os, kSizes[index]);
  os.close();
  file = path.str().str();
  machine = llvm::cantFail(machine::loadMachine(file));
}

Accelerator::~Accelerator() { llvm::sys::fs::remove(file); }

namespace {
struct BlockCounter final : simulator::Listener {
  void onDecompose(const simulator::DecomposeCount &count) override {
    blocks += count.blocks;
  }
  double blocks = 0;
};
} // namespace

llvm::Expected<SimulationCounts>
Accelerator::simulate(llvm::function_ref<void()> run) const {
  static std::mutex mutex;
  std::lock_guard<std::mutex> lock(mutex);
  runtime::LaunchContext context(machine);
  BlockCounter counter;
  context.addListener(counter);
  runtime::setLaunchContext(&context);
  run();
  runtime::setLaunchContext(nullptr);
  auto launches = context.take();
  if (!launches)
    return launches.takeError();
  return SimulationCounts{launches->size(), counter.blocks};
}
