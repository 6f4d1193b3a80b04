//===- MachineFacts.h - What reports say of the machine ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The machine that a report is for, with all that its figures rest on.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_MACHINEFACTS_H
#define TASD_REPORT_MACHINEFACTS_H

#include "tasd/Machine/Machine.h"

#include "llvm/Support/JSON.h"

namespace tasd::report {

/// Sets, of a machine with its energy profile in use:
///  - `machine_levels`, outermost first: name, instances, capacity_words or
///    capacity_elements of one, read_words_per_cycle, write_words_per_cycle,
///    line_words, read_pj and write_pj of a line, and whether the energies are
///    `assumed`; null where nothing bounds a capacity or a rate;
///  - `mac_energies`: type, energy_pj, assumed;
///  - `mac_units`, `clock_ghz`, `tasd_units`, `energy_source`;
///  - `patterns_a`, `patterns_b` and `max_terms`, what series it runs.
void addMachineFacts(llvm::json::Object &object,
                     const machine::Machine &machine);

} // namespace tasd::report

#endif // TASD_REPORT_MACHINEFACTS_H
