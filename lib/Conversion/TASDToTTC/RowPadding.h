//===- RowPadding.h - Whole blocks inside the reduction ------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where several rows of a series make up the reduction, as the channels of each
// tap do, a ragged last block would leave a gap in it. There both inputs are
// padded with zeros: what is extracted, and what is computed, stays the same.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_ROWPADDING_H
#define TASD_LIB_CONVERSION_TASDTOTTC_ROWPADDING_H

#include "mlir/IR/Builders.h"
#include "tasd/Dialect/TASD/IR/Contraction.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// The contraction with rows of input `a` of whole blocks, those of `blocks`,
/// where it is a series of more than one row along the reduction; else
/// unchanged, as with blocks along several dimensions.
Contraction padRows(const Contraction &contraction, unsigned a,
                    SeriesAttr blocks);

/// `tensor` with zeros at the end of its dimensions, up to `shape`.
Value padTensor(OpBuilder &builder, Location loc, Value tensor,
                ArrayRef<int64_t> shape);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_ROWPADDING_H
