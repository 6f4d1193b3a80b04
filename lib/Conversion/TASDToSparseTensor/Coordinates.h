//===- Coordinates.h - Bits of metadata to coordinates and back -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A coordinate is the index of a slot's element inside its block. sparse_tensor
// stores an integer for each, the packed form of a series ceil(log2 M) bits.
// Series here are those that sparse_tensor has a type for.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOSPARSETENSOR_COORDINATES_H
#define TASD_LIB_CONVERSION_TASDTOSPARSETENSOR_COORDINATES_H

#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// The coordinates of a packed term, in the shape of its values.
Value unpackCoordinates(OpBuilder &builder, AssembleOp assemble);

/// The metadata of a term of type `type` whose coordinates, integers or indices
/// in the shape of its values, are these.
Value packCoordinates(OpBuilder &builder, Location loc, Value coordinates,
                      SeriesType type);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOSPARSETENSOR_COORDINATES_H
