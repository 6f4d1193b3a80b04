//===- TestMachines.h - Machines for tests ----------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_MACHINE_TESTMACHINES_H
#define TASD_UNITTESTS_MACHINE_TESTMACHINES_H

#include "tasd/Machine/MachineFile.h"

#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

namespace tasd::machine {

/// A small machine that names every kind of key.
constexpr llvm::StringRef smallMachine = R"(name: small
clock_ghz: 0.5
levels:
  - name: DRAM
    line_words: 8
    read_words_per_cycle: 32
    write_words_per_cycle: unlimited
    keep: [a, b, z]
    metadata: {width_bits: 64, capacity: unlimited}
  - name: RF
    placement: sub_partition
    capacity: 64
    capacity_unit: elements
    keep: [a, z]
    may_bypass: [a]
    metadata: {width_bits: 8, capacity: 4}
array:
  sub_partitions: {m: 2}
  lanes: {m: 4, k: 4}
a:
  patterns: [2:4, 1:8]
  format: coordinate
tasd_units: {count: 1, cycles_per_block: 8}
series: {max_terms: 2, lossy: true}
energy_profile: first
energy_profiles:
  - name: first
    levels:
      - {level: DRAM, read_pj: 512, write_pj: 512}
      - {level: RF, read_pj: 1.5, write_pj: 1.625}
    macs:
      - {type: i8, energy_pj: 0.5}
)";

/// `smallMachine` with the first `from` replaced by `to`.
inline std::string replaceInSmall(llvm::StringRef from, llvm::StringRef to) {
  size_t at = smallMachine.find(from);
  EXPECT_NE(at, llvm::StringRef::npos) << from.str();
  return (smallMachine.take_front(at) + to +
          smallMachine.drop_front(at + from.size()))
      .str();
}

/// The error of reading `text` from "m.yaml"; "" if there is none.
inline std::string getError(llvm::StringRef text) {
  return llvm::toString(parseMachine(text, "m.yaml").takeError());
}

inline std::string print(const Machine &machine) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printMachine(machine, os);
  return text;
}

} // namespace tasd::machine

#endif // TASD_UNITTESTS_MACHINE_TESTMACHINES_H
