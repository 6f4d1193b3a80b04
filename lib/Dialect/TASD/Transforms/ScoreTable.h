//===- ScoreTable.h - Scores of a file, by layer ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_SCORETABLE_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_SCORETABLE_H

#include "PrunedInputs.h"

#include "tasd/Dialect/TASD/Transforms/ScoreReader.h"
#include "tasd/Search/Pruning.h"

#include "llvm/ADT/StringMap.h"

namespace mlir::tasd {

/// The scores of a file for the layers of a module.
class ScoreTable {
public:
  using EmitOptionError = function_ref<InFlightDiagnostic(StringRef)>;

  /// Reads a file. Errors, of the option `scores`: the program reads no arrays;
  /// the file; an array of no layer.
  static FailureOr<ScoreTable> read(ModuleOp module, StringRef path,
                                    EmitOptionError emitError);

  /// The scores of inputs, blocked as these are; they live as long as the
  /// table. Errors: an input without scores, or with scores of another shape or
  /// that are not finite.
  FailureOr<std::vector<search::PrunedLayer>>
  getLayers(ArrayRef<PrunedInput> inputs) const;

private:
  ScoreTable(StringRef path, EmitOptionError emitError)
      : path(path), emitError(emitError) {}

  LogicalResult verifyNames(ModuleOp module) const;
  FailureOr<search::PrunedLayer> getLayer(const PrunedInput &pruned) const;
  InFlightDiagnostic emitScoreError() const;

  StringRef path;
  EmitOptionError emitError;
  llvm::StringMap<LayerScores> byName;
};

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_SCORETABLE_H
