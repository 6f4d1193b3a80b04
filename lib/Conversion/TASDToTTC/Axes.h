//===- Axes.h - Coordinates of a layer's product -------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How the coordinates of the product Z[G,M,N] += A[G,M,K] * B[G,K,N] become
// indices of a layer's tensors. Each loop of the layer is a digit of G, M, N or
// K; its maps say what a step of the digit moves in which tensor. Layouts,
// windows, strides, dilations, batches and groups all come out of that.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_AXES_H
#define TASD_LIB_CONVERSION_TASDTOTTC_AXES_H

#include "tasd/Dialect/TASD/IR/Contraction.h"
#include "tasd/Dialect/TTC/IR/TTC.h"

namespace mlir::tasd {

/// The loops of a layer by what they count, the most significant digit first.
struct ProductLoops {
  SmallVector<unsigned, 4> products, m, n, k;
};

/// The loops where input `a` is operand A. Reductions go over windows, then
/// channels, whatever the layout; those of a series over its blocks innermost.
/// Rows of a series stand in the order of its dimensions, pixels and taps of
/// windows in that of the image, whatever the order of the layer's loops.
ProductLoops getProductLoops(const Contraction &contraction, unsigned a);

/// The axes of an operand of the layer. `what` gets the reason where there are
/// none: a loop that two of its indices depend on, or that repeats a scalar.
FailureOr<ttc::AxesAttr> getAxes(MLIRContext *context,
                                 const Contraction &contraction,
                                 unsigned operand, ArrayRef<unsigned> products,
                                 ArrayRef<unsigned> rows,
                                 ArrayRef<unsigned> columns, std::string &what);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOTTC_AXES_H
