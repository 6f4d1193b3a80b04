//===- MeterProgram.h - Many N:M series measured at once --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a series of nested blocks drops is a matter of magnitudes alone: where
// ties fall does not change what is left of a block. So a list of series
// becomes one program of comparisons on the elements of a block, in which
// whatever several series need is computed once.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_METERPROGRAM_H
#define TASD_LIB_SPARSITY_METERPROGRAM_H

#include "Kernels.h"
#include "NMSegments.h"

namespace tasd::sparsity {

/// Whether each block size of the series divides the next.
bool isNested(llvm::ArrayRef<NMShape> terms);

/// A program that sums up what each of several nested series drops of a block.
struct MeterProgram {
  /// A multiple of the block sizes of all series.
  int64_t blockColumns = 1;
  std::vector<MeterStep> steps;
  int64_t numSlots = 0;
  /// For each of the program's sums, the series that drop what is added.
  std::vector<std::vector<size_t>> seriesOfSum;
};

/// Makes the program of series whose block sizes divide `blockColumns`.
MeterProgram
compileMeterProgram(llvm::ArrayRef<llvm::SmallVector<NMShape, 4>> series,
                    int64_t blockColumns);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_METERPROGRAM_H
