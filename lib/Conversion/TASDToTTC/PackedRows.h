//===- PackedRows.h - Rows of packed terms in a program ------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program reads packed terms as a row of blocks for each product and row of
// A, in order. A series has a row for each index of the dimensions that it is
// not blocked along, in the tensor's order: where that differs, the host
// transposes them, and rows that follow each other in the reduction become one.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_PACKEDROWS_H
#define TASD_LIB_CONVERSION_TASDTOTTC_PACKEDROWS_H

#include "Axes.h"

namespace mlir::tasd {

class PackedRows {
public:
  /// The rows of input `a`, a series.
  PackedRows(const Contraction &contraction, unsigned a,
             const ProductLoops &loops);

  /// Why no program reads them; empty if one does.
  std::string findReason() const;

  Type getArgumentType(Type elementType) const;

  /// The components as a program reads them.
  SmallVector<Value> arrange(OpBuilder &builder, Location loc,
                             ValueRange components) const;

private:
  SeriesType type;
  int64_t numProducts = 1, numRows = 1, rowLength = 1;
  /// Rows of the series that follow each other in the reduction.
  int64_t numParts = 1;
  /// From the rows of a program to dimensions of a component.
  SmallVector<int64_t> order;
  /// Whether a dimension is indexed by more than a loop.
  bool isImage = false;
};

/// Why the terms of `extracted` cannot be extracted from the dense rows of
/// input `a`; empty if they can.
std::string findExtractionReason(const Contraction &contraction, unsigned a,
                                 const ProductLoops &loops,
                                 SeriesAttr extracted);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_PACKEDROWS_H
