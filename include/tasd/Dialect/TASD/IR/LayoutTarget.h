//===- LayoutTarget.h - What constants are laid out for ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The interface of a target whose kernels want packed constants in layouts of
// their own. A target is made known by TASDDialect::registerLayoutTarget, as an
// extension of the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_LAYOUTTARGET_H
#define TASD_DIALECT_TASD_IR_LAYOUTTARGET_H

#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

class LayoutTarget {
public:
  virtual ~LayoutTarget();

  /// A lower-case name, as in "cpu-avx2".
  virtual StringRef getName() const = 0;

  /// The layout that the kernel for `op` wants its input `input` in, a packed
  /// series of constants; null where it wants the packed form itself. The
  /// layout can store the series.
  virtual LayoutAttrInterface chooseLayout(ContractOp op,
                                           unsigned input) const = 0;
};

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_IR_LAYOUTTARGET_H
