//===- RecordList.h - The records of a few rows -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_RECORDLIST_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_RECORDLIST_H

#include "PackedProduct.h"

namespace mlir::tasd {

/// Where the columns of a panel stand, one after the other.
struct Panel {
  Value elements;
  /// Indices but the last, and where that begins.
  SmallVector<Value> outer;
  Value begin;
};

/// Adds to `sums`, vectors of `lanes` elements, row after row, the product of
/// the records [begin, end) of a series laid out as #tasd.row_records with a
/// panel. Returns the new sums. `hidesSplats`: see convert-tasd-to-vector.
SmallVector<Value> buildRecordList(OpBuilder &builder,
                                   const PackedProduct &product, int64_t lanes,
                                   bool hidesSplats, Value begin, Value end,
                                   const Panel &panel, ValueRange sums);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_RECORDLIST_H
