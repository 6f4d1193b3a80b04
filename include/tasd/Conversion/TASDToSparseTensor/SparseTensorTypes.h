//===- SparseTensorTypes.h - Series as sparse_tensor types ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What both dialects can say: one N:M term, blocked along one dimension. The
// other dimensions are dense levels in order, then come the block, dense, and
// the index in it, structured[N, M]. Values then lie as in the packed form.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOSPARSETENSOR_SPARSETENSORTYPES_H
#define TASD_CONVERSION_TASDTOSPARSETENSOR_SPARSETENSORTYPES_H

#include "tasd/Dialect/TASD/IR/TASD.h"

#include <optional>
#include <string>

namespace mlir::tasd {

/// Bits of a coordinate in the encodings that getSparseTensorType makes.
inline constexpr unsigned kCoordinateBits = 8;

/// Why sparse_tensor has no type for this series; empty if it has one.
std::string findSparseTensorObstacle(SeriesType type);

/// The sparse tensor that stores what the series stores; none if there is none.
std::optional<RankedTensorType> getSparseTensorType(SeriesType type);

/// The series that stores what the sparse tensor stores; none if there is none.
/// Widths of coordinates and positions do not matter.
std::optional<SeriesType> getSeriesType(RankedTensorType type);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_TASDTOSPARSETENSOR_SPARSETENSORTYPES_H
