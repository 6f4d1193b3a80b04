//===- StaticShapes.h - Fix the extents of an entry -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Programs of an accelerator have static extents: a function that takes any
// number of rows is made one of the number that it is called with.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_STATICSHAPES_H
#define TASD_EVALUATION_STATICSHAPES_H

#include "tasd/Evaluation/Slicing.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tasd::evaluation {

using Shapes = llvm::SmallVector<llvm::SmallVector<int64_t, 4>>;

/// The shapes of the arguments of one call, cut as by Slices.
Shapes getCallShapes(llvm::ArrayRef<NDArray> inputs, const Slices &slices);

/// The shapes that a signature says; leading extents that it does not are
/// `batch`. Errors: other dynamic extents.
llvm::Expected<Shapes> getCallShapes(const Signature &signature, int64_t batch);

/// Makes the arguments of `entry` have these shapes, which its type allows, and
/// as much of the module as follows from it. Errors, emitted: a function that
/// is called in the module.
mlir::LogicalResult setStaticShapes(mlir::func::FuncOp entry,
                                    const Shapes &shapes);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_STATICSHAPES_H
