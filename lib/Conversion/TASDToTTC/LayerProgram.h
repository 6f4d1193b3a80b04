//===- LayerProgram.h - The program of a layer ---------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a program is made of, and its instructions in IR.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_LAYERPROGRAM_H
#define TASD_LIB_CONVERSION_TASDTOTTC_LAYERPROGRAM_H

#include "ProgramNest.h"

#include "tasd/Dialect/TTC/IR/TTC.h"

namespace mlir::tasd {

/// What a layer asks of a program, but for where tiles go.
struct ProgramInterface {
  /// The types of A, B and Z, and the axes of those that are not packed.
  std::array<Type, 3> types;
  std::array<ttc::AxesAttr, 3> axes;
  /// The shares of elements that are not zero.
  std::array<double, 3> densities = {1, 1, 1};
  /// The type of the sums.
  Type sumType;
  /// The terms that are multiplied; null of a dense operand A.
  SeriesAttr series;
  /// The series that is extracted at run time, of which `series` are the terms
  /// from `firstTerm` on; null where nothing is.
  SeriesAttr extracted;
  int64_t firstTerm = 0;
  /// Subtracted from the elements of B.
  int64_t zeroPoint = 0;
  /// Whether sums start from what Z holds.
  bool accumulates = false;

  /// All of it as an attribute: equal for equal interfaces.
  Attribute getKey(MLIRContext *context) const;
};

/// Creates a program at the end of a module.
ttc::ProgramOp emitProgram(OpBuilder &builder, Location loc, StringRef name,
                           const ProgramInterface &interface,
                           const ::tasd::cost::ProgramNest &nest,
                           const ::tasd::machine::Machine &machine);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_LAYERPROGRAM_H
