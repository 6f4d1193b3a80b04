//===- RowRecords.h - Groups of rows as lists of records --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The layout for processors with vector registers. A kernel multiplies a few
// rows at a time (a group) by a panel of the other operand that stays in the
// first-level cache: `depth` successive columns of the series, `stride` lanes
// of each. What it reads of the series for one panel and one group is a list of
// records. A record holds for each row of the group, one after the other, four
// entries: four values, then for each the offset of its column in the panel, in
// elements, as an unsigned number of 16 bits, little-endian. A list is as long
// as its longest row needs; entries that are left over have the value +0 and
// the offset 0.
//
// Lists stand in the order batch, panel, group. A batch is a range of rows that
// has another operand than the others; groups do not cross batches.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_ROWRECORDS_H
#define TASD_SPARSITY_ROWRECORDS_H

#include "tasd/Sparsity/Layout.h"

namespace tasd::sparsity {

/// Components: `records` (bytes), and `begins` (i32): the number of the first
/// record of each list, and at the end that of all.
class RowRecords : public Layout {
public:
  /// Entries of a row in a record.
  static constexpr int64_t kUnit = 4;
  /// Offsets have 16 bits.
  static constexpr int64_t kMaxPanelElements = 1 << 16;

  struct Parameters {
    int64_t batches = 1;
    /// Rows of a group.
    int64_t rows = 1;
    /// Columns of a panel.
    int64_t depth = 1;
    /// Elements of a panel between successive columns.
    int64_t stride = 1;
  };

  explicit RowRecords(const Parameters &parameters) : parameters(parameters) {}

  /// Checks the parameters alone: all are positive, and a panel has no more
  /// elements than offsets can tell.
  llvm::Error verifyParameters() const;

  const Parameters &getParameters() const { return parameters; }
  int64_t getRecordBytes(ElementType type) const;
  int64_t getNumPanels(const BlockedShape &blocked) const;
  /// Groups of one batch.
  int64_t getNumGroups(const BlockedShape &blocked) const;

  llvm::Error verify(const BlockedShape &blocked,
                     ElementType type) const override;
  std::vector<PackedComponent>
  getComponents(const BlockedShape &blocked) const override;
  llvm::Error layOut(const TensorView &tensor, LayoutAllocator allocate,
                     llvm::ThreadPoolInterface *pool) const override;
  llvm::Error restore(llvm::ArrayRef<llvm::ArrayRef<char>> components,
                      const MutableTensorView &tensor) const override;

private:
  Parameters parameters;
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_ROWRECORDS_H
