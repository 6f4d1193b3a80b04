//===- LayerRuns.h - The ways to run a layer on a machine -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer dense and with each series that it may have, by the best mapping of
// each. All machines are asked the same.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_LAYERRUNS_H
#define TASD_BENCHMARKS_PUBLISHED_LAYERRUNS_H

#include "Pruning.h"

#include "tasd/Cost/Gain.h"
#include "tasd/Cost/MappingCache.h"

namespace tasd::published {

/// Which operand is a series.
enum class Side : uint8_t { None, Weights, Activations };

/// A way to run one layer.
struct LayerRun {
  Side side = Side::None;
  sparsity::Series series;
  /// What the series keeps of its operand.
  sparsity::SeriesMetrics metrics;
  cost::MappedRun run;
};

/// What is known of the operands of a layer. The metrics are those of a list of
/// series that both have in common.
struct LayerOperands {
  OperandStatistics weights, activations;
  /// Shares of non-zeros.
  double weightDensity = 1, activationDensity = 1;
};

/// The layer as a work whose operand A is `side`, as `series`: dense without
/// one. The last block of a series counts as whole.
cost::Work getWork(const NetworkLayer &layer, Side side,
                   const sparsity::Series &series);

class LayerRuns {
public:
  /// `list` are the series that operands were measured with.
  LayerRuns(const machine::Machine &machine,
            llvm::ArrayRef<sparsity::Series> list, cost::MappingCache &cache)
      : machine(machine), list(list), cache(cache) {}

  /// Dense first: the better of the layer and the transposed one. Then each
  /// series that the machine runs, drops at most `maxDropped` of its operand's
  /// magnitude (nothing on a machine that runs no lossy series) and gains over
  /// dense. Errors: the machine does not run the layer dense.
  llvm::Expected<std::vector<LayerRun>> find(const NetworkLayer &layer,
                                             const LayerOperands &operands,
                                             double maxDropped) const;

private:
  llvm::Expected<cost::MappedRun>
  search(const cost::Work &work, cost::Objective objective,
         const cost::CostLimits &limits = {}) const;
  llvm::Expected<cost::MappedRun>
  findDense(const NetworkLayer &layer, const LayerOperands &operands) const;
  std::optional<cost::MappedRun>
  findGaining(const cost::Work &work, const cost::MappedRun &dense) const;
  bool allows(Side side, size_t index, const sparsity::SeriesMetrics &metrics,
              double maxDropped) const;
  void append(const NetworkLayer &layer, Side side,
              const OperandStatistics &operand, double maxDropped,
              std::vector<LayerRun> &runs) const;

  const machine::Machine &machine;
  llvm::ArrayRef<sparsity::Series> list;
  cost::MappingCache &cache;
};

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_LAYERRUNS_H
