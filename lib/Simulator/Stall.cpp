//===- Stall.cpp - Why the array stands still -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/Stall.h"

using namespace tasd::simulator;

namespace {
struct Text {
  llvm::StringRef name, description;
};
} // namespace

static constexpr std::array<Text, kNumStallCauses> kTexts = {{
    {"start_up", "Before the first multiplication."},
    {"dma_latency", "For the first word of a move that was requested."},
    {"dram_bandwidth", "For words of the outermost level, moved or on their "
                       "way behind others."},
    {"buffer_slots",
     "For a move into a ring of one slot, which no work hides."},
    {"buffer_read_port", "For words that a shared buffer reads."},
    {"buffer_write_port", "For words that a buffer writes as they arrive."},
    {"buffer_banks", "For the banks of a shared buffer, of which a short "
                     "request keeps few busy."},
    {"lane_ports", "For the registers of the lanes."},
    {"accumulator_ports", "For the accumulators to read and to write sums."},
    {"accumulator_slots", "For accumulators whose sums are still being "
                          "stored."},
    {"partial_sums", "For sums that have to be stored before they are loaded "
                     "again."},
    {"tasd_units", "For terms that the TASD units extract."},
    {"drain", "After the last multiplication."},
}};

llvm::StringRef tasd::simulator::getName(StallCause cause) {
  return kTexts[static_cast<size_t>(cause)].name;
}

llvm::StringRef tasd::simulator::getDescription(StallCause cause) {
  return kTexts[static_cast<size_t>(cause)].description;
}
