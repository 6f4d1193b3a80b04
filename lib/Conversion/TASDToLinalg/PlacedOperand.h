//===- PlacedOperand.h - Elements at listed places --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOLINALG_PLACEDOPERAND_H
#define TASD_LIB_CONVERSION_TASDTOLINALG_PLACEDOPERAND_H

#include "tasd/Conversion/TermParts/PartValues.h"
#include "tasd/Conversion/VectorKernels/Copies.h"

namespace mlir::tasd {

/// An operand of which parts take the elements at places, the values listed for
/// some of its loops, and at all steps of its other loops, the lanes. What is
/// gathered has the innermost dimension of the operand innermost: it is
/// [places, lanes...] where a lane steps over that, and is copied in rows; else
/// [lanes..., places], and is copied by element.
class PlacedOperand {
public:
  /// `map` leads from the loops of the contraction to the operand.
  PlacedOperand(AffineMap map, ArrayRef<unsigned> lanes,
                ArrayRef<OpFoldResult> laneSizes);

  bool hasInnerLanes() const { return innerLanes; }

  /// The extents of what is gathered at so many places.
  SmallVector<OpFoldResult> getShape(OpFoldResult numPlaces) const;

  /// The map of what is gathered from loops over the lanes, in order, and the
  /// loop `place`.
  AffineMap getGatheredMap(unsigned numLoops, unsigned place,
                           MLIRContext *context) const;

  /// Copies elements of `operand` into `target`; returns its new value.
  Value gather(OpBuilder &builder, Location loc, Value operand,
               const LoopValueMap &values, Value target,
               ElementCast cast) const;

  /// Copies gathered elements to where they belong in `operand`, none of whose
  /// elements is at two places; returns its new value.
  Value scatter(OpBuilder &builder, Location loc, Value gathered,
                const LoopValueMap &values, Value operand) const;

private:
  /// A slice at one place, and for each dimension the lane that steps over it,
  /// if any. Dimensions without one have extent 1 and stay: which of several
  /// unit dimensions are dropped is not always told from types.
  struct Rectangle {
    SmallVector<OpFoldResult> offsets, sizes, strides;
    SmallVector<std::optional<unsigned>> lanes;
  };

  std::optional<unsigned> getLane(unsigned loop) const;
  unsigned getPlaceDim() const { return innerLanes ? 0 : lanes.size(); }
  Rectangle getRectangle(OpBuilder &builder, Location loc,
                         const LoopValueMap &values, Value place) const;
  /// The same of what is gathered.
  Rectangle getGatheredRectangle(OpBuilder &builder, Value place) const;
  static Value copyRectangle(OpBuilder &builder, Location loc, Value source,
                             const Rectangle &from, Value target,
                             const Rectangle &to, ElementCast cast);
  /// The operand's indices of an element; `ivs` are those of the lanes, then
  /// the place.
  SmallVector<Value> getIndices(OpBuilder &builder, Location loc,
                                const LoopValueMap &values,
                                ValueRange ivs) const;

  Value gatherRows(OpBuilder &builder, Location loc, Value operand,
                   const LoopValueMap &values, Value target,
                   ElementCast cast) const;
  Value gatherElements(OpBuilder &builder, Location loc, Value operand,
                       const LoopValueMap &values, Value target,
                       ElementCast cast) const;
  Value scatterRows(OpBuilder &builder, Location loc, Value gathered,
                    const LoopValueMap &values, Value operand) const;
  Value scatterElements(OpBuilder &builder, Location loc, Value gathered,
                        const LoopValueMap &values, Value operand) const;

  AffineMap map;
  SmallVector<unsigned> lanes;
  SmallVector<OpFoldResult> laneSizes;
  bool innerLanes;
};

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOLINALG_PLACEDOPERAND_H
