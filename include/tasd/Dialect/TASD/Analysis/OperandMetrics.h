//===- OperandMetrics.h - What series keep of a layer's operand -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_OPERANDMETRICS_H
#define TASD_DIALECT_TASD_ANALYSIS_OPERANDMETRICS_H

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Report/PlanTable.h"
#include "tasd/Sparsity/Metrics.h"

namespace mlir::tasd {

/// Measures the constant input of a layer and what each of the series would
/// keep of it. Errors are emitted at the op whose data is at fault.
FailureOr<sparsity::Metrics> measureWeights(const Layer &layer, unsigned input,
                                            ArrayRef<int64_t> along,
                                            ArrayRef<sparsity::Series> series);

/// The profile of an input of a layer, which says what series along these
/// dimensions drop; null if there is none.
OperandProfileAttr findProfile(const Layer &layer, unsigned input,
                               ArrayRef<int64_t> along);

/// Of the constant input of a layer, for each series the share of the layer's
/// expected squared output that it drops: what the input is multiplied with has
/// the second moments of its profile, and uncorrelated elements. None where it
/// has no such profile. Errors are emitted at the op whose data is at fault.
FailureOr<std::optional<std::vector<double>>>
measureOutputErrors(const Layer &layer, unsigned input, ArrayRef<int64_t> along,
                    ArrayRef<sparsity::Series> series);

/// The expected squared output of a layer by the same, of its constant input as
/// it is.
FailureOr<std::optional<double>>
measureOutputNorm(const Layer &layer, unsigned input, ArrayRef<int64_t> along);

/// The rows of the table of a planned module.
FailureOr<std::vector<::tasd::report::LayerRow>>
collectPlanRows(ModuleOp module);

/// The pool that passes in this context run on; null where threads are off.
llvm::ThreadPoolInterface *getThreadPool(MLIRContext *context);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_OPERANDMETRICS_H
