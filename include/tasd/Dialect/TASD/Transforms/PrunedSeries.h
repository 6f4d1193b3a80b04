//===- PrunedSeries.h - A series chosen for all layers at once --*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PRUNEDSERIES_H
#define TASD_DIALECT_TASD_TRANSFORMS_PRUNEDSERIES_H

#include "tasd/Dialect/TASD/Transforms/Planning.h"
#include "tasd/Search/Pruning.h"

namespace mlir::tasd {

namespace search = ::tasd::search;

/// The series that a pruning gives the weights of all layers that the request
/// chooses and that have no plan yet, its thresholds chosen for all of them
/// together. Errors, emitted at the op whose data is at fault, or as
/// `emitError`, which takes the name of the option, says.
FailureOr<SeriesAttr>
choosePrunedSeries(ModuleOp module, const PlanRequest &request,
                   const search::Pruning &pruning,
                   const search::PruningOptions &options,
                   function_ref<InFlightDiagnostic(StringRef)> emitError);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_PRUNEDSERIES_H
