//===- OpenLoops.h - Where the open loops lead ---------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_OPENLOOPS_H
#define TASD_LIB_CONVERSION_TASDTOTTC_OPENLOOPS_H

#include "ProgramNest.h"

#include "tasd/Dialect/TTC/IR/TTC.h"

namespace mlir::tasd {

/// The walked loops that are open while a program is emitted, and the places in
/// arguments and tiles that their counters lead to.
class OpenLoops {
public:
  OpenLoops(MLIRContext *context, ArrayRef<::tasd::cost::WalkedLoop> loops)
      : context(context), loops(loops) {}

  void push(Value counter) { counters.push_back(counter); }
  void pop() { counters.pop_back(); }
  size_t getDepth() const { return counters.size(); }
  Value getCounter(size_t index) const { return counters[index]; }

  /// The place in an argument that the loops down to `depth` lead to.
  ttc::Place getPlace(::tasd::cost::Operand operand, size_t depth) const;
  /// The place in a tile that the loops inside it, from `begin` to `end`, lead
  /// to.
  ttc::Place getTilePlace(::tasd::cost::Operand operand, size_t begin,
                          size_t end) const;

private:
  ttc::Coordinate getCoordinate(std::optional<::tasd::cost::Dim> dim,
                                size_t begin, size_t end) const;

  MLIRContext *context;
  ArrayRef<::tasd::cost::WalkedLoop> loops;
  SmallVector<Value> counters;
};

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_OPENLOOPS_H
