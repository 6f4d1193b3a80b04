//===- LaneRows.h - Rows side by side in the lanes --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The layout for products with a single vector, which are bound by how much is
// read of the series. `lanes` successive rows go together, one in each lane of
// a register, and as many columns of the vector make a block that fits in a
// register too. A slot holds for each lane one value, and in four bits the
// place of its column in the block: a multiply-add of a slot needs no more of
// the other operand than that register, permuted. Places of eight slots are a
// word for each lane: they are read at once, and shifting all words by as much
// brings those of a slot to the lowest bits.
//
// Slots of a group of rows stand by ascending block; a block has as many as the
// row with most entries there. Each group is filled up to a multiple of eight.
// Lanes that a slot has nothing for hold +0 and the place 0.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_LANEROWS_H
#define TASD_SPARSITY_LANEROWS_H

#include "tasd/Sparsity/Layout.h"

namespace tasd::sparsity {

/// Components: `values` [slots * lanes]; `places` (i32) [slots / 8 * lanes], of
/// eight slots the first one's in the lowest four bits; `columns` (i32), the
/// first column of the block of each slot; `begins` (i32): the first slot of
/// each group, and at the end the number of all.
class LaneRows : public Layout {
public:
  /// Slots of a group are a multiple of it: the places in a word.
  static constexpr int64_t kUnit = 8;
  static constexpr int64_t kPlaceBits = 4;

  explicit LaneRows(int64_t lanes) : lanes(lanes) {}

  /// Lanes are an even number of at most 16.
  llvm::Error verifyParameters() const;

  int64_t getLanes() const { return lanes; }
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
  int64_t lanes;
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_LANEROWS_H
