//===- ProgramCache.h - Programs that were read before ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_RUNTIME_PROGRAMCACHE_H
#define TASD_RUNTIME_PROGRAMCACHE_H

#include "tasd/Simulator/Program.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"

#include <list>
#include <memory>
#include <mutex>

namespace tasd::runtime {

/// Programs for one machine, each read and verified once for as long as it is
/// kept: a launch in a loop of the host brings the same bytes again and again.
/// What was used the longest ago goes first. Thread-safe.
class ProgramCache {
public:
  static constexpr size_t kDefaultCapacityBytes = 64 << 20;

  /// Keeps programs for `machine`, which has to outlive this, whose binary
  /// forms have `capacityBytes` together at most.
  explicit ProgramCache(const machine::Machine &machine,
                        size_t capacityBytes = kDefaultCapacityBytes)
      : machine(machine), capacityBytes(capacityBytes) {}

  /// The program of these bytes, which is valid on the machine. Errors, which
  /// are not kept: those of readProgram and verifyProgram.
  llvm::Expected<std::shared_ptr<const simulator::Program>>
  get(llvm::StringRef bytes);

  /// How many programs were read so far.
  size_t getNumReads() const;

private:
  struct Entry {
    std::string bytes;
    std::shared_ptr<const simulator::Program> program;
  };

  void insert(llvm::StringRef bytes,
              std::shared_ptr<const simulator::Program> program);

  const machine::Machine &machine;
  size_t capacityBytes;
  mutable std::mutex mutex;
  /// The last used first; `positions` refers to their bytes.
  std::list<Entry> entries;
  llvm::DenseMap<llvm::StringRef, std::list<Entry>::iterator> positions;
  size_t numBytes = 0, numReads = 0;
};

} // namespace tasd::runtime

#endif // TASD_RUNTIME_PROGRAMCACHE_H
