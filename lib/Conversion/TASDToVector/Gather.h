//===- Gather.h - Operands laid out for the packed kernel -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_GATHER_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_GATHER_H

#include "PackedProduct.h"

namespace mlir::tasd {

/// The loops that index the gathered dense operand by themselves: rows and
/// windows that it depends on.
SmallVector<unsigned> getOuterLoops(const PackedProduct &product);

/// Whether the kernel can read the dense operand where it lies.
bool isDenseInPlace(const PackedProduct &product);

/// The dense operand as [outer loops..., columns, lanes], in the type computed
/// in, less the zero point.
Value gatherDense(OpBuilder &builder, const PackedProduct &product,
                  int64_t vectorBits);

/// The init as [rows..., lanes], in the type computed in.
Value gatherInit(OpBuilder &builder, const PackedProduct &product,
                 int64_t vectorBits);

/// The result in the layout and type of the init, from [rows..., lanes].
Value scatterResult(OpBuilder &builder, const PackedProduct &product,
                    Value sums, int64_t vectorBits);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_GATHER_H
