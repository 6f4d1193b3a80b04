//===- InputRings.h - The rings of one input ------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_INPUTRINGS_H
#define TASD_LIB_CONVERSION_TASDTOTTC_INPUTRINGS_H

#include "OpenLoops.h"

namespace mlir::tasd {

/// Declares a ring, named after its level and operand.
Value declareRing(OpBuilder &builder, Location loc,
                  const ::tasd::cost::RingNest &nest,
                  const ::tasd::machine::Machine &machine);

/// The rings that an input passes through on its way to the array, and the
/// tiles that are acquired of them.
class InputRings {
public:
  /// Declares the rings of `nests`, the outermost first; `argument` is the
  /// input.
  InputRings(OpBuilder &builder, Location loc, const OpenLoops &loops,
             Value argument, ::tasd::cost::Operand operand,
             ArrayRef<::tasd::cost::RingNest> nests,
             const ::tasd::machine::Machine &machine);

  /// Fills the rings whose loads stand inside `depth` loops, and lets their
  /// readers acquire the tiles.
  void open(size_t depth);
  /// Releases what `open` acquired there.
  void close(size_t depth);

  /// Where the array reads the input: its tile, or the argument.
  std::pair<Value, ttc::Place> getSource() const;

private:
  /// A ring and what is open of it.
  struct Ring {
    const ::tasd::cost::RingNest *nest = nullptr;
    Value value;
    /// The tile that its reader has acquired.
    Value tile;
  };

  void open(Ring &ring, const Ring *source, Value reader);

  OpBuilder &builder;
  Location loc;
  const OpenLoops &loops;
  Value argument;
  ::tasd::cost::Operand operand;
  SmallVector<Ring, 2> rings;
};

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_INPUTRINGS_H
