//===- ScoreFile.h - Scores of weights from NumPy's files -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_SCOREFILE_H
#define TASD_EVALUATION_SCOREFILE_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace tasd::evaluation {

/// Lets passes read scores from .npz files, with an array of floating-point
/// numbers by the name of each layer.
void registerScoreReader(mlir::DialectRegistry &registry);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_SCOREFILE_H
