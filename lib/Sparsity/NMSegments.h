//===- NMSegments.h - N:M terms on segments of rows -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one implementation of selecting, packing and unpacking N:M terms. Works
// on a segment of a row at a time, whose bit planes and packed bytes stay in
// the first-level cache, so that a series takes one pass over the data.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_NMSEGMENTS_H
#define TASD_LIB_SPARSITY_NMSEGMENTS_H

#include "Kernels.h"
#include "Rows.h"

#include "tasd/Sparsity/Pattern.h"

#include <vector>

namespace tasd::sparsity {

/// N and M of one term.
struct NMShape {
  int64_t n, m;

  unsigned getIndexBits() const;
  int64_t getNumBlocks(int64_t numColumns) const;
  int64_t getValuesPerRow(int64_t numColumns) const;
  int64_t getMetadataBytesPerRow(int64_t numColumns) const;
};

/// How rows are cut for terms: into segments of whole blocks of every term
/// whose packed metadata are whole bytes, or not at all where that is too long.
SegmentShape getSegmentShape(llvm::ArrayRef<NMShape> terms, ElementType type);

/// Words of a bit plane of a segment of `numColumns`.
int64_t getPlaneWords(const SegmentShape &shape, int64_t numColumns);

/// Selects the terms of a series in a segment. Holds scratch memory; one for
/// each thread.
class NMSelector {
public:
  NMSelector(llvm::ArrayRef<NMShape> terms, ElementType type, SimdLevel level);

  /// Selects among the columns not in `owned`, which may be empty.
  void select(const Segment &segment, llvm::ArrayRef<uint64_t> owned = {});
  /// The columns of the segment that a term keeps.
  llvm::ArrayRef<uint64_t> getKept(size_t term) const { return kept[term]; }
  /// The columns that some term keeps, or that were owned before.
  llvm::ArrayRef<uint64_t> getOwned() const { return owned; }

private:
  /// Consecutive terms of one M: their blocks are sorted once.
  struct Group {
    size_t firstTerm;
    int64_t m;
    /// N of the first term, of the first two together, and so on; at most M.
    llvm::SmallVector<int64_t, 4> tops;
    void (*selectTop)(const TopRequest &request);
  };
  void selectGroup(const Group &group, const Segment &segment, size_t numWords);

  llvm::SmallVector<Group, 4> groups;
  std::vector<std::vector<uint64_t>> kept;
  std::vector<uint64_t> owned;
  bool anyOwned = false;
};

/// Packs one term of segments. Holds scratch memory; one for each thread.
class NMTermPacker {
public:
  NMTermPacker(NMShape term, ElementType type, SimdLevel level);

  /// Packs the columns `kept` of the segment into the term's buffers; a row of
  /// the tensor has `rowColumns` columns.
  void pack(const Segment &segment, int64_t rowColumns,
            llvm::ArrayRef<uint64_t> kept,
            llvm::ArrayRef<llvm::MutableArrayRef<char>> components);

private:
  llvm::ArrayRef<uint64_t> fill(int64_t numColumns,
                                llvm::ArrayRef<uint64_t> kept);

  NMShape term;
  int64_t width;
  Kernels kernels;
  std::vector<uint64_t> filled;
  std::vector<char> values, indices;
};

/// Writes the stored non-zeros of rows [rowBegin, rowEnd) of a packed term.
void unpackNMRows(NMShape term, llvm::ArrayRef<llvm::ArrayRef<char>> components,
                  int64_t rowBegin, int64_t rowEnd,
                  const MutableTensorView &tensor);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_NMSEGMENTS_H
