//===- Storage.h - What a machine stores of an input ---------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A storage says what share of an input's elements is stored, and with how many
// bits of metadata: one for each term, or one for an input without a series.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_MACHINE_STORAGE_H
#define TASD_MACHINE_STORAGE_H

#include "tasd/Machine/Machine.h"

namespace tasd::machine {

/// Words of 8 bits of the place of a gathered row or column. A list of them
/// stands in the outermost level, and moves with the tiles that need it.
constexpr double kWordsOfPlace = 4;

struct Storage {
  /// Stored elements, and bits of metadata, for each element as if dense.
  double keptShare = 1;
  double metadataBits = 0;
  /// The share of places along K that take a lane.
  double laneShare = 1;
  /// Below 1 where the lanes skip zeros at any place.
  double skipDensity = 1;

  /// The share of multiplications that are left for this input.
  double getMacShare() const { return laneShare * skipDensity; }
};

/// How `machine` stores a term of `operand`.
Storage getTermStorage(const Machine &machine, Operand operand,
                       const sparsity::Pattern &pattern);

/// How `machine` stores `operand` without a series, in rows of `rowLength`
/// elements of which the share `density` is not zero.
Storage getUnstructuredStorage(const Machine &machine, Operand operand,
                               double density, int64_t rowLength);

/// What all terms together take in memory.
Storage sumStorages(llvm::ArrayRef<Storage> storages);

} // namespace tasd::machine

#endif // TASD_MACHINE_STORAGE_H
