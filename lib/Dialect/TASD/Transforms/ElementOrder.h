//===- ElementOrder.h - Constants in another order --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_ELEMENTORDER_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_ELEMENTORDER_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"

#include <vector>

namespace mlir::tasd {

/// For each dimension of a tensor the old position of what comes at each new
/// one; empty where a dimension stays as it is.
using DimOrders = std::vector<std::vector<int64_t>>;

/// The elements in another order; resources become new ones of the same name.
/// Errors: those of ElementsData::get.
FailureOr<ElementsAttr>
reorderElements(ElementsAttr elements, const DimOrders &orders,
                function_ref<InFlightDiagnostic()> emitError);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_ELEMENTORDER_H
