//===- PanelKernel.h - Loops over records of rows ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_PANELKERNEL_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_PANELKERNEL_H

#include "PackedProduct.h"
#include "tasd/Conversion/TASDToVector/Passes.h"

namespace mlir::tasd {

/// Adds to `sums` [rows..., lanes] the product of a series laid out as
/// #tasd.row_records with `dense` [outer loops..., columns, lanes], both in the
/// type computed in. Returns the new sums.
Value buildPanelKernel(OpBuilder &builder, const PackedProduct &product,
                       Value dense, Value sums,
                       const ConvertTASDToVectorOptions &options);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_PANELKERNEL_H
