//===- Stall.h - Why a unit stands still ---------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_STALL_H
#define TASD_SIMULATOR_STALL_H

#include "llvm/ADT/StringRef.h"

#include <array>
#include <cstdint>

namespace tasd::simulator {

/// Why the array stands still.
enum class StallCause : uint8_t {
  StartUp,
  DmaLatency,
  DramBandwidth,
  BufferSlots,
  BufferReadPort,
  BufferWritePort,
  BufferBanks,
  LanePorts,
  AccumulatorPorts,
  AccumulatorSlots,
  PartialSums,
  TasdUnits,
  Drain,
};
constexpr size_t kNumStallCauses = static_cast<size_t>(StallCause::Drain) + 1;

/// In the words of statistics: "dma_latency".
llvm::StringRef getName(StallCause cause);
/// One sentence: what the array waits for.
llvm::StringRef getDescription(StallCause cause);

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_STALL_H
