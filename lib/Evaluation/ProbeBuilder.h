//===- ProbeBuilder.h - Parts of probed modules -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What rewrites of a module have in common that measure its layers: an entry
// that returns a tensor<f64> for each of their results, instead of its own.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_PROBEBUILDER_H
#define TASD_LIB_EVALUATION_PROBEBUILDER_H

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/Slicing.h"

namespace tasd::evaluation {

/// An element as f64, exact for all but large 64-bit integers. Narrow floats
/// pass through f32, which every back end can widen them to.
mlir::Value widen(mlir::OpBuilder &builder, mlir::Location loc,
                  mlir::Value value, bool isUnsigned);

/// A tensor<f64> of 0.
mlir::Value createZero(mlir::OpBuilder &builder, mlir::Location loc);

/// The input as the planned layer sees it: composed of its series.
mlir::Value composeInput(mlir::OpBuilder &builder,
                         const mlir::tasd::Layer &layer,
                         mlir::tasd::PlanAttr plan, unsigned input);

/// Why no result of the entry can tell of the layer; empty if one can.
std::string findPlaceObstacle(const mlir::tasd::Layer &layer,
                              mlir::func::FuncOp entry);

/// Makes the function return these values instead of its own.
void setResults(mlir::func::FuncOp function, mlir::ValueRange results);

/// Leaves a copy under the entry's name to those who call it, if anyone does.
void separateFromCallers(mlir::ModuleOp module, mlir::func::FuncOp entry);

/// Calls the probed entry batch by batch, and `add` with its results each time.
/// The batches are those of `type`, the entry's before it was probed.
llvm::Error forEachBatch(const Executable &executable, mlir::FunctionType type,
                         llvm::ArrayRef<NDArray> inputs, int64_t batch,
                         llvm::function_ref<void(llvm::ArrayRef<double>)> add,
                         ProgressFunction progress);

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_PROBEBUILDER_H
