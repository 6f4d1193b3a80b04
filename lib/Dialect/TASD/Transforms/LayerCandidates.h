//===- LayerCandidates.h - All ways to run a layer --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In three steps: what may be made of the operands, which reads data; by which
// mappings that runs, which takes most of the time and may be done for several
// at once; what of it is a candidate.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERCANDIDATES_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERCANDIDATES_H

#include "OperandCandidates.h"

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"

namespace mlir::tasd {

class LayerCandidates {
public:
  LayerCandidates(const PlanRequest &request, const NamedLayer &named)
      : request(request), named(named) {}

  /// Finds what may be made of the operands, at first dense; nothing else of a
  /// layer that is left out. Errors are emitted at the op whose data is at
  /// fault.
  LogicalResult find();

  /// The number of pairs of series, dense being the first.
  size_t size() const { return pairs.size(); }

  /// Searches the mappings of a pair. Thread-safe for different pairs.
  void map(size_t pair);

  /// Whether the machine computes the layer dense; else why it does not.
  bool isMapped() const { return !pairs.front().mapped.empty(); }
  StringRef getObstacle() const { return pairs.front().obstacle; }

  /// Appends the candidates. Errors: a cost is out of range.
  llvm::Error append(search::Layer &layer, PlanLayer &planLayer) const;

private:
  /// What the two inputs are made.
  struct Pair {
    /// Without a mapping.
    PlanAttr plan;
    /// Of a pair that is not dense, its parts found.
    LayerWork work;
    sparsity::Series weights, activations;
    std::array<std::optional<sparsity::SeriesMetrics>, 2> metrics;
    search::ErrorFigures errors;
    std::array<double, 2> outputErrors = {};
    /// Each the best for some objective. None where the machine does not run
    /// the pair, and why.
    SmallVector<MappedLayer, 3> mapped;
    std::string obstacle;
  };

  /// A series of an input.
  struct Choice {
    const OperandCandidates *operand;
    const OperandCandidate *candidate;
  };

  std::vector<Choice> getChoices(const OperandCandidates &operand);
  LogicalResult addSeries();
  Pair makePair(ArrayRef<Choice> choices) const;
  LogicalResult addPair(ArrayRef<Choice> choices);
  llvm::Error mapForAll(Pair &pair, const LayerWork &work) const;
  llvm::Error mapWithinDense(Pair &pair, const LayerWork &work) const;
  llvm::Error mapPair(Pair &pair) const;
  llvm::Expected<search::Candidate>
  makeCandidate(const Pair &pair, const MappedLayer &mapped) const;
  llvm::Error append(const Pair &pair, search::Layer &layer,
                     PlanLayer &planLayer) const;
  StringRef findObstacle() const;
  void reject(const Twine &text);

  const PlanRequest &request;
  const NamedLayer &named;
  LayerWork dense;
  std::optional<double> weightDensity, activationDensity;
  std::vector<Pair> pairs;
  std::string reason;
};

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_LAYERCANDIDATES_H
