//===- Residency.h - What the tiles of a level take in it ----- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_RESIDENCY_H
#define TASD_LIB_COST_RESIDENCY_H

#include "Storage.h"

namespace tasd::cost {

/// What one instance of a level has to hold.
struct Demand {
  /// In the unit of the level's capacity.
  double capacity = 0;
  double metadataBits = 0;

  Demand &operator+=(const Demand &other) {
    capacity += other.capacity;
    metadataBits += other.metadataBits;
    return *this;
  }
};

/// How many of `places` beside each other along K share a lane, and what it
/// holds.
double getPacking(int64_t places, const Storage &storage);

/// What `elements`, as if dense, of `operand` take.
Demand getDemand(const Work &work, Operand operand, double elements,
                 const Storage &storage, const machine::MemoryLevel &memory);

/// The operands that may pass a level by: what is gathered is loaded.
machine::OperandSet getMayBypass(const Work &work,
                                 const machine::MemoryLevel &memory);

/// Bits of metadata that an instance holds; infinite where nothing bounds them.
double getMetadataCapacity(const machine::MemoryLevel &memory);

bool fitsCapacity(const Demand &demand, const machine::MemoryLevel &memory);
bool fitsMetadata(const Demand &demand, const machine::MemoryLevel &memory);

} // namespace tasd::cost

#endif // TASD_LIB_COST_RESIDENCY_H
