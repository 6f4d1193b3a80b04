//===- OperandCandidates.h - The series that an input could have *- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What each of the series asked for would make of an input of a layer, and what
// keeps it from being taken, whatever the rest of the layer becomes.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_OPERANDCANDIDATES_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_OPERANDCANDIDATES_H

#include "tasd/Dialect/TASD/Transforms/Planning.h"

namespace mlir::tasd {

/// A series that an input could have.
struct OperandCandidate {
  OperandPlanAttr plan;
  /// What it keeps; none where nothing is known of the data.
  std::optional<sparsity::SeriesMetrics> metrics;
  /// The share of the layer's expected squared output that it drops, as far as
  /// that is known; else of the operand's squared norm.
  double outputError = 0;
  /// Why the input must not have it; empty if it may.
  std::string obstacle;
  bool isWithinBound = true;

  bool isAllowed() const { return isWithinBound && obstacle.empty(); }
};

struct OperandCandidates {
  unsigned input = 0;
  /// Whether the input is constant.
  bool isWeights = false;
  SmallVector<int64_t> along;
  /// The share of non-zeros, where it is known; the pseudo-density of
  /// activations that have hardly any zeros.
  std::optional<double> density;
  /// Of each series asked for, in order.
  std::vector<OperandCandidate> list;
  /// Why there is none; empty where there are.
  std::string obstacle;

  /// Why none is allowed: of several reasons that of the first candidate.
  std::string getReason() const;
};

/// What `input` of a layer could be. `needsMetrics` says whether a series of
/// which nothing is known must not be taken. Errors are emitted at the op whose
/// data is at fault.
FailureOr<OperandCandidates> findOperandCandidates(const PlanRequest &request,
                                                   const Layer &layer,
                                                   unsigned input,
                                                   bool needsMetrics);

/// The density of activations as a search sees it, where a profile says it:
/// where elements are small rather than zero, the share that holds most of the
/// magnitude.
std::optional<double> findProfiledDensity(const Layer &layer, unsigned input);

/// The inputs of the side asked for, weights first. The weights are the
/// constant input, of two the second; the activations are the other one.
SmallVector<unsigned, 2> getInputs(const Layer &layer, PlanSide side);

/// Why a layer has no input of a side.
StringRef getNoInputReason(PlanSide side);

/// What keeps an input that is blocked along these dimensions from being any
/// series; empty if nothing does.
std::string findInputObstacle(ShapedType type, ArrayRef<int64_t> along);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_OPERANDCANDIDATES_H
