//===- PartValues.h - Where the parts of a term stand -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOLINALG_PARTVALUES_H
#define TASD_LIB_CONVERSION_TASDTOLINALG_PARTVALUES_H

#include "PartedContraction.h"

#include "llvm/ADT/MapVector.h"

namespace mlir::tasd {

/// The values that a loop takes along the rows, or the columns, of a part.
struct LoopValues {
  /// One value for all of them, or none.
  std::optional<int64_t> uniform;
  /// Else a constant tensor of an i32 for each.
  Value list;

  /// The value at `position`, an index.
  OpFoldResult getAt(OpBuilder &builder, Location loc, Value position) const;
};

using LoopValueMap = llvm::MapVector<unsigned, LoopValues>;

/// The values of the loops that index the rows of a part.
LoopValueMap getRowValues(OpBuilder &builder, const PartedContraction &product,
                          const sparsity::PackedPart &part);

/// The values of the loops along its columns.
LoopValueMap getColumnValues(OpBuilder &builder,
                             const PartedContraction &product,
                             const sparsity::PackedPart &part);

/// The component of a part, a slice of one of the term.
Value getPartComponent(OpBuilder &builder, const PartedContraction &product,
                       const sparsity::PackedPart::Component &component);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOLINALG_PARTVALUES_H
