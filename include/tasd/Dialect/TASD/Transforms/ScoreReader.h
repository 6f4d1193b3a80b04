//===- ScoreReader.h - Scores of weights from files -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Passes read no files of arrays: a program that can attaches a reader to the
// dialect, as Evaluation's registerScoreReader does.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_SCOREREADER_H
#define TASD_DIALECT_TASD_TRANSFORMS_SCOREREADER_H

#include "tasd/Sparsity/ElementType.h"

#include "mlir/IR/DialectInterface.h"

namespace mlir::tasd {

/// Scores of the weights of a layer, by its name.
struct LayerScores {
  std::string layer;
  /// A type of floating-point numbers.
  ::tasd::sparsity::ElementType elementType;
  SmallVector<int64_t> shape;
  /// The elements in row-major order.
  std::vector<char> bytes;
};

class ScoreReader : public DialectInterface::Base<ScoreReader> {
public:
  explicit ScoreReader(Dialect *dialect) : Base(dialect) {}

  /// The scores in a file. Errors name the file: it cannot be read, or holds
  /// something else.
  virtual llvm::Expected<std::vector<LayerScores>>
  read(StringRef path) const = 0;
};

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_SCOREREADER_H
