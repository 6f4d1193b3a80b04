//===- Statistics.h - Counts of passes that always count --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An LLVM built without asserts has no statistics: mlir::Pass::Statistic is an
// empty class there, its constructor and the printer of --mlir-pass-statistics
// stand in libMLIR, and whoever compiles the class with a counter in it leaves
// that counter uninitialised. Distributions build LLVM so. For such an LLVM the
// build lets the classes that mlir-tblgen makes of our Passes.td use
// PassStatistic in its place (cmake/TASDPasses.cmake), which counts always, and
// enablePassStatistics prints it. With any other LLVM upstream's class stays,
// nothing here is used, and enablePassStatistics prints nothing more than
// upstream does.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_PASS_STATISTICS_H
#define TASD_PASS_STATISTICS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/StringRef.h"

#include <atomic>
#include <cstdint>

namespace mlir {
class Pass;
class PassManager;
} // namespace mlir

namespace mlir::tasd {

/// A count that belongs to a pass, constructed as mlir::Pass::Statistic is. The
/// threads of one run of a pass may add to it at the same time.
class PassStatistic {
public:
  /// `owner` outlives the statistic, `name` and `description` the process.
  PassStatistic(Pass *owner, StringRef name, StringRef description);
  ~PassStatistic();
  PassStatistic(const PassStatistic &) = delete;
  PassStatistic &operator=(const PassStatistic &) = delete;

  PassStatistic &operator++() { return *this += 1; }
  PassStatistic &operator+=(uint64_t count) {
    value.fetch_add(count, std::memory_order_relaxed);
    return *this;
  }

  StringRef getName() const { return name; }
  StringRef getDescription() const { return description; }
  /// Returns the count and starts again at zero.
  uint64_t take() { return value.exchange(0, std::memory_order_relaxed); }

private:
  Pass *owner;
  StringRef name, description;
  std::atomic<uint64_t> value{0};
};

/// Prints, when `manager` is destroyed, what the passes it ran have counted:
/// sorted by flag, over all runs and threads, in upstream's format. Call it
/// beside `manager.enableStatistics()`, which prints the heading.
void enablePassStatistics(PassManager &manager);

} // namespace mlir::tasd

#endif // TASD_PASS_STATISTICS_H
